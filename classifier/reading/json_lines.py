"""JSON of comments or of our own threads, one a line or a whole file of them."""

import json
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache

from pydantic import ValidationError

from classifier.errors import InputError
from classifier.reading.columns import Columns, shown
from classifier.reading.lines import lines_of
from classifier.reading.notices import Notice, Notify
from classifier.reading.records import Comment, comment_of, threads_of
from classifier.thread import SCHEMA_VERSION, Thread


def read_json_lines(
    pieces: Iterable[str], *, columns: Columns, id_: str, source: str, notify: Notify
) -> Iterator[Thread]:
    """Yield the threads of a file that holds a thread or a comment record on each line.

    A line that cannot be used is a failure and the rest goes on.

    Raises
    ------
    InputError
        If no line can be used.
    """

    def items() -> Iterator[Comment | Thread]:
        item_of = _interpreter(columns)
        for number, line in enumerate(lines_of(pieces), start=1):
            if not line.strip():
                continue
            try:
                yield item_of(_parsed(line.strip()))
            except ValueError as error:
                message = f"left out: {error}"
                notify(Notice(kind="failure", source=source, message=message, line=number))

    yield from _required(
        threads_of(items(), default_id=id_, source=source, notify=notify),
        f"{source}: no line of it holds a thread or a comment",
    )


def read_json(
    pieces: Iterable[str], *, columns: Columns, id_: str, source: str, notify: Notify
) -> Iterator[Thread]:
    """Yield the threads of a file that is one JSON value: a thread, a comment, or a list.

    What ``report --json`` writes is read as the thread in it.

    Raises
    ------
    InputError
        If the file is not JSON, or no value in it can be used.
    """
    try:
        content = _parsed("".join(pieces))
    except ValueError as error:
        raise InputError(f"{source}: {error}") from None

    def items() -> Iterator[Comment | Thread]:
        item_of = _interpreter(columns)
        for number, value in enumerate(content if isinstance(content, list) else [content], 1):
            try:
                yield item_of(value)
            except ValueError as error:
                message = f"item {number} left out: {error}"
                notify(Notice(kind="failure", source=source, message=message))

    yield from _required(
        threads_of(items(), default_id=id_, source=source, notify=notify),
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


def _interpreter(columns: Columns) -> Callable[[object], Comment | Thread]:
    """Return what turns a parsed value into a thread or a comment, or raises `ValueError`."""
    found_in = lru_cache(maxsize=256)(columns.found_in)

    def item_of(value: object) -> Comment | Thread:
        if not isinstance(value, dict):
            raise ValueError(f"a {type(value).__name__}, neither a thread nor a comment record")  # noqa: TRY004 - one kind of error a line
        if isinstance(value.get("thread"), dict):
            return _thread_of(value["thread"])
        if "schema" in value and "replies" in value:
            return _thread_of(value)
        found = found_in(tuple(value))
        if found.text is None:
            wanted = f"no '{columns.text}'" if columns.text else "no key that holds the text"
            raise ValueError(f"{wanted} among {shown(value)}")
        return comment_of(value, found)

    return item_of


def _thread_of(value: dict[str, object]) -> Thread:
    schema = value.get("schema")
    if schema != SCHEMA_VERSION:
        raise ValueError(f"a thread of schema {schema!r:.20}, not {SCHEMA_VERSION}")
    try:
        return Thread.model_validate(value)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        place = ".".join(map(str, first["loc"]))
        raise ValueError(f"a thread whose {place} does not fit: {first['msg']}") from None


def _required(threads: Iterable[Thread], complaint: str) -> Iterator[Thread]:
    count = 0
    for count, thread in enumerate(threads, start=1):  # noqa: B007 - the count outlives the loop
        yield thread
    if not count:
        raise InputError(complaint)
