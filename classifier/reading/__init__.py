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
from classifier.reading.formats import FORMATS, Format, detect_format, known_format
from classifier.reading.json_lines import read_json, read_json_lines
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
    format : {"text", "json", "jsonl", "csv", "tsv"} or None
        What the source is; by default told from its suffix and beginning.
    columns : Columns or None
        Names of the columns or keys; those not given are looked for among the usual ones.
    notify : callable
        Takes a `Notice` for each thing that was read not quite as it stood, and for each
        record that was left out; by default they are logged.

    Yields
    ------
    Page or Thread
        A page for text, threads for records. Offsets refer to the decoded text of a page, and
        to the comments' texts joined by line feeds (`Thread.page_text`) for records.

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
    source: str | Path, forced: Format | None, columns: Columns, notify: Notify
) -> Iterator[Page | Thread]:
    name, id_ = name_of(source), stem_of(source)
    pieces = decode(chunks_of(source), source=name, notify=notify)
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


def _head(pieces: Iterator[str]) -> str:
    """Return the beginning of the text, to the end of its first line or for a mebibyte."""
    head = ""
    while "\n" not in head.lstrip() and len(head) < CHUNK_BYTES:
        piece = next(pieces, None)
        if piece is None:
            break
        head += piece
    return head
