"""Weigh the places at which one reply may end and the next begin."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from classifier.splitting.features import Columns, Matrix, beside, matrix_of
from classifier.splitting.kinds import AUTHOR, FURNITURE, HEAD, NEWS, POST, Look
from classifier.splitting.paragraphs import Integers, Paragraphs
from classifier.splitting.repeats import Repeats

_QUOTED = 0.6
_LIKELY = 0.5
_LONG_WORD = 4
_HABITS = (
    "upper case",
    "commas",
    "apostrophes",
    "word length",
    "capitals",
    "exclamations",
    "stops",
)

Floats = NDArray[np.floating]

_BOTH = (
    "length", "repeated", "covered", "again", "first person", "second person", "slang",
    "exclamations", "questions", "upper case", "capitals", "post words", "news words",
    "known words", "attribution", "quoting", "opening",
)  # fmt: skip


def border_rows(
    paragraphs: Paragraphs, look: Look, kinds: Matrix, repeats: Repeats, kept: Integers
) -> Matrix:
    """Return what the model of borders reads, one row for each two successive kept paragraphs.

    Parameters
    ----------
    paragraphs : Paragraphs
        The page.
    look : Look
        Features of the page's paragraphs.
    kinds : array, shape (paragraphs, kinds)
        Their kinds' probabilities.
    repeats : Repeats
        What they repeat.
    kept : array of int
        The paragraphs after the article that are no furniture, in page order.
    """
    left, right = kept[:-1], kept[1:]
    breaks = look["breaks"]
    size = len(breaks)
    region = breaks[kept[0] + 1 :] if len(kept) else breaks[:0]
    authors = np.append(0.0, np.cumsum(kinds[:, AUTHOR]))
    columns: Columns = {
        "between": right - left - 1,
        "breaks before right": breaks[right],
        "breaks after left": breaks[np.minimum(left + 1, size - 1)],
        "authors between": authors[right] - authors[left],
        "head right": kinds[right, HEAD],
        "head left": kinds[left, HEAD],
        "news left": kinds[left, NEWS],
        "news right": kinds[right, NEWS],
        "post left": kinds[left, POST],
        "post right": kinds[right, POST],
        "last left": look["last"][left],
        "first right": look["first"][right],
        "mark left": look["first"][left],
        "from start": np.minimum(np.arange(len(left)), 5),
        "same source": _steps(repeats, left, right),
        "quoted left": repeats.share[left] > _QUOTED,
        "quoted right": repeats.share[right] > _QUOTED,
        "source distance": np.where(repeats.source[right] < 0, -1, right - repeats.source[right]),
    }
    for name in _HABITS:
        columns[f"{name} differ"] = np.abs(look[name][left] - look[name][right])
    for distance, shared in shared_words(paragraphs, kept, (1, 2)).items():
        columns[f"words shared over {distance}"] = shared[1:] / np.maximum(
            paragraphs.word_counts[right], 1
        )
    columns["single breaks at furniture"] = _share(
        breaks[1:][kinds[1:, FURNITURE] + kinds[1:, AUTHOR] > _LIKELY] == 1, len(left)
    )
    columns["single breaks at quotes"] = _share(
        breaks[kept][1:][(repeats.share[right] > _QUOTED) & (repeats.share[left] < _QUOTED)] == 1,
        len(left),
    )
    for name in _BOTH:
        columns[f"{name} left"] = look[name][left]
        columns[f"{name} right"] = look[name][right]
    following = np.append(right[1:], right[-1:])
    previous = np.append(left[:1], left[:-1])
    for name in ("length", "repeated", "second person", "post words"):
        columns[f"{name} beyond"] = look[name][following]
        columns[f"{name} earlier"] = look[name][previous]
    columns["breaks beyond"] = breaks[following]
    columns["breaks earlier"] = breaks[left]
    above = breaks[1 : kept[0]]
    for number, name in ((1, "single"), (2, "blank"), (3, "wide")):
        columns[f"{name} share"] = _share(region == number, len(left))
        columns[f"{name} share above"] = _share(above == number, len(left))
    columns["breaks above"] = np.full(len(left), breaks[kept[0]])
    columns["furniture share"] = np.full(len(left), 1 - len(kept) / max(len(region) + 1, 1))
    columns["author share"] = np.full(
        len(left), (authors[-1] - authors[kept[0]]) / max(len(kept), 1)
    )
    columns["usual length"] = np.full(len(left), np.median(look["length"][kept]))
    columns["quoted share"] = np.full(len(left), np.mean(repeats.share[kept] > _QUOTED))
    return matrix_of(columns)


def layout_rows(rows: Matrix, borders: Matrix, look: Look, kept: Integers) -> Matrix:
    """Return what the second look at borders reads: the first look's verdicts all over the page.

    Parameters
    ----------
    rows : array
        What the first look read.
    borders : array of float, in [0, 1]
        What it said of each place.
    look, kept
        As for `border_rows`.
    """
    breaks = np.minimum(look["breaks"][kept[1:]], 3)
    alike = np.zeros(len(borders))
    for number in range(1, 4):
        same = breaks == number
        alike[same] = borders[same].mean() if same.any() else 0.0
    columns: Columns = {
        "first look": borders,
        "mean of like breaks": alike,
        "above mean of like breaks": borders - alike,
        "mean": np.full(len(borders), borders.mean() if len(borders) else 0.0),
        "places": np.full(len(borders), np.log1p(len(borders))),
        "spread": np.full(len(borders), borders.std() if len(borders) else 0.0),
    }
    for offset in (-3, -2, -1, 1, 2, 3):
        columns[f"first look at {offset:+}"] = beside(borders, offset)
    return np.column_stack([matrix_of(columns), rows])


def shared_words(
    paragraphs: Paragraphs, kept: Integers, distances: Sequence[int]
) -> dict[int, Integers]:
    """Return, by distance, how many long words each kept paragraph shares with the one before."""
    rank = np.full(len(paragraphs), -1)
    rank[kept] = np.arange(len(kept))
    of_word = rank[paragraphs.word_paragraph]
    chosen = (of_word >= 0) & (paragraphs.word_end - paragraphs.word_start > _LONG_WORD)
    of_word = of_word[chosen]
    _, word = np.unique(paragraphs.word[chosen], return_inverse=True)
    stood = word * (len(kept) + max(distances)) + of_word
    places = np.unique(stood)
    counts = {}
    for distance in distances:
        found = np.searchsorted(places, stood - distance)
        found = np.minimum(found, max(len(places) - 1, 0))
        known = (places[found] == stood - distance) & (of_word >= distance)
        counts[distance] = np.bincount(of_word[known], minlength=len(kept))
    return counts


def _share(flags: NDArray[np.bool_], size: int) -> Floats:
    return np.full(size, np.mean(flags) if len(flags) else -1.0)


def _steps(repeats: Repeats, left: Integers, right: Integers) -> Floats:
    """Return how far the right one's source is behind the left one's; 9 where not both repeat."""
    both = (repeats.source[left] >= 0) & (repeats.source[right] >= 0)
    return np.where(both, np.clip(repeats.source[right] - repeats.source[left], -3, 8), 9)
