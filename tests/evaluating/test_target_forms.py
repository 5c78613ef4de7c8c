"""One target is put several ways, and what is right stays the same."""

from classifier.evaluating.target_forms import FORMS, target_form_sets
from classifier.examples import Example

EXAMPLES = [
    Example(text=f"opinion {number}", target=f"toll {number}", target_kind="topic", label="favor")
    for number in range(2500)
]


def test_every_form_asks_the_same_of_the_same_texts() -> None:
    sets = target_form_sets("tolls", EXAMPLES)
    assert [*sets] == [f"tolls, {form}" for form in FORMS]
    plain = sets["tolls, as a phrase"]
    assert plain == EXAMPLES[::3]
    for examples in sets.values():
        assert [(each.text, each.label) for each in examples] == [
            (each.text, each.label) for each in plain
        ]
        for each, phrase in zip(examples, plain, strict=True):
            assert str(phrase.target) in str(each.target)


def test_forms_differ_from_each_other() -> None:
    sets = target_form_sets("tolls", EXAMPLES[:1])
    assert len({examples[0].target for examples in sets.values()}) == len(FORMS)
    assert sets["tolls, as a question"][0].target == "What do you think of toll 0?"


def test_no_examples_make_empty_sets() -> None:
    assert set(map(len, target_form_sets("tolls", []).values())) == {0}
