"""Tables of comments: CSV, TSV and other delimiters, with a header row."""

import csv
import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from classifier.errors import InputError
from classifier.reading.columns import Columns, shown
from classifier.reading.limits import Limits
from classifier.reading.lines import lines_of
from classifier.reading.notices import Notice, Notify
from classifier.reading.records import Comment, comment_of, threads_of
from classifier.thread import Thread

_DELIMITERS = (",", "\t", ";", "|")
# One field may hold a whole page; a longer one is a quote that was left open.
_LONGEST_FIELD = 1 << 25
_LINES_PREVIEWED = 1000


def read_table(
    pieces: Iterable[str],
    *,
    delimiter: str | None,
    columns: Columns,
    limits: Limits,
    id_: str,
    source: str,
    notify: Notify,
) -> Iterator[Thread]:
    """Yield the threads of a table with one comment a row.

    A row that cannot be used is a failure and the rest goes on.

    Parameters
    ----------
    delimiter : str or None
        What separates the fields; by default the one that the header row shows.

    Raises
    ------
    InputError
        If the header lacks a column that was given, or one that holds the text, or if no row
        can be used.
    """
    lines = lines_of(pieces, limits=limits, source=source, notify=notify)
    rows = _rows(lines, delimiter, columns)
    header = next(rows, _Row(line=1, fields=[]))
    found = _columns_in(header, columns, source)

    def comments() -> Iterator[Comment]:
        for row in rows:
            fault = row.fault
            if fault is None and len(row.fields) != len(header.fields):
                fault = f"{len(row.fields)} fields where the header has {len(header.fields)}"
            if fault is None:
                yield comment_of(dict(zip(header.fields, row.fields, strict=True)), found)
            else:
                message = f"left out: {fault}"
                notify(Notice(kind="failure", source=source, message=message, line=row.line))

    threads = threads_of(comments(), limits=limits, default_id=id_, source=source, notify=notify)
    first = next(threads, None)
    if first is None:
        raise InputError(f"{source}: no row of it holds a comment")
    yield first
    yield from threads


def delimiter_of(header_line: str, columns: Columns) -> str:
    """Return the delimiter under which the header shows a text column, then the most columns."""

    def merit(delimiter: str) -> tuple[bool, int]:
        names = [name.strip('" \r\n') for name in header_line.split(delimiter)]
        return columns.found_in(names).text is not None, len(names)

    return max(_DELIMITERS, key=merit)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    """One row, the line that it begins on, and what is wrong with it."""

    line: int
    fields: list[str]
    fault: str | None = None


class _QuoteCounter:
    """Passes lines on and counts the quotation marks in them."""

    def __init__(self, lines: Iterable[str]) -> None:
        self.quotes = 0
        self._lines = lines

    def __iter__(self) -> Iterator[str]:
        for line in self._lines:
            self.quotes += line.count('"')
            yield line


def _rows(lines: Iterator[str], delimiter: str | None, columns: Columns) -> Iterator[_Row]:
    csv.field_size_limit(_LONGEST_FIELD)
    preview = list(itertools.islice(lines, _LINES_PREVIEWED))
    header_line = next((line for line in preview if line.strip()), "")
    delimiter = delimiter or delimiter_of(header_line, columns)
    counter = _QuoteCounter(itertools.chain(preview, lines))
    reader = csv.reader(counter, delimiter=delimiter, quoting=_quoting(preview, delimiter))
    while True:
        line = reader.line_num + 1
        counter.quotes = 0
        try:
            fields = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield _Row(line=line, fields=[], fault=str(error))
            continue
        if not "".join(fields).strip():
            continue
        # The reader takes rows together without a word where a quote is left open.
        torn = reader.line_num > line and counter.quotes % 2
        fault = f"quotes do not pair up, down to line {reader.line_num}" if torn else None
        yield _Row(line=line, fields=fields, fault=fault)


def _quoting(preview: Sequence[str], delimiter: str) -> Literal[0, 3]:
    """Return whether quotation marks wrap fields, or are part of a tab-separated text.

    In the second case every line splits into the same number of fields, and some field opens
    with a quote that it does not close.
    """
    if delimiter != "\t":
        return csv.QUOTE_MINIMAL
    split = [line.rstrip("\r\n").split(delimiter) for line in preview if line.strip()]
    if len({len(fields) for fields in split}) > 1:
        return csv.QUOTE_MINIMAL
    paired = all(
        not field.startswith('"') or (len(field) > 1 and field.endswith('"'))
        for fields in split
        for field in fields
    )
    return csv.QUOTE_MINIMAL if paired else csv.QUOTE_NONE


def _columns_in(header: _Row, columns: Columns, source: str) -> Columns:
    if header.fault is not None:
        raise InputError(f"{source}: the header row cannot be read: {header.fault}")
    there = shown(header.fields)
    for missing in columns.missing_from(header.fields):
        raise InputError(f"{source}: no column '{missing}': there are {there}")
    found = columns.found_in(header.fields)
    if found.text is None:
        raise InputError(f"{source}: no column that holds the text: name it, there are {there}")
    return found
