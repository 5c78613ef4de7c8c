"""Sums and differences of neighbours, beside what plain Python makes of them."""

from itertools import accumulate, pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from classifier.splitting.sums import running_sums, sizes_between, steps_between, sums_of

NUMBERS = st.lists(st.integers(-1000, 1000), max_size=20)


@given(values=NUMBERS)
def test_running_sums_begin_with_none_and_end_with_all(values: list[int]) -> None:
    found = running_sums(np.array(values, dtype=np.int64))
    assert found.tolist() == [0, *accumulate(values)]


def test_running_sums_count_flags() -> None:
    assert running_sums(np.array([True, False, True])).tolist() == [0, 1, 1, 2]


@given(places=NUMBERS, edge=st.integers(-1000, 1000))
def test_sizes_and_steps_are_differences_of_neighbours(places: list[int], edge: int) -> None:
    given_places = np.array(places, dtype=np.int64)
    sizes = [after - before for before, after in pairwise([*places, edge])]
    assert sizes_between(given_places, edge).tolist() == sizes
    steps = [after - before for before, after in pairwise([edge, *places])]
    assert steps_between(given_places, edge).tolist() == steps


@given(groups=st.lists(NUMBERS, max_size=8))
def test_successive_rows_are_summed_so_many_at_a_time(groups: list[list[int]]) -> None:
    values = np.array([number for group in groups for number in group], dtype=np.int64)
    sizes = np.array([len(group) for group in groups], dtype=np.int64)
    assert sums_of(values, sizes).tolist() == [sum(group) for group in groups]
