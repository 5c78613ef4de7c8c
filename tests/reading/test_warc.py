"""WARC and WET files, one page or thread a record."""

import gzip
import json
import tracemalloc
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from classifier.errors import InputError
from classifier.pipeline import read_threads
from classifier.reading import Limits, Notice, read
from classifier.thread import Page, Thread

if TYPE_CHECKING:
    from conftest import Reading

PAGE = "<html><body><article><h1>Night ferry</h1>{}</article></body></html>"
STORY = (
    "<p>" + "The ferry will cross the harbour at night from May on, the port says. " * 8 + "</p>"
)


class Crawl:
    """A WARC file of our own pages."""

    def __init__(self, *, packed: bool) -> None:
        self.content = b""
        self.ends: list[int] = []
        self._packed = packed
        self._write("warcinfo", "", "application/warc-fields", b"software: a test\r\n")

    def _write(self, kind: str, address: str, media: str, block: bytes) -> None:
        headers = [
            "WARC/1.0",
            f"WARC-Type: {kind}",
            f"WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-{len(self.ends):012}>",
            "WARC-Date: 2024-05-01T10:00:00Z",
            *([f"WARC-Target-URI: {address}"] if address else []),
            f"Content-Type: {media}",
            f"Content-Length: {len(block)}",
        ]
        record = "\r\n".join(headers).encode() + b"\r\n\r\n" + block + b"\r\n\r\n"
        self.content += gzip.compress(record) if self._packed else record
        self.ends.append(len(self.content))

    def response(
        self,
        address: str,
        body: bytes,
        kind: str = "text/html; charset=utf-8",
        *,
        status: str = "200 OK",
        headers: Sequence[str] = (),
    ) -> "Crawl":
        head = "\r\n".join([f"HTTP/1.1 {status}", f"Content-Type: {kind}", *headers])
        block = head.encode() + b"\r\n\r\n" + body
        self._write("response", address, "application/http; msgtype=response", block)
        return self

    def text(self, address: str, text: str) -> "Crawl":
        self._write("conversion", address, "text/plain", text.encode())
        return self


def three(*, packed: bool) -> Crawl:
    crawl = Crawl(packed=packed)
    for number in range(3):
        crawl.text(f"https://f.example/{number}", f"Page {number}.\n\nIt has words.\n")
    return crawl


@pytest.mark.parametrize("packed", [False, True])
def test_pages_of_a_crawl_are_threads_of_their_address(reading: "Reading", *, packed: bool) -> None:
    crawl = Crawl(packed=packed)
    crawl.response("https://f.example/a", PAGE.format(STORY).encode())
    crawl.response("https://f.example/logo.png", b"\x89PNG\x00\x00", "image/png")
    crawl.response("https://f.example/gone", b"<p>Not found", status="404 Not Found")
    crawl.response(
        "https://f.example/notes", "Café notes.".encode("latin-1"), "text/plain; charset=iso-8859-1"
    )
    crawl.response(
        "https://f.example/c.json", json.dumps([{"text": "Why?"}]).encode(), "application/json"
    )
    page, notes, comments = reading.items("crawl.warc", crawl.content)
    assert isinstance(page, Thread)
    assert page.source == "https://f.example/a"
    assert page.article is not None
    assert page.article.text.startswith("The ferry will cross")
    assert notes == Page(
        id="https://f.example/notes", text="Café notes.", source="https://f.example/notes"
    )
    assert isinstance(comments, Thread)
    assert comments.replies[0].text == "Why?"
    assert reading.notices == []


@pytest.mark.parametrize("packed", [False, True])
def test_texts_of_a_wet_file_are_pages(reading: "Reading", *, packed: bool) -> None:
    pages = reading.items("crawl.warc.wet", three(packed=packed).content)
    assert [page.id for page in pages] == [f"https://f.example/{n}" for n in range(3)]
    assert all(isinstance(page, Page) for page in pages)


def test_file_that_was_compressed_as_a_whole_is_read_too(reading: "Reading") -> None:
    assert len(reading.items("c.warc.gz", gzip.compress(three(packed=False).content))) == 3


