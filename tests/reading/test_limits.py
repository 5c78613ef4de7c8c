"""What is held in memory at a time is bounded, and time grows with the input's length."""

import json
import time
import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from classifier.errors import ClassifierError
from classifier.reading import FORMATS, Limits, Notice, read
from classifier.thread import Page, Thread

if TYPE_CHECKING:
    from conftest import Reading


def test_long_line_is_left_out_and_the_rest_goes_on(reading: "Reading") -> None:
    content = '{"text": "one"}\n{"text": "' + "x" * 5000 + '"}\n{"text": "three"}\n'
    path = reading.folder / "c.jsonl"
    path.write_text(content)
    [thread] = read(path, limits=Limits(page_size=2000), notify=reading.notices.append)
    assert isinstance(thread, Thread)
    assert [reply.text for reply in thread.replies] == ["one", "three"]
    [failure] = reading.failures
    assert failure == (
        f"{path}, line 2: left out: larger than 0.002 MB: raise --max-page-size to read it"
    )


def test_comments_that_nothing_joins_are_cut_into_threads(reading: "Reading") -> None:
    path = reading.folder / "c.jsonl"
    path.write_text("".join(f'{{"text": "number {n}"}}\n' for n in range(7)))
    threads = list(read(path, limits=Limits(comments=3), notify=reading.notices.append))
    assert all(isinstance(thread, Thread) for thread in threads)
    assert [thread.id for thread in threads] == ["c", "c#2", "c#3"]
    replies = [
        reply for thread in threads if isinstance(thread, Thread) for reply in thread.replies
    ]
    assert [reply.id for reply in replies] == [f"r{n}" for n in range(1, 8)]
    assert reading.notices == []


def test_comments_that_answer_each_other_stay_together_for_longer(reading: "Reading") -> None:
    path = reading.folder / "c.jsonl"
    records = [{"id": str(n), "text": "x", "parent_id": str(n - 1)} for n in range(50)]
    path.write_text("".join(json.dumps(record) + "\n" for record in records))
    threads = [
        thread
        for thread in read(path, limits=Limits(comments=2), notify=reading.notices.append)
        if isinstance(thread, Thread)
    ]
    assert [len(thread.replies) for thread in threads] == [20, 20, 10]
    assert [thread.replies[1].parent_id for thread in threads] == ["0", "20", "40"]
    assert "thread longer than 20 comments: cut there" in reading.warnings[0]


def test_comments_of_a_long_file_are_never_held_at_once(reading: "Reading") -> None:
    path = reading.folder / "c.csv"
    path.write_text("text\n" + "Why do we wait for the ferry?\n" * 15_000)
    tracemalloc.start()
    try:
        threads = read(path, limits=Limits(comments=200))
        assert sum(len(t.replies) for t in threads if isinstance(t, Thread)) == 15_000
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 8_000_000


RECORDS: dict[str, Callable[[int], str]] = {
    "c.jsonl": lambda n: '{"text": "Why wait?", "author": "ana"}\n' * n,
    "RC.jsonl": lambda n: (
        '{"body": "&gt; Why\\n\\nNo &amp; no", "link_id": "t3_a", "parent_id": "t3_a", '
        '"subreddit": "x", "author": "ana"}\n' * n
    ),
    "c.csv": lambda n: "id,text\n" + '1,"Why ""wait""?"\n' * n,
    "quotes.csv": lambda n: "id,text\n" + '1,"' * n,
    "brackets.json": lambda n: '[{"text": "' + "[{" * 4 * n + '"}]',
    "hn.json": lambda n: json.dumps(
        [
            {"id": k, "type": "comment", "by": "a", "time": 1, "parent": k - 1, "text": "<p>x"}
            for k in range(1, n // 4)
        ]
    ),
    "crawl.warc": lambda n: "WARC/1.0\r\nWARC-Type: x\r\nContent-Length: 9999999\r\n\r\n" * n,
    "page.gz": lambda n: "\x1f\x8b\x08\x00\x00\x00\x00\x00" * n,
    "thread-page-1.txt": lambda n: "The council met.\n" * n,
}


@pytest.mark.parametrize("name", RECORDS)
def test_time_grows_with_the_length_of_the_input(tmp_path: Path, name: str) -> None:
    def seconds(count: int) -> float:
        path = tmp_path / name
        path.write_bytes(RECORDS[name](count).encode("latin-1"))
        best = float("inf")
        for _ in range(2):
            begin = time.process_time()
            list(told(path, None))
            best = min(best, time.process_time() - begin)
        return best

    small = 2000
    assert seconds(4 * small) < 4 * 2.5 * seconds(small) + 0.05


def told(path: Path, format_name: str | None) -> Iterator[Page | Thread]:
    notices: list[Notice] = []
    try:
        yield from read(path, format=format_name, notify=notices.append)
    except ClassifierError as error:
        assert "\n" not in str(error)  # noqa: PT017 - any other error fails the test
    for notice in notices:
        assert "\n" not in str(notice)


PIECES = st.sampled_from(
    [
        b"\x1f\x8b\x08\x00",
        b"\x28\xb5\x2f\xfd",
        b"BZh9",
        b"PAR1",
        b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://x\r\n",
        b"Content-Length: 40\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>x",
        b'{"kind": "Listing", "data": {"children": [',
        b'{"body": "x", "link_id": [], "subreddit": {}, "parent_id": 7}\n',
        b'{"title": 5, "subreddit": null, "url": {}, "id": {}}\n',
        b'{"post_stream": {"posts": [{"post_number": "x", "cooked": 5}, {"cooked": "<b"}]}}\n',
        b'{"id": 1, "type": "comment", "by": [], "time": {}, "parent": 1, "text": 5}\n',
        b'{"text": 1, "speaker": {}, "root": [], "reply_to": {}, "meta": 1, "timestamp": 1e99}\n',
        b'{"data": {"text": []}, "annotations": 1}\n',
        b'{"hits": [{"objectID": 1, "created_at_i": [], "author": 1}], "nbHits": 1}',
        b'{"text": "\\ud800", "created_utc": 99999999999999, "id": 1e400}\n',
        b'"',
        b"]}",
        b"\r\n\r\n",
        b"\x00",
        b"id,text\n",
        b"<html><body>",
    ]
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    content=st.lists(PIECES | st.binary(max_size=20), max_size=12).map(b"".join),
    format_name=st.sampled_from(FORMATS) | st.none(),
)
def test_no_bytes_give_anything_but_threads_notices_and_clear_errors(
    tmp_path_factory: pytest.TempPathFactory, content: bytes, format_name: str | None
) -> None:
    path = tmp_path_factory.mktemp("bytes") / "x"
    path.write_bytes(content)
    for item in told(path, format_name):
        if isinstance(item, Thread):
            assert Thread.model_validate_json(item.to_json()) == item
            for reply in item.replies:
                text = item.page_text or ""
                assert "\n\n".join(text[a:b] for a, b in reply.own) == reply.text
