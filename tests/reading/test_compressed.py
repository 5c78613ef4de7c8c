"""Compressed files are read as what they were; bombs and damage are bounded and told."""

import bz2
import gzip
import io
import lzma
import random
import sys
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from classifier.errors import InputError
from classifier.reading import Limits, Notice, read
from classifier.thread import Page, Thread

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

if TYPE_CHECKING:
    from conftest import Reading

PAGE = "The council met.\n\nWhy wait?\n"
COMMENTS = '{"text": "Why wait?"}\n{"text": "Because."}\n'


def long_window(data: bytes) -> bytes:
    """Compress as dumps are that were made with --long=31."""
    return zstd.compress(data, options={zstd.CompressionParameter.window_log: 31})


METHODS: dict[str, Callable[[bytes], bytes]] = {
    "gz": lambda data: gzip.compress(data, 1),
    "zst": long_window,
    "bz2": lambda data: bz2.compress(data, 1),
    "xz": lambda data: lzma.compress(data, preset=0),
}


@pytest.mark.parametrize("suffix", METHODS)
def test_every_format_may_be_compressed(reading: "Reading", suffix: str) -> None:
    pack = METHODS[suffix]
    page = reading.page(f"harbour.txt.{suffix}", pack(PAGE.encode()))
    assert (page.id, page.text) == ("harbour", PAGE)
    thread = reading.thread(f"c.jsonl.{suffix}", pack(COMMENTS.encode()))
    assert (thread.id, len(thread.replies)) == ("c", 2)
    table = reading.thread(f"c.csv.{suffix}", pack(b"id,text\n1,Why?\n"))
    assert table.replies[0].text == "Why?"
    html = b"<html><body><article><h1>Ferry</h1><p>" + b"The ferry runs at night. " * 40
    reading.items(f"p.html.{suffix}", pack(html + b"</p></article></body></html>"))
    assert reading.notices == []


@pytest.mark.parametrize("suffix", METHODS)
def test_compression_is_told_by_the_content_whatever_the_name(
    reading: "Reading", suffix: str
) -> None:
    assert len(reading.thread("comments", METHODS[suffix](COMMENTS.encode())).replies) == 2


@pytest.mark.parametrize("suffix", METHODS)
def test_members_that_follow_each_other_are_one_file(reading: "Reading", suffix: str) -> None:
    first, second = (METHODS[suffix](line.encode()) for line in COMMENTS.splitlines(keepends=True))
    assert len(reading.thread(f"c.jsonl.{suffix}", first + second).replies) == 2


def test_standard_input_may_be_compressed(monkeypatch: pytest.MonkeyPatch) -> None:
    packed = io.TextIOWrapper(io.BytesIO(gzip.compress(PAGE.encode())))
    monkeypatch.setattr(sys, "stdin", packed)
    [page] = read("-")
    assert page.id == "stdin"


@pytest.mark.parametrize("suffix", METHODS)
def test_file_that_ends_early_is_read_up_to_there(reading: "Reading", suffix: str) -> None:
    noise = random.Random(0)
    lines = "".join(f'{{"text": "{noise.random()}"}}\n' for _ in range(10_000))
    packed = METHODS[suffix](lines.encode())
    thread = reading.thread(f"c.jsonl.{suffix}", packed[: len(packed) * 3 // 4])
    assert len(thread.replies) > 3_000
    assert any("ends in mid-stream" in failure for failure in reading.failures)


def test_damaged_member_is_told_and_those_after_it_are_read(reading: "Reading") -> None:
    members = [gzip.compress(f'{{"text": "number {n}"}}\n'.encode()) for n in range(3)]
    members[1] = members[1][:14] + bytes([members[1][14] ^ 0xFF]) + members[1][15:]
    thread = reading.thread("c.jsonl.gz", b"".join(members))
    texts = [reply.text for reply in thread.replies]
    assert (texts[0], texts[-1]) == ("number 0", "number 2")
    assert any("gzip data are damaged" in failure for failure in reading.failures)


@pytest.mark.parametrize("magic", [b"\x1f\x8b\x08", b"\x28\xb5\x2f\xfd", b"BZh", b"\xfd7zXZ\x00"])
def test_file_that_only_begins_compressed_is_refused(reading: "Reading", magic: bytes) -> None:
    with pytest.raises(InputError, match="nothing of it can be read"):
        reading.items("x.txt", magic + b"nothing of the kind" * 10)


BEGINNINGS = {
    "page.txt": b"The council met.\n",
    "page.html": b"<html><p>The council met.",
    "c.json": b'[{"text": "The council met.',
    "c.jsonl": b'{"text": "The council met."}\n{"text": "',
    "c.csv": b"id,text\n1,The council met.\n2,",
}


def list_of(path: Path, reading: "Reading") -> list[Page | Thread]:
    """Read with a low limit; a refusal is told like a failure."""
    try:
        return list(read(path, limits=Limits(page_size=1_000_000), notify=reading.notices.append))
    except InputError as error:
        reading.notices.append(Notice(kind="failure", source="", message=str(error)))
        return []


@pytest.mark.parametrize(
    ("name", "suffix"),
    [*((name, "zst") for name in BEGINNINGS), *(("page.txt", suffix) for suffix in METHODS)],
)
def test_bomb_is_left_out_without_filling_memory(
    reading: "Reading", name: str, suffix: str
) -> None:
    path = reading.folder / f"{name}.{suffix}"
    path.write_bytes(METHODS[suffix](BEGINNINGS[name] + b"a" * 20_000_000))
    tracemalloc.start()
    try:
        told = [str(item) for item in list_of(path, reading)]
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert sum(map(len, told)) < 1000
    assert "--max-page-size" in reading.failures[0]
    assert peak < 14_000_000
