"""Pairs that nobody labelled: a text with targets of texts near it."""

import pytest

from classifier.examples import Example
from classifier.training.unlabelled import pairs_with_near_targets


def made(text: str, target: str) -> Example:
    return Example(text=text, target=target, target_kind="topic", label="favor", corpus="made up")


EXAMPLES = [
    made("the toll on the bridge is too high for commuters", "bridge toll"),
    made("the toll on the bridge is too high for commuters", "commuters"),
    made("a toll for commuters on the bridge pays for repairs", "bridge repairs"),
    made("cats should be kept indoors at night", "outdoor cats"),
    made("birds are killed by cats at night", "garden birds"),
]


def test_a_text_gets_targets_of_texts_near_it_and_never_its_own() -> None:
    pairs = pairs_with_near_targets(EXAMPLES, of_each=9, seed=1)
    asked = {(pair.text, pair.target) for pair in pairs}
    assert len(asked) == len(pairs)
    assert not asked & {(example.text, example.target) for example in EXAMPLES}
    assert (EXAMPLES[0].text, "bridge repairs") in asked
    assert {target for text, target in asked if text == EXAMPLES[2].text} >= {
        "bridge toll",
        "commuters",
    }


def test_no_pair_has_a_label_and_all_are_known_as_unlabelled() -> None:
    pairs = pairs_with_near_targets(EXAMPLES, of_each=2, seed=1)
    assert {(pair.label, pair.corpus) for pair in pairs} == {(None, "made up, unlabelled")}
    texts = [pair.text for pair in pairs]
    assert max(texts.count(text) for text in texts) == 2


def test_the_nearest_texts_come_first() -> None:
    others = [
        made(f"opinion {number} on gardens and lawns", f"lawn {number}") for number in range(40)
    ]
    pairs = pairs_with_near_targets([*EXAMPLES, *others], of_each=99, seed=1)
    of_cats = {pair.target for pair in pairs if pair.text == EXAMPLES[3].text}
    assert "garden birds" in of_cats
    of_gardens = {pair.target for pair in pairs if pair.text == others[0].text}
    assert "bridge toll" not in of_gardens


def test_the_seed_decides_which() -> None:
    first, again, other = (
        pairs_with_near_targets(EXAMPLES, of_each=1, seed=seed) for seed in (1, 1, 2)
    )
    assert first == again != other


@pytest.mark.parametrize("size", [0, 1])
def test_a_single_text_has_no_neighbour(size: int) -> None:
    assert pairs_with_near_targets(EXAMPLES[:size], of_each=3, seed=1) == []
