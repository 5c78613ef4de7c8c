"""Crawls: the pages in WARC files, and the texts in WET files, one page or thread a record.

Records are parsed by `warcio`; where each of them begins and ends is found in `warc_records`.
Responses with a status other than 2xx, requests, metadata and what is neither markup nor text nor
JSON are passed over.
"""

import io
import itertools
from collections.abc import Iterator
from dataclasses import dataclass, replace
from email.message import Message
from typing import TYPE_CHECKING

from classifier.errors import ClassifierError, InputError
from classifier.reading.columns import Columns
from classifier.reading.decoding import decode
from classifier.reading.formats import is_markup
from classifier.reading.html import read_html
from classifier.reading.json_lines import read_json
from classifier.reading.limits import Limits
from classifier.reading.notices import Notice, Notify
from classifier.reading.text import read_text
from classifier.reading.warc_records import Fault, records_in
from classifier.thread import Page, Thread

if TYPE_CHECKING:
    from warcio.recordloader import ArcWarcRecord

_MAGIC = b"WARC/"
_KINDS = ("response", "resource", "conversion")
_MARKUP = ("text/html", "application/xhtml+xml")
_TEXT = "text/plain"
_JSON = "application/json"
_PIECE = 1 << 16


def is_warc(head: bytes) -> bool:
    """Return whether a file that begins so, once decompressed, is a WARC or WET file."""
    return head.startswith(_MAGIC)


def read_warc(
    chunks: Iterator[bytes], *, limits: Limits, id_: str, source: str, notify: Notify
) -> Iterator[Page | Thread]:
    """Yield what the records of a crawl hold, one at a time; their source is their address.

    A record that is broken, too large, or holds nothing usable is a failure, and the rest goes
    on. Memory holds one record.

    Raises
    ------
    InputError
        If no record can be used.
    """
    usable = False

    def leave_out(number: int, reason: object) -> None:
        message = f"record {number} left out: {reason}"
        notify(Notice(kind="failure", source=source, message=message))

    def retell(notice: Notice) -> None:
        message = f"{notice.source}: {notice.message}"
        notify(replace(notice, source=source, message=message, line=None))

    for number, record in enumerate(records_in(chunks, limits=limits), start=1):
        if isinstance(record, Fault):
            leave_out(number, record.reason)
            continue
        try:
            page = _page_in(record, limits)
            if page is None:
                continue
            for item in _items(page, page.address or f"{id_}#{number}", limits, retell):
                usable = True
                yield item
        except ClassifierError as error:
            leave_out(number, error)
    if not usable:
        raise InputError(f"{source}: no record of it holds a page that can be used")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Fetched:
    """What one record holds."""

    address: str | None
    kind: str
    charset: str | None
    data: bytes


def _page_in(record: bytes, limits: Limits) -> _Fetched | None:
    """Return the page in a record, or None if it is of a kind that is passed over."""
    from warcio.recordloader import ArcWarcRecordLoader

    try:
        loaded = ArcWarcRecordLoader(verify_http=False).parse_record_stream(
            io.BytesIO(record), known_format="warc"
        )
        address = loaded.rec_headers.get_header("WARC-Target-URI")
        if loaded.rec_type not in _KINDS or not _succeeded(loaded):
            return None
        kind, charset = _media_type(loaded)
        if kind not in (*_MARKUP, _TEXT, _JSON, ""):
            return None
        data = _payload(loaded, limits)
    except InputError:
        raise
    except Exception as error:  # noqa: BLE001 - whatever warcio makes of broken records
        reason = str(error).strip() or type(error).__name__
        raise InputError(f"cannot be parsed: {reason.splitlines()[0][:100]!r}") from None
    return _Fetched(address=address, kind=kind, charset=charset, data=data)


def _succeeded(record: "ArcWarcRecord") -> bool:
    return record.http_headers is None or record.http_headers.get_statuscode().startswith("2")


def _media_type(record: "ArcWarcRecord") -> tuple[str, str | None]:
    """Return the media type that the headers give, and the encoding."""
    headers = record.http_headers or record.rec_headers
    message = Message()
    message["Content-Type"] = " ".join((headers.get_header("Content-Type") or "").split())
    kind = message.get_content_type() if message["Content-Type"] else ""
    charset = message.get_param("charset")
    return kind, charset if isinstance(charset, str) else None


def _payload(record: "ArcWarcRecord", limits: Limits) -> bytes:
    stream = record.content_stream()
    held: list[bytes] = []
    size = 0
    while piece := stream.read(_PIECE):
        size += len(piece)
        limits.check(size, "what it unpacks to")
        held.append(piece)
    return b"".join(held)


def _items(page: _Fetched, name: str, limits: Limits, notify: Notify) -> Iterator[Page | Thread]:
    if page.kind in _MARKUP or (not page.kind and is_markup(name, page.data)):
        yield from read_html(
            page.data, id_=name, source=name, charset=page.charset, notify=notify, limits=limits
        )
        return
    pieces = _decoded(page, name, notify)
    if page.kind == _JSON:
        yield from read_json(
            pieces,
            columns=Columns(),
            export=None,
            limits=limits,
            id_=name,
            source=name,
            notify=notify,
        )
    else:
        yield from read_text(pieces, limits=limits, id_=name, source=name)


def _decoded(page: _Fetched, name: str, notify: Notify) -> Iterator[str]:
    """Return the text; what the headers say of the encoding counts if it holds."""
    try:
        return iter([page.data.decode(page.charset or "utf-8")])
    except (LookupError, ValueError):
        return decode(itertools.chain([page.data]), source=name, notify=notify)
