"""What is fuzzed: each target takes bytes and fails on anything but a ClassifierError or an answer.

A target's first bytes choose options, the rest is the input. `test_targets.py` runs all of them for
a moment; `fuzz.py` runs one of them for as long as is wanted.
"""

import io
import json
import re
import tempfile
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from classifier.errors import ClassifierError
from classifier.thread import Page, Thread

if TYPE_CHECKING:
    from starlette.testclient import TestClient

    from classifier import Scorer

Target = Callable[[bytes], None]

ACTING = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
SUFFIXES = ("", ".txt", ".json", ".jsonl", ".csv", ".tsv", ".html", ".warc", ".gz", ".parquet")
LARGEST = 2_000_000
ROUTES = (
    ("POST", "/v1alpha1/comments:analyze"),
    ("POST", "/v1alpha1/comments:suggestscore"),
    ("POST", "/v1/score"),
    ("POST", "/v1/threads"),
    ("POST", "/report"),
    ("GET", "/$discovery/rest"),
)


def in_bounds(thread: Thread) -> None:
    """Check that offsets lie in the page, in order, and that what they enclose is what is said."""
    text = thread.page_text
    if text is None:
        return
    if thread.article is not None:
        assert 0 <= thread.article.start <= thread.article.end <= len(text)
        assert thread.article.text == text[thread.article.start : thread.article.end]
    for start, end in thread.preamble:
        assert 0 <= start <= end <= len(text)
    for reply in thread.replies:
        assert 0 <= reply.start <= reply.end <= len(text)
        quotes = [(quote.start, quote.end) for quote in reply.quotes]
        for start, end in (*reply.own, *quotes, *reply.excerpts):
            assert reply.start <= start <= end <= reply.end
        assert reply.text == "\n\n".join(text[start:end] for start, end in reply.own)
        for span in spans_of(reply.labels) if reply.labels else ():
            assert any(start <= span[0] < span[1] <= end for start, end in reply.own)


def spans_of(labels: object) -> list[tuple[int, int]]:
    incivility = getattr(labels, "incivility", None)
    return [(span.start, span.end) for span in incivility.spans] if incivility else []


def one_line(error: object) -> None:
    assert "\n" not in str(error), "a message is one line"


def text_of(data: bytes) -> str:
    """Return any text, lone surrogates among its characters."""
    return data.decode("utf-8", "surrogateescape")


def items_in(data: bytes) -> Iterator[Page | Thread]:
    from classifier.reading import FORMATS, Limits, Notice, read

    choice, suffix = (*data[:2], 0, 0)[:2]
    formats = (None, None, *FORMATS)
    notices: list[Notice] = []
    file = folder() / f"input{SUFFIXES[suffix % len(SUFFIXES)]}"
    file.write_bytes(data[2:])
    try:
        yield from read(
            file,
            format=formats[choice % len(formats)],
            limits=Limits(page_size=LARGEST, comments=50),
            notify=notices.append,
        )
    except ClassifierError as error:
        one_line(error)
    for notice in notices:
        one_line(notice)


def reading(data: bytes) -> None:
    """Read any bytes in any format."""
    for item in items_in(data):
        if isinstance(item, Thread):
            in_bounds(item)
            assert Thread.model_validate_json(item.to_json()) == item
        else:
            assert item.text.strip()


def records(data: bytes) -> None:
    """Read any lines as JSON, first of all."""
    reading(bytes([data[0] if data else 0, SUFFIXES.index(".jsonl")]) + data[1:])


def markup(data: bytes) -> None:
    """Read any page as that of any engine."""
    from classifier.reading import FORMATS
    from classifier.reading.html import ENGINES

    known = (0, 2 + FORMATS.index("html"), *(2 + FORMATS.index(name) for name in ENGINES))
    reading(bytes([known[(data[0] if data else 0) % len(known)], 6]) + data[1:])


def splitting(data: bytes) -> None:
    """Split any text."""
    from classifier.splitting import split

    text = text_of(data)
    try:
        thread = split(Page(id="p", text=text, source="page.txt"))
    except ClassifierError as error:
        one_line(error)
        return
    in_bounds(thread.model_copy(update={"page_text": text}))
    one_line(thread.to_json())


