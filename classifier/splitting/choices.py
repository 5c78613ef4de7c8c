"""Look twice at the likeliest ends of the article, each beside the best of the others."""

import numpy as np
from numpy.typing import NDArray

from classifier.splitting.features import Matrix
from classifier.splitting.paragraphs import Integers

_FEW = 6


def few_best(scores: NDArray[np.floating]) -> Integers:
    """Return the places of the few highest scores, in page order."""
    return np.sort(np.argsort(-scores, kind="stable")[:_FEW])


def choice_rows(rows: Matrix, scores: NDArray[np.floating], chosen: Integers) -> Matrix:
    """Return what the second look at ends reads, one row for each chosen one.

    Parameters
    ----------
    rows : array
        What the first look read of every end.
    scores : array of float
        What it made of them, as log-odds.
    chosen : array of int
        The places of the few that are looked at again.
    """
    order = np.argsort(-scores, kind="stable")
    other = np.where(chosen == order[0], order[min(1, len(order) - 1)], order[0])
    rank = np.empty(len(scores))
    rank[order] = np.arange(len(scores))
    shares = np.exp(scores - scores.max())
    shares = shares / shares.sum()
    passed = np.cumsum(shares)
    compared = np.column_stack(
        [
            scores[chosen],
            scores[chosen] - scores[other],
            shares[chosen],
            (passed - shares)[chosen],
            1 - passed[chosen],
            rank[chosen],
            rows[chosen] - rows[other],
            rows[chosen],
        ]
    )
    return compared.astype(np.float32)
