"""Shares and means with their intervals.

The closed formulas stand here instead of a call to `scipy.stats`, whose import alone takes a
second of the time to the first report; the tests hold them to it.
"""

from collections.abc import Sequence
from functools import lru_cache
from math import sqrt
from statistics import NormalDist

from classifier.summary import Mean, Share

CONFIDENCE = 0.95
_Z = NormalDist().inv_cdf((1 + CONFIDENCE) / 2)
_RESAMPLES = 2000
_DRAWS_AT_ONCE = 1 << 20
_SHARES_REMEMBERED = 4096


# Most authors wrote a reply or two, so that thousands of their shares are the same few records.
@lru_cache(maxsize=_SHARES_REMEMBERED)
def share_of(count: int, of: int) -> Share:
    """Return the share with its 95 % Wilson score interval.

    Parameters
    ----------
    count, of : int
        ``0 <= count <= of``; without any the share is None.
    """
    if of == 0:
        return Share(count=count, of=of)
    share = count / of
    shrink = 1 + _Z**2 / of
    centre = (share + _Z**2 / (2 * of)) / shrink
    half = _Z / shrink * sqrt(share * (1 - share) / of + _Z**2 / (4 * of**2))
    return Share(
        count=count,
        of=of,
        share=share,
        low=0.0 if count == 0 else max(0.0, centre - half),
        high=1.0 if count == of else min(1.0, centre + half),
    )


def mean_of(values: Sequence[float], *, seed: int) -> Mean:
    """Return the mean with its 95 % percentile bootstrap interval.

    Parameters
    ----------
    values : sequence of float
        Any number of them; fewer than two have no interval.
    seed : int
        The same values and seed give the same interval.
    """
    n = len(values)
    if n == 0:
        return Mean(n=0)
    if n == 1:
        return Mean(n=1, mean=values[0])
    import numpy as np

    sample = np.asarray(values, dtype=np.float64)
    generator = np.random.default_rng(seed)
    rows = max(1, _DRAWS_AT_ONCE // n)
    means = np.concatenate(
        [
            sample[generator.integers(n, size=(min(rows, _RESAMPLES - done), n))].mean(axis=1)
            for done in range(0, _RESAMPLES, rows)
        ]
    )
    tail = (1 - CONFIDENCE) / 2
    low, high = np.quantile(means, (tail, 1 - tail))
    return Mean(n=n, mean=float(sample.mean()), low=float(low), high=float(high))