def test_sent_compression_and_chunks_are_undone(reading: "Reading") -> None:
    body = gzip.compress(b"Packed words.")
    chunked = b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body)
    headers = ["Content-Encoding: gzip", "Transfer-Encoding: chunked"]
    crawl = Crawl(packed=True).response("https://f.example", chunked, "text/plain", headers=headers)
    [page] = reading.items("c.warc.gz", crawl.content)
    assert isinstance(page, Page)
    assert page.text == "Packed words."


def damages(crawl: Crawl) -> dict[str, bytes]:
    """Return the crawl with its second page broken in several ways."""
    content = crawl.content
    before, record, after = (
        content[: crawl.ends[1]],
        content[crawl.ends[1] : crawl.ends[2]],
        content[crawl.ends[2] :],
    )
    wrong = {
        "too long": record.replace(b"Content-Length: 2", b"Content-Length: 9"),
        "far too long": record.replace(b"Content-Length: ", b"Content-Length: 99999999"),
        "too short": record.replace(b"Content-Length: 2", b"Content-Length: "),
        "no length": record.replace(b"Content-Length", b"Content-Lenght"),
        "no number": record.replace(b"Content-Length: ", b"Content-Length: x"),
        "cut short": record[:-20],
        "cut in the headers": record[:60],
        "other version": record.replace(b"WARC/1.0", b"WARC/7"),
        "noise before": b"\x00\xff noise \r\n" + record.replace(b"WARC/", b"WRAC/"),
    }
    return {name: before + broken + after for name, broken in wrong.items()}


@pytest.mark.parametrize("damage", damages(three(packed=False)))
def test_broken_record_is_named_and_the_others_go_on(reading: "Reading", damage: str) -> None:
    broken = damages(three(packed=False))[damage]
    assert broken != three(packed=False).content
    pages = reading.items("crawl.warc", broken)
    assert [page.id for page in pages] == ["https://f.example/0", "https://f.example/2"]
    [failure] = reading.failures
    assert failure.startswith(f"{reading.folder / 'crawl.warc'}: record 3 left out: ")


def test_damaged_member_costs_its_record_alone(reading: "Reading") -> None:
    crawl = three(packed=True)
    content = bytearray(crawl.content)
    content[(crawl.ends[1] + crawl.ends[2]) // 2] ^= 0xFF
    pages = reading.items("crawl.warc.gz", bytes(content))
    assert [page.id for page in pages] == ["https://f.example/0", "https://f.example/2"]
    assert reading.failures


def test_records_larger_than_a_page_may_be_are_left_out(reading: "Reading") -> None:
    crawl = Crawl(packed=True)
    crawl.text("https://f.example/large", "word " * 1_000_000)
    bomb = gzip.compress(bytes(150_000_000), compresslevel=1)
    packed = ["Content-Encoding: gzip"]
    crawl.response("https://f.example/bomb", bomb, "text/plain", headers=packed)
    crawl.text("https://f.example/small", "Fine.")
    path = reading.folder / "c.warc.gz"
    path.write_bytes(crawl.content)
    tracemalloc.start()
    try:
        pages = list(read(path, limits=Limits(page_size=2_000_000), notify=reading.notices.append))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert [page.id for page in pages] == ["https://f.example/small"]
    assert ["--max-page-size" in failure for failure in reading.failures] == [True, True]
    assert peak < 70_000_000


def test_page_that_cannot_be_split_is_told_and_the_others_go_on(tmp_path: Path) -> None:
    crawl = Crawl(packed=True)
    crawl.text("https://f.example/0", "\u200b")
    crawl.text("https://f.example/1", "Port Averil has a ferry.\nIt is late.\n")
    path = tmp_path / "c.warc.gz"
    path.write_bytes(crawl.content)
    notices: list[Notice] = []
    threads = list(read_threads(path, notify=notices.append))
    assert [thread.id for thread in threads][-1] == "https://f.example/1"


def test_crawl_without_pages_is_refused(reading: "Reading") -> None:
    with pytest.raises(InputError, match="no record of it holds a page"):
        reading.items("c.warc.gz", Crawl(packed=True).content)
