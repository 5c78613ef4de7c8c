"""Intervals and paired tests from bootstrap resamples (Efron & Tibshirani 1993)."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from classifier.evaluating.metrics import FloatArray, IntArray

Interval = tuple[float, float]

_CELLS_AT_ONCE = 2_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Bootstrap:
    """How resamples are drawn.

    Parameters
    ----------
    resamples : int
        How many.
    seed : int
        The same seed draws the same ones.
    level : float
        Share of the resamples that an interval covers.
    """

    resamples: int = 1000
    seed: int = 17
    level: float = 0.95

    def counts(self, observed: IntArray) -> Iterator[IntArray]:
        """Yield blocks of resamples of examples that are counted in cells.

        Drawing as many examples with replacement as there are, and counting them again, is one
        draw from the multinomial distribution of the observed shares.

        Parameters
        ----------
        observed : array of any shape
            How many examples stand in each cell.

        Yields
        ------
        array of shape (n_block, *observed.shape)
            Over all blocks `resamples` rows, each with the total of `observed`.
        """
        generator = np.random.default_rng(self.seed)
        total = int(observed.sum())
        shares = observed.ravel() / total
        block = max(1, _CELLS_AT_ONCE // shares.size)
        for start in range(0, self.resamples, block):
            size = min(block, self.resamples - start)
            drawn = generator.multinomial(total, shares, size=size)
            yield drawn.reshape(size, *observed.shape)

    def interval(self, values: FloatArray) -> Interval | None:
        """Return the percentile interval of a measure's resampled values.

        Parameters
        ----------
        values : array of shape (n_resamples,)
            Not-a-number where a resample has no such value.

        Returns
        -------
        (low, high) or None
            None if fewer than half of the resamples have a value.
        """
        known = values[~np.isnan(values)]
        if 2 * len(known) < len(values) or not len(known):
            return None
        outside = (1 - self.level) / 2
        low, high = np.quantile(known, [outside, 1 - outside])
        return float(low), float(high)


def paired_p_value(differences: FloatArray) -> float | None:
    """Return how surprising the observed sign of a difference is if there were none.

    Two-sided, from paired resamples: twice the share of resamples whose difference is not of
    the prevailing sign, with one added so that it is never 0 (Efron & Tibshirani 1993, ch. 16).

    Parameters
    ----------
    differences : array of shape (n_resamples,)
        Difference of the two models' measures on the same resample; not-a-number if unknown.

    Returns
    -------
    float or None
        Above 0, at most 1; None if no difference is known.
    """
    known = differences[~np.isnan(differences)]
    if known.size == 0:
        return None
    rarer = min(int((known <= 0).sum()), int((known >= 0).sum()))
    return min(1.0, 2 * (rarer + 1) / (known.size + 1))


def mcnemar_p_value(only_first_right: int, only_second_right: int) -> float:
    """Return the exact McNemar test of two models' accuracies on the same examples.

    Parameters
    ----------
    only_first_right, only_second_right : int
        Examples that exactly one of the models has right (McNemar 1947).

    Returns
    -------
    float
        Two-sided p; 1 where the models never differ.
    """
    differing = only_first_right + only_second_right
    fewer = min(only_first_right, only_second_right)
    tail = sum(math.comb(differing, right) for right in range(fewer + 1))
    return float(min(1.0, 2 * tail / 2**differing))
