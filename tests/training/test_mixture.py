from collections import Counter
from functools import partial
from pathlib import Path

import pytest
from training.own_corpora import learn_only_from

from classifier.errors import UsageError
from classifier.examples import Example
from classifier.training.corpora import Corpus
from classifier.training.corpora.parts import Part
from classifier.training.mixture import evened, training_examples


def labelled(**counts: int) -> list[Example]:
    return [
        Example(text=f"{label} {number}", target="the toll", label=label)
        for label, count in counts.items()
        for number in range(count)
    ]


def test_rarer_labels_weigh_more_and_common_ones_still_most() -> None:
    examples = evened(labelled(neutral=90, favor=10))
    total: Counter[str | None] = Counter()
    for example in examples:
        total[example.label] += example.weight  # type: ignore[assignment]
    assert total["neutral"] / total["favor"] == pytest.approx(3)
    assert sum(total.values()) == pytest.approx(100)
    assert [example.text for example in examples][:2] == ["neutral 0", "neutral 1"]


def test_labels_that_are_even_keep_their_weight() -> None:
    assert {example.weight for example in evened(labelled(favor=7, against=7))} == {1.0}


def test_no_examples_are_no_fault() -> None:
    assert evened([]) == []


@pytest.fixture
def two_corpora(monkeypatch: pytest.MonkeyPatch) -> None:
    def read(name: str, _: Path, part: Part) -> list[Example]:
        made = labelled(favor=20, against=20) if part == "train" else []
        return [
            Example(text=f"{each.text} of {name}", target=name, label=each.label, corpus=name)
            for each in made
        ]

    learn_only_from(
        {name: Corpus(model="stance", read=partial(read, name)) for name in ("tolls", "cats")},
        model="stance",
        monkeypatch=monkeypatch,
    )


@pytest.mark.usefixtures("two_corpora")
def test_a_teacher_learns_from_the_corpora_that_it_is_told(tmp_path: Path) -> None:
    counts = Counter(each.corpus for each in training_examples("stance", tmp_path, only=["tolls"]))
    # The corpus, and one in eight of it again with a person named.
    assert counts == {"tolls": 40 + 5}
    everything = {each.corpus for each in training_examples("stance", tmp_path)}
    assert everything == {"tolls", "cats"}


@pytest.mark.usefixtures("two_corpora")
def test_a_corpus_that_the_model_does_not_learn_from_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no corpus 'dogs'; it learns from tolls, cats"):
        training_examples("stance", tmp_path, only=["dogs"])
