from collections import Counter

import pytest

from classifier.examples import Example
from classifier.training.mixture import evened


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
