"""Weigh the places at which one reply may end and the next begin."""

import numpy as np
from numpy.typing import NDArray

from classifier.splitting.context import Seen
from classifier.splitting.features import Columns, Matrix, matrix_of
from classifier.splitting.kinds import AUTHOR, FURNITURE, HEAD, NEWS, POST, Look
from classifier.splitting.layouts import layout_columns
from classifier.splitting.paragraphs import Integers
from classifier.splitting.quoted_runs import quoted_runs, reply_columns, run_columns
from classifier.splitting.repeats import Repeats
from classifier.splitting.separating import parting_columns
from classifier.splitting.sums import running_sums

_QUOTED = 0.6
_LIKELY = 0.5

Floats = NDArray[np.floating]

_BOTH = (
    "length", "repeated", "covered", "again", "first person", "second person", "slang",
    "exclamations", "questions", "upper case", "capitals", "post words", "news words",
    "known words", "attribution", "quoting", "opening",
)  # fmt: skip


_USUAL = ("opening", "first", "post words", "known words", "commas", "second person")


def border_rows(seen: Seen, kept: Integers, binding: Integers) -> Matrix:
    """Return what the second look at borders reads, a row for each two successive kept paragraphs.

    Parameters
    ----------
    seen : Seen
        The page's paragraphs.
    kept : array of int
        The paragraphs after the article that are no furniture, in page order; two or more.
    binding : array of int
        What `binding_sources` returned.
    """
    repeats, look, context = seen.repeats, seen.look, seen.context
    left, right = kept[:-1], kept[1:]
    kinds, begins, pasted = context.kinds, context.borders, context.pasted
    breaks = look["breaks"]
    size = len(breaks)
    authors = running_sums(kinds[:, AUTHOR].astype(np.float64))
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
        "quoted left": repeats.share[left] > _QUOTED,
        "quoted right": repeats.share[right] > _QUOTED,
    }
    runs, quoted = quoted_runs(repeats, kept), repeats.share[kept] > _QUOTED
    first_look, gaps = begins[right], breaks[right].astype(np.int64)
    columns |= run_columns(runs, gaps)
    columns |= reply_columns(runs, first_look)
    columns |= parting_columns(binding, first_look)
    columns |= layout_columns(first_look, gaps, kinds, kept, quoted)
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
    columns["begins left"] = begins[left]
    columns["pasted left"] = pasted[left]
    columns["pasted right"] = pasted[right]
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
    }
    means = look.of(_USUAL, kept).mean(axis=1)
    columns |= {f"usual {name}": mean for name, mean in zip(_USUAL, means, strict=True)}
    columns["quoted share"] = _share(repeats.share[kept] > _QUOTED)
    return columns


def _share(flags: NDArray[np.bool_]) -> float:
    return np.count_nonzero(flags) / len(flags) if len(flags) else -1.0
