"""Every page of ours is read as the truth beside it says.

The pages follow the structure of each engine's default theme; their words are our own. `any_*`
are pages of no known engine.
"""

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from classifier.reading import Notice, read
from classifier.splitting import resolve_quotes
from classifier.thread import Reply, Thread

PAGES = sorted(Path(__file__).with_name("pages").glob("*.html"))


def truth_of(page: Path) -> dict[str, Any]:
    truth: dict[str, Any] = json.loads(page.with_suffix(".json").read_text(encoding="utf-8"))
    return truth


def thread_of(page: Path, *, format: str | None = None) -> Thread:  # noqa: A002
    notices: list[Notice] = []
    [thread] = read(page, format=format, notify=notices.append)
    assert notices == []
    assert isinstance(thread, Thread)
    return resolve_quotes(thread)


def as_truth(reply: Reply, text: str) -> dict[str, Any]:
    return {
        "id": reply.id,
        "author": reply.author,
        "posted_at": reply.posted_at,
        "text": reply.text,
        "quotes": [
            {"text": text[quote.start : quote.end], "reply_id": quote.reply_id}
            for quote in reply.quotes
        ],
        "parent_id": reply.parent_id,
    }


@pytest.fixture(params=[True, False], ids=["with trafilatura", "without"])
def trafilatura(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Read once with the extra that finds articles, once as if it were not installed."""
    if not request.param:
        monkeypatch.setitem(sys.modules, "trafilatura", None)


@pytest.mark.usefixtures("trafilatura")
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_page_is_read_as_its_truth_says(page: Path) -> None:
    truth = truth_of(page)
    thread = thread_of(page)
    text = thread.page_text or ""

    assert thread.id == truth["id"]
    assert thread.title == truth["title"]
    assert (thread.article.text if thread.article else None) == truth["article"]
    assert [as_truth(reply, text) for reply in thread.replies] == truth["replies"]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_offsets_are_into_the_page_text(page: Path) -> None:
    thread = thread_of(page)
    text = thread.page_text or ""

    if thread.article:
        assert text[thread.article.start : thread.article.end] == thread.article.text
    for reply in thread.replies:
        assert reply.text == "\n\n".join(text[start:end] for start, end in reply.own)
        inside = [*reply.own, *((quote.start, quote.end) for quote in reply.quotes)]
        assert all(reply.start <= start < end <= reply.end for start, end in inside)
        assert not any(
            begin < quote.end and quote.start < end
            for begin, end in reply.own
            for quote in reply.quotes
        )


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_naming_the_engine_reads_the_same(page: Path) -> None:
    assert thread_of(page, format=truth_of(page)["engine"]) == thread_of(page)
