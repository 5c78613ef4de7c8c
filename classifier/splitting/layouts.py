"""What the network says of borders all over a page: habits that each place can be held against."""

import numpy as np
from numpy.typing import NDArray

from classifier.splitting.features import Columns, Matrix
from classifier.splitting.kinds import AUTHOR
from classifier.splitting.paragraphs import Integers
from classifier.splitting.sums import running_sums

_LIKELY = 0.5
_MOST_BREAKS = 3
_SMALL = 1e-6

Floats = NDArray[np.floating]


def layout_columns(
    borders: Floats, breaks: Integers, kinds: Matrix, kept: Integers, quoted: NDArray[np.bool_]
) -> Columns:
    """Return, for each place between two kept paragraphs, what is said of the page's others.

    Parameters
    ----------
    borders : array of float, in [0, 1]
        How likely a border is at each place, by the network.
    breaks : array of int
        How many line ends stand at each place.
    kinds : array of float, shape (paragraphs, kinds)
        How likely each paragraph of the page is of each kind.
    kept : array of int
        The paragraphs after the article that are no furniture, in page order.
    quoted : array of bool
        Which of these are quotes.
    """
    breaks = np.minimum(breaks, _MOST_BREAKS)
    count = np.bincount(breaks, minlength=_MOST_BREAKS + 1)
    total = np.bincount(breaks, weights=borders, minlength=_MOST_BREAKS + 1)
    alike = (total / np.maximum(count, 1))[breaks]
    columns: Columns = {
        "first look": borders,
        "mean of like breaks": alike,
        "above mean of like breaks": borders - alike,
        "mean": borders.mean(),
        "places": np.log1p(len(borders)),
        "spread": borders.std(),
    }
    return columns | _custom_columns(borders, breaks, kinds, kept, quoted)


def _custom_columns(
    borders: Floats, breaks: Integers, kinds: Matrix, kept: Integers, quoted: NDArray[np.bool_]
) -> Columns:
    """Return what is said, on the whole, of other places that are marked the same."""
    authors = running_sums(kinds[:, AUTHOR].astype(np.float64))
    named = authors[kept[1:]] - authors[kept[:-1]] > _LIKELY
    apart = kept[1:] - kept[:-1] > 1
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
    total = max(borders.sum(), _SMALL)
    columns["borders apart"] = (apart * borders).sum() / total
    columns["borders named"] = (named * borders).sum() / total
    columns["apart here"] = apart
    return columns
