from classifier.examples import Example
from classifier.training.near_duplicates import without_near_duplicates

HELD_OUT = (
    "The new bridge was promised for spring, and now they tell us that it will be autumn at best, "
    "with nobody at city hall able to say what went wrong."
)


def kept(text: str) -> bool:
    examples = [Example(text=text, label="neutral")]
    return bool(without_near_duplicates(examples, of=[Example(text=HELD_OUT, label="neutral")]))


def test_an_evaluation_text_is_left_out_whatever_its_case_and_punctuation() -> None:
    assert not kept(HELD_OUT)
    assert not kept(HELD_OUT.upper().replace(",", " ;"))


def test_an_edited_copy_is_left_out() -> None:
    assert not kept(HELD_OUT.replace("spring", "last spring") + " Typical.")


def test_a_text_on_the_same_subject_is_kept() -> None:
    assert kept("I was promised a bridge for spring and all I got was another year of ferries.")


def test_a_short_text_is_left_out_only_if_it_is_the_same() -> None:
    short = [Example(text="No way.", label="neutral")]
    assert not without_near_duplicates([Example(text="no way!", label="against")], of=short)
    assert without_near_duplicates([Example(text="No way out.", label="against")], of=short)
