"""Nothing that a page, a file's name or a target holds acts on the terminal that shows it."""

import json
import logging
import os
import re
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classifier import score
from classifier.reading import read
from classifier.terminal_text import plain_json, visible
from classifier.thread import Page, Reply, Thread

ACTING = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
ATTACK = "\x1b]0;title\x07\x1b[2J\x9b31m\u202eleft\u2028right\udcff"
linux = pytest.mark.skipif(sys.platform != "linux", reason="takes names of any bytes")


@given(st.text(st.characters(exclude_categories=())))
def test_whatever_acts_on_a_terminal_is_replaced_and_the_rest_stays(text: str) -> None:
    shown = visible(text)
    assert len(shown) == len(text)
    assert not ACTING.search(shown.replace("\u2028", "").replace("\u2029", ""))
    assert all(new in (old, "\ufffd") for old, new in zip(text, shown, strict=True))
    if text.isprintable():
        assert shown == text


@given(st.text(st.characters(exclude_categories=())))
def test_json_keeps_what_it_says_and_stays_on_its_line(text: str) -> None:
    written = plain_json(json.dumps({text: [text]}, ensure_ascii=False))
    assert json.loads(written) == {text: [text]}
    assert not ACTING.search(written)


@given(st.text(st.characters(exclude_categories=())))
def test_a_thread_of_any_text_is_written_on_one_harmless_line(text: str) -> None:
    thread = Thread(id=text, replies=(Reply(id="r1", start=0, end=len(text), text=text),))
    written = thread.to_json()
    assert not ACTING.search(written)
    assert Thread.model_validate(json.loads(written)) == thread


@settings(max_examples=20)
@given(st.text(st.characters(exclude_categories=()), max_size=40))
def test_any_text_can_be_scored(text: str) -> None:
    labels = score(f"What a silly plan. {text}", target=f"the plan {text}")
    assert labels.stance[0].target_kind == "topic"


@linux
def test_a_name_that_is_no_text_is_written_readably(tmp_path: Path) -> None:
    file = tmp_path / os.fsdecode(b"caf\xe9 \x1b[31m.txt")
    file.write_text("The council voted.")
    (page,) = read(file)
    assert isinstance(page, Page)
    assert page.id == "caf\\udce9 \x1b[31m"
    assert not ACTING.search(Thread(id=page.id, source=page.source).to_json())


def test_a_logged_notice_does_not_act_on_the_terminal(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    file = tmp_path / "a\x1b[31m.jsonl"
    file.write_text('{"text": "one"}\nno record\n')
    with caplog.at_level(logging.WARNING):
        list(read(file))
    assert "line 2: left out" in caplog.text
    assert "\x1b" not in caplog.text
