"""From a source to the reader of its format."""

import itertools
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from classifier.errors import InputError
from classifier.reading.columns import Columns
from classifier.reading.compressed import decompressed, plain_name
from classifier.reading.convokit import CONVOKIT, corpus_file
from classifier.reading.decoding import decode
from classifier.reading.export_kinds import EXPORTS
from classifier.reading.formats import detect_format, is_markup
from classifier.reading.html import ENGINES, read_html
from classifier.reading.json_lines import read_json, read_json_lines
from classifier.reading.limits import Limits
from classifier.reading.notices import Notify
from classifier.reading.opening import CHUNK_BYTES, chunks_of, name_of, stem_of
from classifier.reading.parquet import is_parquet, read_parquet
from classifier.reading.tables import read_table
from classifier.reading.text import read_text
from classifier.reading.warc import is_warc, read_warc
from classifier.thread import Page, Thread

_IMAGES = 3
"""How many times as large as its markup a page may be with the images inside it."""


def read_source(
    source: str | Path,
    *,
    forced: str | None,
    columns: Columns,
    limits: Limits,
    notify: Notify,
) -> Iterator[Page | Thread]:
    """Yield the pages or threads of a source; see `classifier.reading.read`."""
    name, id_ = name_of(source), stem_of(plain_name(str(source)))
    corpus = corpus_file(Path(source))
    if corpus is not None:
        source, forced = corpus, forced or CONVOKIT.name
    chunks = decompressed(chunks_of(source), source=name, notify=notify)
    chunks = limits.bounded(chunks, name)
    first = next(chunks, b"")
    chunks = itertools.chain([first], chunks) if first else iter(())
    plain = plain_name(name)
    if forced == "parquet" or (forced is None and is_parquet(first)):
        yield from read_parquet(
            source, columns=columns, limits=limits, id_=id_, name=name, notify=notify
        )
    elif forced == "warc" or (forced is None and is_warc(first)):
        yield from read_warc(chunks, limits=limits, id_=id_, source=name, notify=notify)
    elif forced == "html" or forced in ENGINES or (forced is None and is_markup(plain, first)):
        data = _gathered(chunks, limits=limits, source=name)
        yield from read_html(
            data, id_=id_, source=name, engine=forced, notify=notify, limits=limits
        )
    else:
        pieces = decode(chunks, source=name, notify=notify)
        yield from _read_text(
            pieces,
            plain=plain,
            forced=forced,
            columns=columns,
            limits=limits,
            id_=id_,
            source=name,
            notify=notify,
        )


def _read_text(
    pieces: Iterator[str],
    *,
    plain: str,
    forced: str | None,
    columns: Columns,
    limits: Limits,
    id_: str,
    source: str,
    notify: Notify,
) -> Iterator[Page | Thread]:
    """Yield what a source holds that is text throughout; `plain` is its uncompressed name."""
    head = _head(pieces)
    pieces = itertools.chain([head], pieces)
    export = EXPORTS.get(forced or "")
    known = detect_format(plain, head, columns) if forced is None or export else forced
    if known == "text" and not export:
        yield from read_text(pieces, limits=limits, id_=id_, source=source)
    elif known in ("json", "jsonl"):
        read = read_json if known == "json" else read_json_lines
        yield from read(
            pieces,
            columns=columns,
            export=export,
            limits=limits,
            id_=id_,
            source=source,
            notify=notify,
        )
    elif export:
        raise InputError(f"{source}: is not JSON, as '{export.name}' is: check --format")
    else:
        yield from read_table(
            pieces,
            delimiter="\t" if known == "tsv" else None,
            columns=columns,
            limits=limits,
            id_=id_,
            source=source,
            notify=notify,
        )


def _gathered(chunks: Iterator[bytes], *, limits: Limits, source: str) -> bytes:
    """Return all of a page; most of it may be images, which do not count in the end."""
    limits = replace(limits, page_size=_IMAGES * limits.page_size)
    held: list[bytes] = []
    size = 0
    for chunk in chunks:
        size += len(chunk)
        limits.check(size, source)
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
