from collections import Counter
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from training.own_corpora import learn_only_from
from training.tiny_encoder import arguments

from classifier.errors import UsageError
from classifier.examples import Example
from classifier.thread import INCIVILITIES
from classifier.training.corpora import CORPORA, Corpus
from classifier.training.corpora.parts import Part
from classifier.training.mixture import evened, one_of_each, training_examples
from classifier.training.release import train


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


@pytest.mark.parametrize("evened_out", [True, False])
def test_a_corpus_may_keep_the_shares_that_its_labels_have(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, evened_out: bool
) -> None:
    rumours = labelled(neutral=90, favor=10)
    corpus = Corpus(
        model="stance",
        read=lambda _, part: rumours if part == "train" else [],
        evened=evened_out,
    )
    learn_only_from({"rumours": corpus}, model="stance", monkeypatch=monkeypatch)
    read = training_examples("stance", tmp_path, with_own=False)
    weights = {each.label: each.weight for each in read}
    assert (weights["favor"] > weights["neutral"]) == evened_out
    assert evened_out or set(weights.values()) == {1.0}


HARMLESS = [
    Example(text=f"toll {number}", labels=dict.fromkeys(INCIVILITIES, 0.0), corpus="wiki")
    for number in range(8)
]


def test_each_example_is_taken_once_and_of_the_harmless_a_sample(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("classifier.training.mixture._MOST_HARMLESS", 3)
    asked = [Example(text="no", target=each, label="against", corpus="hall") for each in "ab"]
    threat = replace(HARMLESS[0], text="or else", labels={**HARMLESS[0].labels, "threat": 1.0})
    unsure = Example(text="a toll", labels={"toxicity": 0.0}, corpus="forum")
    ours = [replace(each, corpus="own sentences") for each in HARMLESS]
    taken = one_of_each([*HARMLESS, *asked * 3, threat, threat, unsure, *ours * 2], seed=5)
    counts = Counter((each.corpus, each.text, each.target) for each in taken)
    assert set(counts.values()) == {1}
    assert {each.text for each in taken if each.corpus == "hall"} == {"no"}
    assert Counter(each.corpus for each in taken) == {
        "wiki": 3 + 1,
        "hall": 2,
        "forum": 1,
        "own sentences": 8,
    }
    assert threat in taken


class LearnedError(Exception):
    """Ends training at what it shows the model."""


@pytest.mark.usefixtures("two_corpora")
@pytest.mark.parametrize(("changes", "times"), [({"each_once": True}, 1), ({}, 2)])
def test_a_large_model_is_shown_each_example_once_where_it_is_asked_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, changes: dict[str, bool], times: int
) -> None:
    def fit(examples: list[Example], **_: object) -> Path:
        shown = Counter((each.text, each.target) for each in examples if each.corpus == "tolls")
        raise LearnedError(max(shown.values()))

    monkeypatch.setattr("classifier.training.fit.fit", fit)
    repeated = replace(CORPORA["tolls"], repeats=2)
    monkeypatch.setitem(CORPORA, "tolls", repeated)
    with pytest.raises(LearnedError) as learned:
        train(
            "stance",
            corpora=tmp_path,
            output=tmp_path / "models",
            runs=tmp_path / "runs",
            arguments=arguments(tmp_path, **changes),
        )
    assert learned.value.args == (times,)
