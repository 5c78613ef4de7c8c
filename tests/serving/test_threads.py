"""Whole discussions: one request for a page, and the page that people use."""

import gzip
import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from serving.server import Running

from classifier.thread import Thread

PAGE = Path(__file__).parents[2] / "data" / "fixture" / "harbour_tunnel.txt"
RECORDS = [
    {"id": "a", "author": "Ola", "body": "They forgot our street again."},
    {"id": "b", "author": "Pim", "parent_id": "a", "body": "You are an idiot, Ola."},
]


def test_a_page_becomes_a_labelled_thread_and_its_summary(server: Running) -> None:
    report = server.post("/v1/threads", content=PAGE.read_bytes()).json()
    thread = Thread.model_validate(report["thread"])
    assert len(thread.replies) == 19
    assert thread.id == "page"
    assert thread.source is None
    assert all(reply.labels and reply.baseline for reply in thread.replies)
    assert report["summary"]["replies"] == 19


def test_a_thread_goes_in_as_it_came_out(server: Running) -> None:
    first = server.post("/v1/threads", content=PAGE.read_bytes()).json()
    again = server.post("/v1/threads", json=first["thread"]).json()
    assert again == first


def test_targets_are_asked_of_every_reply(server: Running) -> None:
    lines = "".join(json.dumps(record) + "\n" for record in RECORDS)
    report = server.post(
        "/v1/threads", content=lines.encode(), params={"target": ["bins", "the council"]}
    ).json()
    for reply in report["thread"]["replies"]:
        topics = [
            stance["target"]
            for stance in reply["labels"]["stance"]
            if stance["target_kind"] == "topic"
        ]
        assert topics == ["bins", "the council"]


@pytest.mark.parametrize(
    ("body", "parameters"),
    [
        (b"", {}),
        (b" \n", {}),
        (b"\x00\x01\x02", {}),
        (b"A page.", {"format": "docx"}),
        (b'{"thread_id": "x", "body": "One."}\n{"thread_id": "y", "body": "Two."}\n', {}),
    ],
)
def test_what_is_no_page_is_refused_with_the_reason(
    server: Running, body: bytes, parameters: dict[str, str]
) -> None:
    answer = server.post("/v1/threads", content=body, params=parameters)
    assert answer.status_code == 400
    assert "/proc" not in answer.json()["error"]["message"]


def test_a_small_upload_that_unpacks_to_a_large_page_is_refused(server: Running) -> None:
    bomb = gzip.compress(b"Honestly, a fine plan.\n" * 2_000_000)
    assert len(bomb) < 1_000_000
    answer = server.post("/v1/threads", content=bomb)
    assert answer.status_code == 400
    assert "larger than" in answer.json()["error"]["message"]


@pytest.fixture
def browser_page(server: Running) -> Iterator[Any]:
    sync_api = pytest.importorskip("playwright.sync_api")
    program = shutil.which("chromium")
    if program is None:
        pytest.skip("needs a browser: install chromium")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=program, args=["--no-sandbox", "--disable-dev-shm-usage"]
        )
        context = browser.new_context(base_url=server.url)
        page = context.new_page()
        page.set_default_timeout(60_000)
        complaints: list[str] = []
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.complaints = complaints
        yield page
        browser.close()


def test_a_pasted_page_becomes_a_report(browser_page: Any, server: Running) -> None:  # noqa: ANN401 - a browser's page
    browser_page.goto("/")
    browser_page.get_by_label("The page's text").fill(PAGE.read_text())
    browser_page.get_by_role("button", name="Report").click()
    browser_page.wait_for_url(server.url + "/report")
    assert "Port Averil" in browser_page.inner_text("body")
    assert "19" in browser_page.inner_text("body")
    assert browser_page.complaints == []


def test_an_uploaded_file_becomes_a_report_and_its_markup_stays_text(
    browser_page: Any,  # noqa: ANN401 - a browser's page
    server: Running,
    tmp_path: Path,
) -> None:
    file = tmp_path / "comments.jsonl"
    attack = "<img src=x onerror=\"document.title='owned'\"><script>document.title='owned'</script>"
    records = [*RECORDS, {"id": "c", "author": attack, "body": f"You idiot {attack}"}]
    file.write_text("".join(json.dumps(record) + "\n" for record in records))
    browser_page.goto("/")
    browser_page.get_by_label("Or a file").set_input_files(file)
    browser_page.get_by_role("button", name="Report").click()
    browser_page.wait_for_url(server.url + "/report")
    assert "owned" not in browser_page.title()
    assert browser_page.locator("img[src=x]").count() == 0
    assert browser_page.complaints == []


def test_what_cannot_be_read_is_said_on_the_form(browser_page: Any) -> None:  # noqa: ANN401 - a browser's page
    browser_page.goto("/")
    browser_page.get_by_role("button", name="Report").click()
    alert = browser_page.get_by_role("alert")
    assert "is empty" in alert.inner_text()
    assert browser_page.get_by_label("The page's text").is_visible()


def test_the_form_asks_for_a_key_where_the_server_does(
    locked_server: Running, server: Running
) -> None:
    assert re.search(r'<div\s*>\s*<label for="key">', locked_server.get("/").text)
    assert "<div hidden>" in server.get("/").text
    form = {"text": (None, PAGE.read_bytes()), "key": (None, b"wrong")}
    assert locked_server.post("/report", files=form).status_code == 400
    form["key"] = (None, b"second")
    answer = locked_server.post("/report", files=form)
    assert answer.status_code == 200
    assert "sandbox" in answer.headers["content-security-policy"]
