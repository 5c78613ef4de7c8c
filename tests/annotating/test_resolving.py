from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from classifier.annotating import Judgement, resolve
from classifier.examples import Example, read_examples

if TYPE_CHECKING:
    from conftest import Says


def test_more_than_half_settle_a_label_and_a_tie_leaves_it_unknown(says: "Says") -> None:
    resolved = resolve(
        [
            says("ana", "One.", "negative", insult=True, threat=False),
            says("ben", "One.", "negative", insult=False, threat=False),
            says("cai", "One.", "neutral"),
        ]
    )
    (agreed,) = resolved.examples
    assert agreed.example.label == "negative"
    assert agreed.example.labels == {"threat": 0.0}
    assert agreed.annotators == ("ana", "ben", "cai")
    told = {each.label: each for each in resolved.conflicts}
    assert told.keys() == {"sentiment", "insult"}
    assert told["sentiment"].kept == "negative"
    assert told["insult"].kept is None
    assert told["insult"].answers == {"ana": "yes", "ben": "no"}
    assert told["insult"].where == "at One."


def test_the_most_votes_are_not_enough_without_a_majority(says: "Says") -> None:
    labels = ("negative", "negative", "neutral", "positive")
    resolved = resolve([says(str(who), "One.", label) for who, label in enumerate(labels)])
    assert resolved.examples == ()
    assert resolved.unsettled == 1


def test_a_text_is_one_example_a_target(says: "Says") -> None:
    resolved = resolve(
        [
            says("ana", "Never.", "against", target="toll"),
            says("ana", "Never.", "favor", target="ferry"),
            says("ana", "Never.", "negative"),
        ]
    )
    assert [(each.example.target, each.example.label) for each in resolved.examples] == [
        ("toll", "against"),
        ("ferry", "favor"),
        (None, "negative"),
    ]


def test_of_a_persons_answers_the_last_counts_label_by_label(says: "Says") -> None:
    resolved = resolve(
        [says("ana", "One.", "neutral", insult=True), says("ana", "One.", "negative")]
    )
    (agreed,) = resolved.examples
    assert (agreed.example.label, agreed.example.labels) == ("negative", {"insult": 1.0})
    assert resolved.conflicts == ()


@pytest.mark.parametrize("text", ["Plain.", "Two\nlines\u2028and more", 'Say "no" \\ ünd ✓'])
def test_records_are_read_as_the_examples_that_they_hold(text: str, tmp_path: Path) -> None:
    given = [
        Judgement(
            text=text,
            target="the toll",
            target_kind="topic",
            annotator="ana",
            label="against",
            group="a thread",
            where="here",
        ),
        Judgement(
            text=text, annotator="ben", label="neutral", labels={"insult": False}, where="here"
        ),
    ]
    file = tmp_path / "mine.jsonl"
    lines = [each.to_json() for each in resolve(given).examples]
    file.write_text("\n".join(lines), encoding="utf-8")
    assert read_examples(file) == [
        Example(
            text=text, target="the toll", target_kind="topic", label="against", group="a thread"
        ),
        Example(text=text, label="neutral", labels={"insult": 0.0}),
    ]
    assert '"annotators": ["ana"]' in lines[0]
