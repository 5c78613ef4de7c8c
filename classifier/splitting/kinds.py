"""Score what kind of paragraph each one is: news, post, furniture, author line, quote head."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from classifier.splitting.features import (
    Columns,
    Matrix,
    WordWeights,
    alike_groups,
    look_features,
    matrix_of,
    page_features,
)
from classifier.splitting.paragraphs import Integers, Paragraphs
from classifier.splitting.repeats import Repeats
from classifier.splitting.trees import Trees

Kind = Literal["news", "post", "furniture", "author", "head"]
KINDS: tuple[Kind, ...] = ("news", "post", "furniture", "author", "head")
NEWS, POST, FURNITURE, AUTHOR, HEAD = range(5)

OPENING_WORDS = 5
"""How many words at a paragraph's beginning tell whether a post begins with it."""

_SHORT_LINE = 6
_SEEN_BESIDE = (
    "length",
    "first person",
    "second person",
    "attribution",
    "calendar",
    "credit",
    "button",
    "quoting",
    "repeated",
    "alike",
    "breaks",
    "capitals",
    "last",
    "news words",
    "post words",
    "furniture words",
)
_NEIGHBOURS = (-2, -1, 1, 2)
_FARTHEST = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What the paragraphs of a page look like.

    Parameters
    ----------
    columns : dict of str to array
        Each feature by name, one value a paragraph, in a fixed order.
    alike : array of int
        A number for each paragraph, the same for those that read the same, numbers aside.
    rare : array of bool, one element a word
        Which words are none that the model weighs: few pages show them.
    """

    columns: Columns
    alike: Integers
    rare: NDArray[np.bool_]

    def __getitem__(self, name: str) -> NDArray[np.floating]:
        return self.columns[name]


def look_at(
    paragraphs: Paragraphs, repeats: Repeats, words: WordWeights, openings: WordWeights
) -> Look:
    """Return the features of every paragraph, its neighbours' among them."""
    alike = alike_groups(paragraphs)
    columns: Columns = look_features(paragraphs, repeats, alike)
    for kind, scores in zip(KINDS, words.scores(paragraphs).T, strict=True):
        columns[f"{kind} words"] = scores
    columns["opening"] = openings.scores(paragraphs, first=OPENING_WORDS)[:, 0]
    columns |= page_features(paragraphs)
    columns = {name: column.astype(np.float32) for name, column in columns.items()}
    size = len(paragraphs)
    seen = np.zeros((len(_SEEN_BESIDE), size + 2 * _FARTHEST), dtype=np.float32)
    for row, name in enumerate(_SEEN_BESIDE):
        seen[row, _FARTHEST : _FARTHEST + size] = columns[name]
    for offset in _NEIGHBOURS:
        at = _FARTHEST + offset
        for row, name in enumerate(_SEEN_BESIDE):
            columns[f"{name} at {offset:+}"] = seen[row, at : at + size]
    rare = ~paragraphs.number & (words.vocabulary.places(paragraphs.word) < 0)
    return Look(columns=columns, alike=alike, rare=rare)


def kinds_of(model: Trees, paragraphs: Paragraphs, look: Look) -> Matrix:
    """Return the probability of each kind for each paragraph, shape (paragraphs, kinds).

    Short lines that read the same all over the page, such as names and buttons, are of one kind:
    they share the mean of what the model says of each.

    Parameters
    ----------
    model : Trees
        The model of kinds.
    paragraphs, look
        The page's paragraphs and their features.
    """
    kinds = model.probabilities(kind_rows(look))
    groups = look.alike
    sizes = np.bincount(groups)
    shared = (sizes[groups] > 1) & (paragraphs.word_counts <= _SHORT_LINE)
    for kind in range(kinds.shape[1]):
        mean = np.bincount(groups, weights=kinds[:, kind]) / sizes
        kinds[shared, kind] = mean[groups[shared]]
    return kinds


def kind_rows(look: Look) -> Matrix:
    """Return what the model of kinds reads, one row a paragraph."""
    return matrix_of(look.columns)
