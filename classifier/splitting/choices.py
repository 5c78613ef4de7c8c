"""Look twice at the likeliest ends of the article, each beside the best of the others."""

import numpy as np
from numpy.typing import NDArray

from classifier.splitting.context import InContext
from classifier.splitting.features import Columns, Matrix, matrix_of
from classifier.splitting.paragraphs import Integers

_FEW = 8
_BESIDE = (-2, -1, 1, 2)
_NEAR = (-1, 0, 1, 2)

Floats = NDArray[np.floating]


def likely_ends(context: InContext) -> Integers:
    """Return the few likeliest numbers of paragraphs before the article's end, in page order."""
    return np.sort(np.argsort(-context.ends, kind="stable")[:_FEW])


def log_shares(context: InContext) -> NDArray[np.float64]:
    """Return the logarithm of how likely each end is, all together being certain."""
    odds = context.ends.astype(np.float64)
    odds -= np.logaddexp.reduce(odds)
    return odds


def choice_rows(rows: Matrix, context: InContext, ends: Integers) -> Matrix:
    """Return what the second look at ends reads, one row for each of them.

    Parameters
    ----------
    rows : array
        What `end_rows` returned of the ends.
    context : InContext
        What the networks said of the page.
    ends : array of int
        What `likely_ends` returned.
    """
    odds = log_shares(context)
    scores = odds[ends]
    order = np.argsort(-scores, kind="stable")
    other = np.where(np.arange(len(ends)) == order[0], order[min(1, len(ends) - 1)], order[0])
    rank = np.empty(len(scores))
    rank[order] = np.arange(len(scores))
    shares = np.exp(scores)
    passed = np.cumsum(shares)
    compared: Columns = {
        "log share": scores,
        "above the best other": scores - scores[other],
        "share": shares,
        "share before": passed - shares,
        "share after": passed[-1] - passed,
        "rank": rank,
    }
    size = len(context.borders)
    compared |= {
        f"log share at {offset:+}": odds[np.clip(ends + offset, 0, size)] for offset in _BESIDE
    }
    for name, of_paragraphs in (("begins", context.borders), ("pasted", context.pasted)):
        padded = np.append(of_paragraphs, 0.0)
        compared |= {
            f"{name} at {offset:+}": padded[np.clip(ends + offset, 0, size)] for offset in _NEAR
        }
    return np.column_stack([matrix_of(compared), rows])
