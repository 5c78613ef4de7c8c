"""JSON of comments, exports or our own threads, one a line or a whole file of them."""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import chain

from classifier.errors import InputError
from classifier.reading.columns import Columns, shown
from classifier.reading.export_kinds import export_of
from classifier.reading.exports import Export, by_thread
from classifier.reading.json_values import parsed, values_of
from classifier.reading.limits import Limits, room_of
from classifier.reading.lines import lines_of
from classifier.reading.notices import Notice, Notify
from classifier.reading.own_threads import is_own, thread_of
from classifier.reading.records import Comment, comment_of, threads_of
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
    reader = _Records(columns, export, limits, source)

    def items() -> Iterator[Comment | Thread]:
        number = 0  # enumerate would hold each line until the next
        for line in lines_of(pieces, limits=limits, source=source, notify=notify):
            number += 1
            stripped = line.strip()
            del line
            if not stripped:
                continue
            try:
                value = parsed(stripped)
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
    """Yield the threads of a file that is one JSON value: a thread, a comment, or a list of them.

    What ``report --json`` writes is read as the thread in it. A list may be of any length, for one
    value of it is held at a time.

    Raises
    ------
    InputError
        If the file does not begin as JSON, or no value in it can be used.
    """
    reader = _Records(columns, export, limits, source)

    def items() -> Iterator[Comment | Thread]:
        number = 0  # enumerate would hold each value until the next
        for value in values_of(pieces, limits=limits, source=source, notify=notify):
            number += 1  # noqa: SIM113
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


class _Records:
    """Turns parsed values into comments and threads.

    A kind of export that was asked for is expected of every value. Otherwise the first value
    tells, unless it is a thread of our own or columns were given.
    """

    def __init__(
        self, columns: Columns, export: Export | None, limits: Limits, source: str
    ) -> None:
        self._columns = columns
        self._limits = limits
        self._export = export
        self._source = source
        self._undecided = export is None and columns == Columns()
        self._found_in = lru_cache(maxsize=256)(columns.found_in)

    def items(self, value: object) -> Iterable[Comment | Thread]:
        """Return what a value holds, or raise `ValueError`."""
        if isinstance(value, dict):
            ours = value["thread"] if isinstance(value.get("thread"), dict) else value
            if ours is not value or is_own(ours):
                thread = thread_of(ours)
                if room_of(thread) > self._limits.page_size:
                    raise ValueError(f"{len(thread.replies):,} replies {self._limits.crowd}")
                return (thread,)
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
