"""Masked words: how people write them, what is left of the rest, and whose they are."""

import re
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from classifier.training.own_masks import harsh_word_masked, some_word_masked

MANY = range(400)


def masked(text: str) -> set[str]:
    """Return every way that a text with a harsh word comes out masked."""
    return {str(harsh_word_masked(text, Random(seed))) for seed in MANY}


def test_a_harsh_word_is_masked_in_the_ways_of_people_who_pass_a_filter() -> None:
    seen = masked("what an idiot")
    assert {
        "what an id1ot",
        "what an i***t",
        "what an i****",
        "what an i d i o t",
        "what an i.d.i.o.t",
    } <= seen
    assert any(re.search(r"id?i?ooo+t", each) for each in seen)
    assert not [each for each in seen if re.search(r"idiot\b", each)]


def test_all_harsh_words_of_a_text_are_masked_and_nothing_else() -> None:
    for each in masked("Stupid clown, says my neighbour."):
        assert each.startswith("S")
        assert each.endswith(", says my neighbour.")
        assert not re.search(r"\b(stupid|clown)\b", each, re.IGNORECASE)


def test_a_text_without_one_has_none_to_mask() -> None:
    assert masked("The assembly of the classic car club is on Tuesday.") == {"None"}
    assert some_word_masked("I am 12 now.", Random(1)) is None


def test_any_word_is_masked_so_that_a_mask_alone_says_nothing() -> None:
    text = "The ferry leaves at seven."
    seen = {str(some_word_masked(text, Random(seed))) for seed in MANY}
    assert len(seen) > 20
    for word in ("ferry", "leaves", "seven"):
        assert [each for each in seen if word not in each]
        assert [each for each in seen if word in each]


@given(st.text(), st.integers(0, 99))
def test_any_text_is_taken_and_the_same_mask_comes_of_the_same_draw(text: str, seed: int) -> None:
    for mask in (harsh_word_masked, some_word_masked):
        once = mask(text, Random(seed))
        assert once == mask(text, Random(seed))
        assert once != text
