"""Transformer and baseline side by side: where both give a label, how far they agree."""

import warnings
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import cohen_kappa_score

from classifier.aggregating import summarize
from classifier.aggregating.agreement import cohen_kappa
from classifier.summary import Agreement

if TYPE_CHECKING:
    from conftest import MakeLabels, MakeThread


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("abc")), min_size=2))
def test_kappa_is_cohens(pairs: list[tuple[str, str]]) -> None:
    kappa = cohen_kappa(pairs)
    if kappa is None:
        assert len({label for pair in pairs for label in pair}) == 1
        return
    with warnings.catch_warnings(action="ignore"):
        expected = cohen_kappa_score(*zip(*pairs, strict=True))
    assert kappa == pytest.approx(expected)


def test_kappa_is_undefined_where_chance_alone_agrees() -> None:
    assert cohen_kappa([]) is None
    assert cohen_kappa([("a", "a")] * 9) is None
    assert cohen_kappa([("a", "b")] * 9) == 0


def find(agreements: tuple[Agreement, ...], task: str, **what: str | None) -> Agreement:
    wanted = {"label": None, "target_kind": None} | what
    [found] = [
        each
        for each in agreements
        if each.task == task
        and (each.label, each.target_kind) == (wanted["label"], wanted["target_kind"])
    ]
    return found


def test_only_what_both_labelled_is_compared(thread: "MakeThread", labels: "MakeLabels") -> None:
    ours = (
        labels(("topic", "ferry", "against"), uncivil="insult toxicity", feeling="negative"),
        labels(("topic", "ferry", "favor"), uncivil="", feeling="positive"),
        labels(("topic", "ferry", "uncertain"), uncivil="uncertain", feeling="uncertain"),
        labels(("parent", "p", "against"), uncivil="", feeling="neutral"),
        None,
    )
    theirs = (
        labels(("topic", "ferry", "against"), uncivil="toxicity", feeling="negative"),
        labels(("topic", "ferry", "against"), uncivil="", feeling="negative"),
        labels(("topic", "ferry", "favor"), uncivil="toxicity", feeling="positive"),
        labels(("topic", "ferry", "against"), uncivil="", feeling="language"),
        labels(uncivil="toxicity", feeling="negative"),
    )
    agreements = summarize(thread(*ours, baseline=theirs)).agreement
    stance = find(agreements, "stance", target_kind="topic")
    assert (stance.agreed.count, stance.agreed.of, stance.kappa) == (1, 2, 0)
    assert find(agreements, "stance").agreed == stance.agreed
    sentiment = find(agreements, "sentiment")
    assert (sentiment.agreed.count, sentiment.agreed.of) == (1, 2)
    assert find(agreements, "incivility").kappa == 1
    assert find(agreements, "incivility", label="insult").agreed.count == 2
    assert find(agreements, "incivility", label="threat").kappa is None
    assert not [each for each in agreements if each.task == "tone"]


def test_one_family_alone_has_nothing_to_agree_with(
    thread: "MakeThread", labels: "MakeLabels"
) -> None:
    assert summarize(thread(labels(feeling="neutral"))).agreement == ()
