"""Targets are put in other words than those that are evaluated with."""

import tomllib
from pathlib import Path
from random import Random

from classifier.evaluating.target_forms import FORMS
from classifier.examples import Example
from classifier.training import own_forms
from classifier.training.own_forms import FAVOURING, OPPOSING, put_otherwise

EXAMPLES = [
    Example(text=f"opinion {number}", target=f"toll {number}", target_kind="topic", label="favor")
    for number in range(400)
]
CONTENT = tomllib.loads(Path(own_forms.__file__).with_suffix(".toml").read_text(encoding="utf-8"))


def test_every_kind_of_form_is_drawn_and_holds_the_phrase() -> None:
    put = list(put_otherwise(EXAMPLES, 300, Random(3)))
    assert len({place for place, _, _ in put}) == 300
    for place, example, _ in put:
        own = EXAMPLES[place]
        assert (example.text, example.label) == (own.text, None)
        assert str(own.target) in str(example.target).lower()
    opposing = [opposes for _, _, opposes in put]
    assert 0.1 < sum(opposing) / len(opposing) < 0.3


def test_who_opposes_is_told_apart() -> None:
    for place, example, opposes in put_otherwise(EXAMPLES, 400, Random(5)):
        against = {form.format(target=EXAMPLES[place].target) for form in CONTENT[OPPOSING]}
        assert opposes == (str(example.target).lower() in {each.lower() for each in against})


def test_no_wording_is_that_of_the_evaluation() -> None:
    wordings = {form for kind in (*FAVOURING, OPPOSING) for form in CONTENT[kind]}
    assert not wordings & {*FORMS.values()}
    assert all(form.count("{target}") == 1 for form in wordings)


def test_more_than_there_are_is_all() -> None:
    assert len(list(put_otherwise(EXAMPLES[:5], 50, Random(1)))) == 5
