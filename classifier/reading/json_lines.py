"""JSON of comments, exports or our own threads, one a line or a whole file of them."""

import json
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import chain
from typing import cast

from classifier.errors import InputError
from classifier.reading.columns import Columns, shown
from classifier.reading.export_kinds import export_of
from classifier.reading.exports import Export, by_thread
from classifier.reading.limits import Limits
from classifier.reading.lines import lines_of
from classifier.reading.notices import Notice, Notify
from classifier.reading.own_threads import is_own, thread_of
from classifier.reading.records import Comment, comment_of, threads_of
from classifier.reading.text import whole_text
from classifier.thread import Thread


def read_json_lines(
    pieces: Iterable[str],
    *,
    columns: Columns,
    export: Export | None,
    limits: Limits,
    id_: str,
    source: str,
    notify: Notify,
) -> Iterator[Thread]:
    """Yield the threads of a file that holds a thread or a comment record on each line.

    A line that cannot be used is a failure and the rest goes on.

    Raises
    ------
    InputError
        If no line can be used.
    """
    reader = _Records(columns, export, source)

    def items() -> Iterator[Comment | Thread]:
        number = 0  # enumerate would hold each line until the next
        for line in lines_of(pieces, limits=limits, source=source, notify=notify):
            number += 1
            stripped = line.strip()
            del line
            if not stripped:
                continue
            try:
                value = _parsed(stripped)
                del stripped
                yield from reader.items(value)
            except ValueError as error:
                message = f"left out: {error}"
                notify(Notice(kind="failure", source=source, message=message, line=number))

    yield from _required(
        threads_of(
            reader.together(items()),
            limits=limits,
            default_id=id_,
            source=source,
            notify=notify,
        ),
        f"{source}: no line of it holds a thread or a comment",
    )


def read_json(
    pieces: Iterable[str],
    *,
    columns: Columns,
    export: Export | None,
    limits: Limits,
    id_: str,
    source: str,
    notify: Notify,
) -> Iterator[Thread]:
    """Yield the threads of a file that is one JSON value: a thread, a comment, or a list.

    What ``report --json`` writes is read as the thread in it.

    Raises
    ------
    InputError
        If the file is not JSON, or no value in it can be used.
    """
    try:
        content = _parsed(whole_text(pieces, limits=limits, source=source))
    except ValueError as error:
        raise InputError(f"{source}: {error}") from None
    reader = _Records(columns, export, source)
    listed = isinstance(content, list) and not reader.fits_whole(content)
    values = cast("list[object]", content) if listed else [content]

    def items() -> Iterator[Comment | Thread]:
        for number, value in enumerate(values, 1):
            try:
                yield from reader.items(value)
            except ValueError as error:
                message = f"item {number} left out: {error}"
                notify(Notice(kind="failure", source=source, message=message))

    yield from _required(
        threads_of(
            reader.together(items()),
            limits=limits,
            default_id=id_,
            source=source,
            notify=notify,
        ),
        f"{source}: holds no thread and no comment",
    )


def _parsed(text: str) -> object:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        line = f"line {error.lineno}, " if error.lineno > 1 else ""
        raise ValueError(f"not JSON: {error.msg} at {line}column {error.colno}") from None
    except RecursionError:
        raise ValueError("not usable JSON: nested too deeply") from None


class _Records:
    """Turns parsed values into comments and threads.

    A kind of export that was asked for is expected of every value. Otherwise the first value
    tells, unless it is a thread of our own or columns were given.
    """

    def __init__(self, columns: Columns, export: Export | None, source: str) -> None:
        self._columns = columns
        self._export = export
        self._source = source
        self._undecided = export is None and columns == Columns()
        self._found_in = lru_cache(maxsize=256)(columns.found_in)

    def fits_whole(self, values: list[object]) -> bool:
        """Return whether a list as a whole is one export."""
        if self._undecided:
            self._export = export_of(values)
            self._undecided = self._export is None
        return self._export is not None and self._export.fits(values)

    def items(self, value: object) -> Iterable[Comment | Thread]:
        """Return what a value holds, or raise `ValueError`."""
        if isinstance(value, dict):
            ours = value["thread"] if isinstance(value.get("thread"), dict) else value
            if ours is not value or is_own(ours):
                return (thread_of(ours),)
        if self._undecided:
            self._export = export_of(value)
            self._undecided = False
        if self._export is not None:
            return map(self._with_source, self._export.items(value, self._columns))
        return (self._comment(value),)

    def together(self, items: Iterator[Comment | Thread]) -> Iterator[Comment | Thread]:
        """Yield the items with those of one thread together, where the export mixes them."""
        first = next(items, None)
        if first is None:
            return
        items = chain([first], items)
        yield from by_thread(items) if self._export and self._export.mixed else items

    def _with_source(self, item: Comment | Thread) -> Comment | Thread:
        return (
            item.model_copy(update={"source": self._source}) if isinstance(item, Thread) else item
        )

    def _comment(self, value: object) -> Comment:
        if not isinstance(value, dict):
            raise ValueError(f"a {type(value).__name__}, neither a thread nor a comment record")  # noqa: TRY004 - one kind of error a line
        found = self._found_in(tuple(value))
        if found.text is None:
            wanted = (
                f"no '{self._columns.text}'" if self._columns.text else "no key that holds the text"
            )
            raise ValueError(f"{wanted} among {shown(value)}")
        return comment_of(value, found)


def _required(threads: Iterable[Thread], complaint: str) -> Iterator[Thread]:
    count = 0
    for count, thread in enumerate(threads, start=1):  # noqa: B007 - the count outlives the loop
        yield thread
    if not count:
        raise InputError(complaint)
