"""Weigh the places at which one reply may end and the next begin."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from classifier.splitting.context import InContext
from classifier.splitting.features import Columns, Matrix, matrix_of
from classifier.splitting.kinds import AUTHOR, FURNITURE, HEAD, NEWS, POST, Look
from classifier.splitting.paragraphs import Integers, Paragraphs
from classifier.splitting.quoted_runs import quoted_runs, run_columns
from classifier.splitting.repeats import Repeats

_QUOTED = 0.6
_LIKELY = 0.5
_SHORT = 2.2
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


_FAR = ("length", "repeated", "second person", "post words")
_USUAL = ("opening", "first", "post words", "known words", "commas", "second person")


def border_rows(
    paragraphs: Paragraphs, look: Look, context: InContext, repeats: Repeats, kept: Integers
) -> Matrix:
    """Return what the model of borders reads, one row for each two successive kept paragraphs.

    Parameters
    ----------
    paragraphs : Paragraphs
        The page.
    look : Look
        Features of the page's paragraphs.
    context : InContext
        What the networks say of them.
    repeats : Repeats
        What they repeat.
    kept : array of int
        The paragraphs after the article that are no furniture, in page order.
    """
    left, right = kept[:-1], kept[1:]
    kinds, begins, pasted = context.kinds, context.borders, context.pasted
    breaks = look["breaks"]
    size = len(breaks)
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
    differ = np.abs(look.of(_HABITS, left) - look.of(_HABITS, right))
    columns |= {f"{name} differ": row for name, row in zip(_HABITS, differ, strict=True)}
    columns |= run_columns(quoted_runs(repeats, kept), breaks[right].astype(np.int64))
    shared = shared_words(paragraphs, repeats, kept, (1, 2))
    for distance, count in shared.items():
        columns[f"words shared over {distance}"] = count[1:] / np.maximum(
            paragraphs.word_counts[right], 1
        )
    columns["single breaks at furniture"] = _share(
        breaks[1:][kinds[1:, FURNITURE] + kinds[1:, AUTHOR] > _LIKELY] == 1
    )
    columns["single breaks at quotes"] = _share(
        breaks[kept][1:][(repeats.share[right] > _QUOTED) & (repeats.share[left] < _QUOTED)] == 1
    )
    of_both = look.of(_BOTH, left), look.of(_BOTH, right)
    for name, of_left, of_right in zip(_BOTH, *of_both, strict=True):
        columns[f"{name} left"] = of_left
        columns[f"{name} right"] = of_right
    columns["opens again"] = look["opens again"][right]
    columns["opens again left"] = look["opens again"][left]
    following = np.append(right[1:], right[-1:])
    previous = np.append(left[:1], left[:-1])
    of_far = look.of(_FAR, following), look.of(_FAR, previous)
    for name, of_following, of_previous in zip(_FAR, *of_far, strict=True):
        columns[f"{name} beyond"] = of_following
        columns[f"{name} earlier"] = of_previous
    columns |= {
        "begins right": begins[right],
        "begins left": begins[left],
        "begins beyond": begins[following],
        "begins just before": begins[right - 1],
        "pasted left": pasted[left],
        "pasted right": pasted[right],
    }
    columns["breaks beyond"] = breaks[following]
    columns["breaks earlier"] = breaks[left]
    columns |= _page_columns(look, repeats, authors, kept)
    return matrix_of(columns)


def _page_columns(look: Look, repeats: Repeats, authors: Floats, kept: Integers) -> Columns:
    """Return what the replies of the page look like as a whole, the same at every place."""
    breaks = look["breaks"]
    region = breaks[kept[0] + 1 :]
    above = breaks[1 : kept[0]]
    columns: Columns = {}
    for number, name in ((1, "single"), (2, "blank"), (3, "wide")):
        columns[f"{name} share"] = _share(region == number)
        columns[f"{name} share above"] = _share(above == number)
    columns |= {
        "breaks above": breaks[kept[0]],
        "furniture share": 1 - len(kept) / max(len(region) + 1, 1),
        "author share": (authors[-1] - authors[kept[0]]) / max(len(kept), 1),
        "usual length": np.median(look["length"][kept]),
        "spread of length": np.std(look["length"][kept]),
        "short share": np.mean(look["words"][kept] < _SHORT),
    }
    means = look.of(_USUAL, kept).mean(axis=1)
    columns |= {f"usual {name}": mean for name, mean in zip(_USUAL, means, strict=True)}
    columns["quoted share"] = np.mean(repeats.share[kept] > _QUOTED)
    return columns


def shared_words(
    paragraphs: Paragraphs, repeats: Repeats, kept: Integers, distances: Sequence[int]
) -> dict[int, Integers]:
    """Return, by distance, how many long words each kept paragraph shares with the one before."""
    rank = np.full(len(paragraphs), -1)
    rank[kept] = np.arange(len(kept))
    of_word = rank[paragraphs.word_paragraph]
    chosen = (of_word >= 0) & (paragraphs.word_length > _LONG_WORD)
    of_word = of_word[chosen]
    stood = repeats.first_word[chosen] * (len(kept) + max(distances)) + of_word
    places = np.unique(stood)
    counts = {}
    for distance in distances:
        found = np.searchsorted(places, stood - distance)
        found = np.minimum(found, max(len(places) - 1, 0))
        known = (places[found] == stood - distance) & (of_word >= distance)
        counts[distance] = np.bincount(of_word[known], minlength=len(kept))
    return counts


def _share(flags: NDArray[np.bool_]) -> float:
    return np.count_nonzero(flags) / len(flags) if len(flags) else -1.0


def _steps(repeats: Repeats, left: Integers, right: Integers) -> Floats:
    """Return how far the right one's source is behind the left one's; 9 where not both repeat."""
    both = (repeats.source[left] >= 0) & (repeats.source[right] >= 0)
    return np.where(both, np.clip(repeats.source[right] - repeats.source[left], -3, 8), 9)
