"""Keep texts that stand in an evaluation part out of training, edited copies too."""

import re
from collections.abc import Iterable, Sequence

from classifier.examples import Example

_WORD = re.compile(r"[a-z0-9]+")
_SHINGLE_WORDS = 6
_SHARED = 0.5


def normalise(text: str) -> str:
    """Return the text's letters a-z and digits only, in lower case."""
    return "".join(_WORD.findall(text.lower()))


def without_near_duplicates(examples: Sequence[Example], *, of: Iterable[Example]) -> list[Example]:
    """Return the examples whose text does not stand in `of`, whole or nearly so.

    A text is a near-duplicate if it equals an evaluation text after normalising, or if at least
    half of its runs of six words stand in evaluation texts (Broder 1997, containment).

    Parameters
    ----------
    examples : sequence of Example
        Candidates for training.
    of : iterable of Example
        Everything that will be evaluated on.

    Returns
    -------
    list of Example
        Those kept, in order.
    """
    whole: set[str] = set()
    shingles: set[int] = set()
    for example in of:
        whole.add(normalise(example.text))
        shingles.update(_shingles(example.text))
    return [
        example
        for example in examples
        if normalise(example.text) not in whole and _share_in(example.text, shingles) < _SHARED
    ]


def _shingles(text: str) -> set[int]:
    words = _WORD.findall(text.lower())
    return {
        hash(tuple(words[start : start + _SHINGLE_WORDS]))
        for start in range(len(words) - _SHINGLE_WORDS + 1)
    }


def _share_in(text: str, shingles: set[int]) -> float:
    own = _shingles(text)
    return len(own & shingles) / len(own) if own else 0.0
