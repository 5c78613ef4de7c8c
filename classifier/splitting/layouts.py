"""Look twice at the borders between replies, knowing what was found all over the page."""

import numpy as np
from numpy.typing import NDArray

from classifier.splitting.features import Columns, Matrix, beside, matrix_of
from classifier.splitting.kinds import AUTHOR, Look
from classifier.splitting.paragraphs import Integers
from classifier.splitting.quoted_runs import quoted_runs, reply_columns
from classifier.splitting.repeats import Repeats
from classifier.splitting.separating import parting_columns

_QUOTED = 0.6
_LIKELY = 0.5

Floats = NDArray[np.floating]


def layout_rows(
    rows: Matrix,
    borders: Matrix,
    *,
    look: Look,
    kinds: Matrix,
    repeats: Repeats,
    kept: Integers,
    binding: Integers,
) -> Matrix:
    """Return what the second look at borders reads: the first look's verdicts all over the page.

    Parameters
    ----------
    rows : array
        What the first look read.
    borders : array of float, in [0, 1]
        What it said of each place.
    look, kinds, repeats, kept
        As for `border_rows`.
    binding : array of int
        What `binding_sources` returned.
    """
    breaks = np.minimum(look["breaks"][kept[1:]], 3).astype(np.int64)
    alike = np.zeros(len(borders))
    for number in range(1, 4):
        same = breaks == number
        alike[same] = borders[same].mean() if same.any() else 0.0
    columns: Columns = {
        "first look": borders,
        "mean of like breaks": alike,
        "above mean of like breaks": borders - alike,
        "mean": borders.mean() if len(borders) else 0.0,
        "places": np.log1p(len(borders)),
        "spread": borders.std() if len(borders) else 0.0,
    }
    for offset in (-3, -2, -1, 1, 2, 3):
        columns[f"first look at {offset:+}"] = beside(borders, offset)
    quoted = repeats.share[kept] > _QUOTED
    columns |= reply_columns(quoted_runs(repeats, kept), borders, quoted)
    columns |= parting_columns(binding, borders)
    columns |= _custom_columns(borders, breaks, kinds, kept, quoted)
    return np.column_stack([matrix_of(columns), rows])


def _custom_columns(
    borders: Floats, breaks: Integers, kinds: Matrix, kept: Integers, quoted: NDArray[np.bool_]
) -> Columns:
    """Return what the first look says, on the whole, of other places that are marked the same."""
    authors = np.append(0.0, np.cumsum(kinds[:, AUTHOR]))
    named = authors[kept[1:]] - authors[kept[:-1]] > _LIKELY
    apart = np.diff(kept) > 1
    mark = breaks + 4 * apart + 8 * named
    columns: Columns = {}
    for name, code in (
        ("marked", mark),
        ("marked, quotes", mark * 4 + quoted[:-1] * 2 + quoted[1:]),
    ):
        count = np.bincount(code)[code]
        total = np.bincount(code, weights=borders)[code]
        columns[f"others {name} alike"] = np.where(
            count > 1, (total - borders) / np.maximum(count - 1, 1), -1
        )
        columns[f"how many {name} alike"] = np.log1p(count)
    for name, flags in (("apart", apart), ("named", named)):
        share = (flags * borders).sum() / max(borders.sum(), 1e-6)
        columns[f"borders {name}"] = share
        columns[f"{name} here"] = flags
    return columns
