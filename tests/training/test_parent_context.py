"""Replies with what they answer, and whether reading that helps."""

import csv
from pathlib import Path

import numpy as np
import pytest
from training.tiny_encoder import arguments, tiny_bert

from classifier.examples import Example
from classifier.training.corpora.answered import read_answers
from classifier.training.corpora.own_threads import threads
from classifier.training.parent_context import compare

FILES = {
    "cat_small": (
        ("text", "parent_text", "tox_codes_oc", "label_oc", "tox_codes_ic", "label_ic"),
        ["So do you.", "You smell of fish.", "[0 0]", "0", "[1 1]", "1"],
    ),
    "gc": (
        ("id", "text", "parent", "label", "api"),
        ["7", "Thanks, moved.", "Please move the page.", "0", "0.1"],
    ),
}


@pytest.fixture
def corpora(tmp_path: Path) -> Path:
    (tmp_path / "context_toxicity").mkdir()
    for name, rows in FILES.items():
        file = tmp_path / "context_toxicity" / f"{name}.csv"
        with file.open("w", newline="", encoding="utf-8") as stream:
            csv.writer(stream).writerows(rows)
    return tmp_path


def test_each_reply_stands_with_what_it_answers(corpora: Path) -> None:
    every = [each for part in ("train", "dev", "test") for each in read_answers(corpora, part)]
    talk = {each.text: each for each in every if each.corpus == "context toxicity"}
    assert talk["So do you."].target == "You smell of fish."
    assert talk["So do you."].labels == {"toxicity": 1.0}  # of those who saw what it answers
    assert talk["Thanks, moved."].target == "Please move the page."
    answered = {(each.group, each.text): each.target for each in every if each.group}
    for group, thread in threads("dev"):
        said = {reply["id"]: reply["text"] for reply in thread["replies"]}
        for reply in thread["replies"]:
            expected = said[reply["to"]] if "to" in reply else thread["headline"]
            assert answered[group, reply["text"]] == expected


def test_no_thread_is_both_learned_and_asked_about(corpora: Path) -> None:
    learned, asked = (
        {each.group for each in read_answers(corpora, part) if each.group}
        for part in ("train", "dev")
    )
    assert learned
    assert asked
    assert not learned & asked


@pytest.mark.filterwarnings("ignore::UserWarning")
def test_the_parent_is_read_in_one_of_two_and_helps_where_it_decides(tmp_path: Path) -> None:
    draw = np.random.default_rng(2)
    made = [
        Example(
            text=" ".join(draw.choice(["yes", "no", "me", "the", "for"], size=4)),
            target=f"the toll is {judged}",
            labels={"toxicity": float(judged == "rotten")},
            corpus="made up",
        )
        for judged in draw.choice(["fine", "rotten"], size=360)
    ]
    found = {
        name: figures["made up, incivility"]
        for _, name, figures in compare(
            made[:280],
            made[280:],
            runs=tmp_path / "runs",
            arguments=arguments(tiny_bert(tmp_path / "base")),
            seeds=[17],
        )
    }
    assert found["with what it answers"] > 0.95
    assert found["the comment alone"] < 0.7
