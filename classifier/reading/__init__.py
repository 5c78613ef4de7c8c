"""Reading: a file or standard input becomes pages to split, or threads of ready comments.

Reading knows formats and encodings, and nothing of what the text says. A stripped dump is one
`Page`. Records of comments are `Thread` values whose replies carry their whole text as own
words; quotes in them are found by the splitting stage.
"""

import itertools
from collections.abc import Iterator
from pathlib import Path

from classifier.reading.columns import Columns
from classifier.reading.decoding import decode
from classifier.reading.formats import FORMATS, Format, detect_format, is_markup, known_format
from classifier.reading.html import ENGINES, read_html
from classifier.reading.json_lines import read_json, read_json_lines
from classifier.reading.limits import Limits
from classifier.reading.notices import Notice, Notify, log_notice
from classifier.reading.opening import CHUNK_BYTES, chunks_of, name_of, stem_of
from classifier.reading.tables import read_table
from classifier.reading.text import read_text
from classifier.thread import Page, Thread

__all__ = ["FORMATS", "Columns", "Format", "Notice", "Notify", "log_notice", "read"]


def read(
    source: str | Path,
    *,
    format: str | None = None,  # noqa: A002 - the word that users know
    columns: Columns | None = None,
    notify: Notify = log_notice,
) -> Iterator[Page | Thread]:
    """Read the pages or threads of a source, one at a time.

    Records are streamed: memory holds one thread. Comments that follow each other and name the
    same thread make one; where there is no thread column the whole file is one.

    Parameters
    ----------
    source : str or Path
        A file, or ``-`` for standard input.
    format : str or None
        What the source is, one of `FORMATS`; by default told from its suffix and beginning, and
        for markup from the marks of the forum engine that made it.
    columns : Columns or None
        Names of the columns or keys; those not given are looked for among the usual ones.
    notify : callable
        Takes a `Notice` for each thing that was read not quite as it stood, and for each
        record that was left out; by default they are logged.

    Yields
    ------
    Page or Thread
        A page for text, threads for records and for pages with their markup. Offsets refer to
        the decoded text of a page; for threads to `Thread.page_text`: the comments' texts joined
        by line feeds.

    Raises
    ------
    UsageError
        At once, if the format is not known.
    InputError
        While reading, if the source is missing, empty, binary, or holds nothing usable.
    """
    forced = known_format(format) if format is not None else None
    return _read(source, forced, columns or Columns(), notify)


def _read(
    source: str | Path, forced: str | None, columns: Columns, notify: Notify
) -> Iterator[Page | Thread]:
    name, id_ = name_of(source), stem_of(source)
    chunks = chunks_of(source)
    first = next(chunks, b"")
    chunks = itertools.chain([first], chunks) if first else iter(())
    if forced == "html" or forced in ENGINES or (forced is None and is_markup(name, first)):
        data = _gathered(chunks, source=name)
        yield from read_html(data, id_=id_, source=name, engine=forced, notify=notify)
        return
    pieces = decode(chunks, source=name, notify=notify)
    head = _head(pieces)
    pieces = itertools.chain([head], pieces)
    known = forced or detect_format(name, head, columns)
    if known == "text":
        yield from read_text(pieces, id_=id_, source=name)
    elif known == "jsonl":
        yield from read_json_lines(pieces, columns=columns, id_=id_, source=name, notify=notify)
    elif known == "json":
        yield from read_json(pieces, columns=columns, id_=id_, source=name, notify=notify)
    else:
        yield from read_table(
            pieces,
            delimiter="\t" if known == "tsv" else None,
            columns=columns,
            id_=id_,
            source=name,
            notify=notify,
        )


def _gathered(chunks: Iterator[bytes], *, source: str) -> bytes:
    """Return all of a page, never holding more than one may be large."""
    held: list[bytes] = []
    size = 0
    for chunk in chunks:
        size += len(chunk)
        Limits().check(size, source)
        held.append(chunk)
    return b"".join(held)


def _head(pieces: Iterator[str]) -> str:
    """Return the beginning of the text, to the end of its first line or for a mebibyte."""
    head = ""
    while "\n" not in head.lstrip() and len(head) < CHUNK_BYTES:
        piece = next(pieces, None)
        if piece is None:
            break
        head += piece
    return head