def reporting(data: bytes) -> None:
    """Go the whole way from any bytes to every kind of report."""
    from rich.console import Console

    from classifier.pipeline import report
    from classifier.reporting import CsvTable, columns, render, rows_of, to_json
    from classifier.reporting.html import html_page
    from classifier.splitting import resolve_quotes, split

    for item in items_in(data):
        try:
            if isinstance(item, Page):
                thread = split(item).model_copy(update={"page_text": item.text})
            else:
                thread = resolve_quotes(item)
        except ClassifierError as error:
            one_line(error)
            continue
        found = report(thread, scorer(), targets=[text_of(data[:9])], spans=True)
        in_bounds(found.thread)
        for answer in (found.thread.to_json(), to_json(found.thread, found.summary)):
            assert not ACTING.search(answer)
            json.loads(answer)
        page = html_page([(found.thread, found.summary)])
        assert page.count("<script") == 1
        shown, cells = io.StringIO(), io.StringIO()
        render(found.thread, found.summary, console=Console(file=shown, width=80))
        assert not ACTING.search(shown.getvalue())
        CsvTable(cells, columns()).write(rows_of(found.thread))


def scoring(data: bytes) -> None:
    """Score any text, towards any target and parent."""
    parts = (*text_of(data).split("|", 2), None, None)
    labels = scorer().score(str(parts[0]), target=parts[1], parent=parts[2])
    assert labels.incivility is not None
    assert labels.incivility.abstained or labels.incivility.probabilities
    assert len(labels.stance) == sum(bool(part and part.strip()) for part in parts[1:3])


def examples(data: bytes) -> None:
    """Read any file of labelled examples."""
    from classifier.examples import read_examples

    file = folder() / "examples.jsonl"
    file.write_bytes(data)
    try:
        read_examples(file, on_bad_line=one_line)
    except ClassifierError as error:
        one_line(error)


def answers(data: bytes) -> None:
    """Read any file of people's answers, settle them, and measure how far they agree."""
    from classifier.annotating import read_judgements, resolve

    file = folder() / "answers"
    file.write_bytes(data)
    try:
        found = read_judgements(file, notify=one_line)
    except ClassifierError as error:
        one_line(error)
        return
    for example in resolve(found).examples:
        json.loads(example.to_json())


def entries(data: bytes) -> None:
    """Find the words of any text that is sent as HTML, and where they stand in it."""
    from pydantic import ValidationError

    from classifier.serving.messages import TextEntry
    from classifier.serving.original import original

    try:
        entry = TextEntry.model_validate_json(data)
    except ValidationError:
        entry = TextEntry(text=data.decode("utf-8", "replace"), type="HTML")
    found = original(entry)
    size = len((entry.text or "").encode("utf-16-le")) // 2
    for place in range(len(found.words)):
        begin, end = found.units((place, place + 1))
        assert 0 <= begin <= end <= size


def serving(data: bytes) -> None:
    """Send any body to any route; nothing may be an error that nobody foresaw."""
    first, second = (*data[:2], 0, 0)[:2]
    method, path = ROUTES[first % len(ROUTES)]
    kinds = ("application/json", "text/plain", "multipart/form-data; boundary=b", "")
    answer = client().request(
        method,
        path,
        content=data[2:],
        headers={"Content-Type": kinds[second % len(kinds)], "Host": "localhost"},
        params={"format": "jsonl"} if second & 64 else {},
    )
    assert answer.status_code in {200, 400, 413}, f"{path}: {answer.status_code}"
    if path.startswith("/v1alpha1") or (path == "/v1/threads" and answer.status_code != 200):
        answer.json()


def close() -> None:
    """Let go of the server and of the files."""
    if client.cache_info().currsize:
        client().__exit__(None, None, None)
    _held().cleanup()
    client.cache_clear()
    _held.cache_clear()


@cache
def _held() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="fuzzed-")


def folder() -> Path:
    return Path(_held().name)


@cache
def scorer() -> "Scorer":
    from classifier import Scorer

    return Scorer(threads=1)


@cache
def client() -> "TestClient":
    from starlette.testclient import TestClient

    from classifier.serving.app import create_app
    from classifier.serving.settings import Settings

    app = create_app(Settings(most_page=LARGEST), scorer=scorer())
    opened = TestClient(app, raise_server_exceptions=False)
    opened.__enter__()
    return opened


TARGETS: dict[str, Target] = {
    target.__name__: target
    for target in (
        reading,
        records,
        markup,
        splitting,
        reporting,
        scoring,
        examples,
        answers,
        entries,
        serving,
    )
}
ON_THE_BASELINE = frozenset({"reporting", "serving"})
"""Targets whose scorer answers by its baseline: a network's answer takes ten times as long."""
