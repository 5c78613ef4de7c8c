"""Sums and differences of neighbours, quick for short arrays, where numpy's own weigh choices."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

Integers = NDArray[np.int64]


def sums_of(values: NDArray[Any], sizes: Integers) -> NDArray[Any]:
    """Return the sums of successive rows, so many at a time; zero of none."""
    held = sizes > 0
    total = np.zeros((len(sizes), *values.shape[1:]), dtype=values.dtype)
    if len(values):
        total[held] = np.add.reduceat(values, (np.cumsum(sizes) - sizes)[held])
    return total


def running_sums(values: NDArray[Any]) -> NDArray[Any]:
    """Return what all values before each place add up to: 0 at first, and all of them at last."""
    kind = np.int64 if values.dtype == bool else values.dtype
    sums = np.zeros(len(values) + 1, dtype=kind)
    np.cumsum(values, out=sums[1:])
    return sums


def sizes_between(begins: Integers, end: int) -> Integers:
    """Return how far it is from each begin to the next, and from the last one to the end."""
    sizes = np.empty_like(begins)
    np.subtract(begins[1:], begins[:-1], out=sizes[:-1])
    sizes[-1:] = end - begins[-1:]
    return sizes


def steps_between(places: Integers, before: int) -> Integers:
    """Return how far each place is from the one before it; the first from `before`."""
    steps = np.empty_like(places)
    np.subtract(places[1:], places[:-1], out=steps[1:])
    steps[:1] = places[:1] - before
    return steps
