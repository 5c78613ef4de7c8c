"""Small inputs that unpack to much are cut or refused before they fill memory."""

import gzip
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from classifier import InputError
from classifier.reading import Limits, Notice, read
from classifier.thread import Thread

PEAK = """
import resource, sys
from pathlib import Path
from classifier.reading import Limits, read
import pyarrow.parquet

def peak():
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit

before = peak()
for item in read(sys.argv[1], limits=Limits(page_size=1_000_000), notify=lambda _: None):
    pass
print(peak() - before)
"""


def one_text_in_many_rows(file: Path) -> None:
    """Write a text once, and a thousand rows that refer to it."""
    texts = pa.DictionaryArray.from_arrays(
        pa.array([0] * 300, pa.int32()), pa.array(["a" * 900_000])
    )
    pq.write_table(
        pa.table({"text": texts}), file, compression="zstd", dictionary_pagesize_limit=1 << 30
    )


def many_small_records(file: Path) -> None:
    file.write_bytes(gzip.compress(b'{"text": "a"}\n' * 60_000))


def many_records_with_long_authors(file: Path) -> None:
    line = json.dumps({"text": "a", "author": "b" * 100_000}).encode() + b"\n"
    file.write_bytes(gzip.compress(line * 600))


def records_of_one_thread(file: Path) -> None:
    file.write_bytes(gzip.compress(b'{"text": "", "thread_id": "t"}\n' * 60_000))


@pytest.mark.skipif(sys.platform == "win32", reason="peak memory is measured by POSIX means")
@pytest.mark.parametrize(
    "bomb",
    [
        one_text_in_many_rows,
        many_small_records,
        many_records_with_long_authors,
        records_of_one_thread,
    ],
)
def test_a_thread_of_records_grows_no_larger_than_a_page(
    tmp_path: Path, bomb: Callable[[Path], None]
) -> None:
    file = tmp_path / "bomb"
    bomb(file)
    assert file.stat().st_size < 200_000
    done = subprocess.run(
        [sys.executable, "-c", PEAK, file], capture_output=True, text=True, check=True
    )
    assert int(done.stdout) < 60_000_000


def test_where_a_thread_is_cut_is_said_and_nothing_is_lost(tmp_path: Path) -> None:
    file = tmp_path / "c.jsonl"
    file.write_text("".join(f'{{"text": "{n}"}}\n' for n in range(100)))
    notices: list[Notice] = []
    threads = [
        item
        for item in read(file, limits=Limits(page_size=5000), notify=notices.append)
        if isinstance(item, Thread)
    ]
    assert [reply.text for each in threads for reply in each.replies] == [
        str(n) for n in range(100)
    ]
    assert [each.id for each in threads][:2] == ["c", "c#2"]
    (notice,) = notices
    assert notice.message == "thread longer than 8 comments: cut there"


def test_a_text_larger_than_a_page_in_a_table_is_left_out(tmp_path: Path) -> None:
    file = tmp_path / "c.parquet"
    texts = pa.DictionaryArray.from_arrays(pa.array([0, 1]), pa.array(["a" * 10_000, "b"]))
    pq.write_table(pa.table({"text": texts}), file, compression="zstd")
    notices: list[Notice] = []
    limits = Limits(page_size=9_000)
    (thread,) = read(file, limits=limits, notify=notices.append)
    assert isinstance(thread, Thread)
    assert [reply.text for reply in thread.replies] == ["b"]
    assert "row 1 left out: a text: larger than" in str(notices)
    pq.write_table(pa.table({"text": texts, "id": ["a", "b"]}), file, compression="zstd")
    (thread,) = read(file, limits=Limits(page_size=12_000), notify=notices.append)
    assert isinstance(thread, Thread)
    assert len(thread.replies) in (1, 2)


@pytest.mark.parametrize("content", [b"\n", b"no record\n", b'{"text": "a"}\n', b"a", b"<p>"])
def test_an_input_may_be_bounded_as_a_whole(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "bomb"
    file.write_bytes(gzip.compress(content * 3_000_000))
    assert file.stat().st_size < 100_000
    limits = Limits(page_size=10_000_000, input_size=2_000_000)
    with pytest.raises(InputError, match="larger than 2,000,000 bytes in all"):
        list(read(file, limits=limits, notify=lambda _: None))
