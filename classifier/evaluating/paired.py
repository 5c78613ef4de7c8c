"""Measure two models on the same examples and on the same resamples of them."""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

import numpy as np

from classifier.evaluating.comparison import Measure
from classifier.evaluating.metrics import FloatArray, IntArray
from classifier.evaluating.resampling import Bootstrap, paired_p_value

Key = TypeVar("Key", bound=Hashable)
Measuring = Callable[[IntArray], Mapping[Key, FloatArray]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Paired(Generic[Key]):
    """Measures of two models and of the first minus the second, with intervals and p-values."""

    first: dict[Key, Measure]
    second: dict[Key, Measure]
    difference: dict[Key, Measure]


def measure_paired(
    counts: IntArray,
    *,
    first: Measuring[Key],
    second: Measuring[Key],
    bootstrap: Bootstrap,
) -> Paired[Key]:
    """Measure two models on counted examples.

    Parameters
    ----------
    counts : array of any shape
        How many examples stand in each cell.
    first, second : callable
        Takes counts with a leading axis; returns each measure with that axis, not-a-number
        where the counts do not determine it.
    bootstrap : Bootstrap
        How resamples are drawn.

    Returns
    -------
    Paired
    """
    drawn: tuple[list[Mapping[Key, FloatArray]], ...] = ([], [])
    for block in bootstrap.counts(counts):
        drawn[0].append(first(block))
        drawn[1].append(second(block))
    observed = (first(counts[np.newaxis]), second(counts[np.newaxis]))
    measures: Paired[Key] = Paired(first={}, second={}, difference={})
    for key in observed[0]:
        value, other = (float(each[key][0]) for each in observed)
        values, others = (np.concatenate([block[key] for block in each]) for each in drawn)
        measures.first[key] = _measure(value, values, bootstrap)
        measures.second[key] = _measure(other, others, bootstrap)
        measures.difference[key] = _measure(
            value - other, values - others, bootstrap, p_value=paired_p_value(values - others)
        )
    return measures


def _measure(
    value: float, drawn: FloatArray, bootstrap: Bootstrap, *, p_value: float | None = None
) -> Measure:
    if np.isnan(value):
        return Measure(value=None)
    return Measure(value=value, interval=bootstrap.interval(drawn), p_value=p_value)
