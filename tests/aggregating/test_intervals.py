"""Shares carry Wilson intervals, means seeded bootstrap intervals."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest, bootstrap

from classifier.aggregating.intervals import mean_of, share_of
from classifier.summary import Mean, Share


@given(st.integers(1, 5000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_share_has_the_wilson_interval(counted: tuple[int, int]) -> None:
    count, of = counted
    expected = binomtest(count, of).proportion_ci(0.95, method="wilson")
    share = share_of(count, of)
    assert (share.low, share.high) == pytest.approx((expected.low, expected.high), abs=1e-9)
    assert 0 <= share.low <= share.share <= share.high <= 1


def test_share_of_nothing_is_unknown() -> None:
    assert share_of(0, 0) == Share(count=0, of=0, share=None, low=None, high=None)


def test_share_of_one_is_nearly_unknown() -> None:
    assert share_of(1, 1).high == 1
    assert share_of(1, 1).low == pytest.approx(0.207, abs=0.001)


def test_mean_has_the_percentile_bootstrap_interval() -> None:
    values = np.random.default_rng(3).uniform(-1, 1, 80)
    expected = bootstrap((values,), np.mean, n_resamples=20_000, method="percentile", rng=1)
    mean = mean_of(list(values), seed=0)
    assert mean.n == 80
    assert mean.mean == pytest.approx(values.mean())
    assert (mean.low, mean.high) == pytest.approx(tuple(expected.confidence_interval), abs=0.01)


def test_mean_of_few_has_no_interval() -> None:
    assert mean_of([], seed=0) == Mean(n=0)
    assert mean_of([0.25], seed=0) == Mean(n=1, mean=0.25)


def test_interval_depends_on_the_seed_alone() -> None:
    values = [number**0.5 / 7 for number in range(40)]
    assert mean_of(values, seed=5) == mean_of(values, seed=5)
    assert mean_of(values, seed=5) != mean_of(values, seed=6)


def test_interval_narrows_with_the_number_of_values() -> None:
    few, many = (mean_of([-1.0, 0.0, 1.0] * n, seed=0) for n in (4, 4000))
    assert many.high - many.low < (few.high - few.low) / 20
