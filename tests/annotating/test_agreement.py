import sys
from typing import TYPE_CHECKING

import pytest

from classifier.annotating import agreements
from classifier.annotating.agreement import krippendorff_alpha
from classifier.errors import MissingExtraError

if TYPE_CHECKING:
    from conftest import Says

_ = None
# Nominal data of four observers with gaps, and its alpha, as worked out in Krippendorff 2011,
# "Computing Krippendorff's Alpha-Reliability", section C.
OBSERVERS = {
    "A": [1, 2, 3, 3, 2, 1, 4, 1, 2, _, _, _],
    "B": [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, _, 3],
    "C": [_, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, _],
    "D": [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, _],
}


def test_alpha_is_that_of_the_published_example() -> None:
    items = [
        [(who, given[unit]) for who, given in OBSERVERS.items() if given[unit] is not None]
        for unit in range(12)
    ]
    assert krippendorff_alpha(items) == pytest.approx(0.743, abs=5e-4)


def test_alpha_is_negative_where_people_disagree_more_than_chance() -> None:
    alpha = krippendorff_alpha([[("a", "yes"), ("b", "no")], [("a", "no"), ("b", "yes")]])
    assert alpha is not None
    assert -1 <= alpha < 0


def test_agreement_is_told_a_label(says: "Says") -> None:
    found = {
        each.label: each
        for each in agreements(
            [
                says("ana", "One.", "negative", insult=True, threat=False),
                says("ben", "One.", "negative", insult=True, threat=False),
                says("ana", "Two.", "neutral", insult=False, threat=False),
                says("ben", "Two.", "positive", insult=False, threat=False),
                says("cai", "Three.", "neutral", insult=True),
                says("ana", "Four.", "favor", target="toll"),
            ]
        )
    }
    assert found.keys() == {"sentiment", "insult", "threat", "stance"}
    assert (found["insult"].items, found["insult"].agreed, found["insult"].alpha) == (2, 2, 1.0)
    assert found["insult"].annotators == 2
    assert (found["sentiment"].items, found["sentiment"].agreed) == (2, 1)
    assert found["sentiment"].alpha is not None
    assert 0 < found["sentiment"].alpha < 1
    assert (found["threat"].agreed, found["threat"].alpha) == (2, None)
    assert (found["stance"].items, found["stance"].alpha) == (0, None)


def test_a_person_does_not_agree_with_themselves(says: "Says") -> None:
    (found,) = agreements([says("ana", "One.", "neutral"), says("ana", "One.", "negative")])
    assert (found.items, found.alpha) == (0, None)


def test_without_the_package_it_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, says: "Says"
) -> None:
    monkeypatch.setitem(sys.modules, "nltk.metrics.agreement", None)
    with pytest.raises(MissingExtraError, match=r"'classifier\[annotate\]'"):
        agreements([says("ana", "One.", "neutral"), says("ben", "One.", "negative")])
    (alone,) = agreements([says("ana", "One.", "neutral")])
    assert alone.alpha is None
