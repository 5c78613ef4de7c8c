"""A corpus is measured as it is, on its longest texts, and with its targets put otherwise."""

from pathlib import Path

import pytest

from classifier.evaluating.sets import measured_sets
from classifier.examples import Example
from classifier.labelling.released import find_model
from classifier.training.corpora import CORPORA, Corpus

FOLDER = find_model("stance")
TEXTS = ["short", *(f"Opinion {number} on the ferry. " * 90 for number in range(60))] * 12


def read_ferries(_: Path, part: str) -> list[Example]:
    assert part == "test"
    return [Example(text=text, target="ferry", label="favor") for text in TEXTS]


@pytest.mark.parametrize("phrases", [True, False])
def test_targets_are_put_otherwise_where_they_are_noun_phrases(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, phrases: bool
) -> None:
    corpus = Corpus(model="stance", read=read_ferries, answers=("favor",), phrases=phrases)
    monkeypatch.setitem(CORPORA, "ferries", corpus)
    sets = {each.name: each for each in measured_sets("ferries", tmp_path, folder=FOLDER)}
    assert {each.answers for each in sets.values()} == {("favor",)}
    assert [name for name, each in sets.items() if each.with_parts] == ["ferries"]
    assert len(sets["ferries"].examples) == len(TEXTS)
    assert {"ferries, longest", "ferries, longest cut"} < {*sets}
    put = {name for name, each in sets.items() if not each.in_full}
    assert ("ferries, as a question" in put) == phrases
    assert bool(put) == phrases


def test_replies_are_measured_alone_where_first_posts_are_asked_about_themselves(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = [
        Example(text=text, target="The ferry sank", target_kind="article", label=label)
        for text, label in (
            ("The ferry sank", "favor"),
            ("The ferry sank\n\nIt is on the radio.", "favor"),
            ("It did not.", "against"),
        )
    ]
    phrase = Example(text="ferry rides are fun", target="ferry", target_kind="topic", label="favor")
    for name, examples in (("rumours", asked), ("ferries", [phrase])):
        corpus = Corpus(model="stance", read=lambda _, __, these=examples: these)  # type: ignore[misc]
        monkeypatch.setitem(CORPORA, name, corpus)
    alone = measured_sets("rumours", tmp_path, folder=FOLDER)[1]
    assert alone.name == "rumours, replies"
    assert [each.text for each in alone.examples] == ["It did not."]
    assert [each.name for each in measured_sets("ferries", tmp_path, folder=FOLDER)] == ["ferries"]
