"""Score what kind of paragraph each one is: news, post, furniture, author line, quote head."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from classifier.splitting.features import (
    Columns,
    Matrix,
    WordWeights,
    alike_groups,
    look_features,
    page_features,
)
from classifier.splitting.paragraphs import Integers, Paragraphs
from classifier.splitting.repeats import Repeats

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What the paragraphs of a page look like.

    Parameters
    ----------
    places : dict of str to int
        Row of each feature, by name.
    values : array, shape (features, paragraphs)
        The features.
    alike : array of int
        A number for each paragraph, the same for those that read the same, numbers aside.
    """

    places: Mapping[str, int]
    values: Matrix
    alike: Integers

    def __getitem__(self, name: str) -> NDArray[np.float32]:
        row: NDArray[np.float32] = self.values[self.places[name]]
        return row

    def of(self, names: Sequence[str], paragraphs: Integers) -> Matrix:
        """Return some features of some paragraphs, shape (names, paragraphs)."""
        rows = np.array([self.places[name] for name in names])
        return self.values.take(rows, axis=0).take(paragraphs, axis=1)


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
    places = _places(tuple(columns))
    size = len(paragraphs)
    values = np.zeros((len(places), size), dtype=np.float32)
    for place, column in enumerate(columns.values()):
        values[place] = column
    seen = values[[places[name] for name in _SEEN_BESIDE]]
    for number, offset in enumerate(_NEIGHBOURS):
        first = len(columns) + number * len(seen)
        beside = values[first : first + len(seen)]
        moved = min(abs(offset), size)
        if offset > 0:
            beside[:, : size - moved] = seen[:, moved:]
        else:
            beside[:, moved:] = seen[:, : size - moved]
    return Look(places=places, values=values, alike=alike)


@cache
def _places(names: tuple[str, ...]) -> Mapping[str, int]:
    """Return the row of each feature: of a paragraph's own, then of its neighbours'."""
    beside = (f"{name} at {offset:+}" for offset in _NEIGHBOURS for name in _SEEN_BESIDE)
    return {name: place for place, name in enumerate((*names, *beside))}


def shared_among_alike(kinds: Matrix, paragraphs: Paragraphs, look: Look) -> Matrix:
    """Return the kinds' probabilities with those of alike short lines made one.

    Short lines that read the same all over the page, such as names and buttons, are of one kind:
    they share the mean of what is said of each.

    Parameters
    ----------
    kinds : array, shape (paragraphs, kinds)
        What is said of each paragraph by itself.
    paragraphs, look
        The page's paragraphs and their features.
    """
    groups = look.alike
    sizes = np.bincount(groups)
    shared = (sizes[groups] > 1) & (paragraphs.word_counts <= _SHORT_LINE)
    if not shared.any():
        return kinds
    made = kinds.copy()
    for kind in range(kinds.shape[1]):
        mean = np.bincount(groups, weights=kinds[:, kind]) / np.maximum(sizes, 1)
        made[shared, kind] = mean[groups[shared]]
    return made
