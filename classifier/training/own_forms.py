"""Examples whose target is put as a question, a statement, a headline or another's words.

Corpora ask with one form of target each, and a model learns the form: that statements are never
answered neutrally, say, since no rater of that corpus could. The same text with the same target in
another form has the same stance; with a form that opposes what the target names it has the
opposite one.
"""

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from random import Random

from classifier.examples import Example

FAVOURING = ("questions", "statements", "headlines", "paragraphs")
OPPOSING = "opposed"
_FILE = Path(__file__).with_suffix(".toml")


def put_otherwise(
    examples: Sequence[Example], count: int, draw: Random
) -> Iterator[tuple[int, Example, bool]]:
    """Yield examples with their noun phrases put in another form.

    Parameters
    ----------
    examples : sequence of Example
        With noun phrases as targets.
    count : int
        How many at most; each kind of form is drawn as often as every other.
    draw : Random
        Decides which examples, and in which words.

    Yields
    ------
    tuple of int, Example and bool
        The example's place, it in another form and without its label, and whether who favours the
        phrase opposes what is said of it now.
    """
    forms = _forms()
    for place in draw.sample(range(len(examples)), min(count, len(examples))):
        kind = draw.choice([*FAVOURING, OPPOSING])
        target = draw.choice(forms[kind]).format(target=examples[place].target)
        put = replace(examples[place], target=target[:1].upper() + target[1:], label=None)
        yield place, put, kind == OPPOSING


@cache
def _forms() -> dict[str, tuple[str, ...]]:
    content = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return {kind: tuple(content[kind]) for kind in (*FAVOURING, OPPOSING)}
