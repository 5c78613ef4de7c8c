"""The same target put several ways: which of them a model can be asked with."""

from collections.abc import Sequence
from dataclasses import replace

from classifier.examples import Example

FORMS = {
    "as a phrase": "{target}",
    "as a question": "What do you think of {target}?",
    "as a statement": "{target} is a good thing.",
    "as a headline": "Readers speak out in favour of {target} as debate goes on",
    "as a paragraph": (
        "I have followed this for years and read what both sides have to say. Each time I come "
        "back to the same answer. I am in favour of {target}. It does more good than harm, and "
        "what people bring up against it has never convinced me. That is my view, for what it is "
        "worth."
    ),
}
"""Ways to put a noun phrase; who favours what it names favours what each of them says."""

_MOST = 1000


def target_form_sets(name: str, examples: Sequence[Example]) -> dict[str, list[Example]]:
    """Return a test set of noun phrases with its targets put in other ways.

    Parameters
    ----------
    name : str
        Of the test set.
    examples : sequence of Example
        The test set.

    Returns
    -------
    dict of str to list of Example
        For each of `FORMS` the same thousand examples at most, evenly taken, under a name of its
        own.
    """
    step = max(1, -(-len(examples) // _MOST))
    return {
        f"{name}, {form}": [
            replace(example, target=wording.format(target=example.target))
            for example in examples[::step]
        ]
        for form, wording in FORMS.items()
    }
