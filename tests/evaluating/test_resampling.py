import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifier.evaluating.resampling import Bootstrap, mcnemar_p_value, paired_p_value


def test_every_resample_holds_as_many_examples_as_were_observed() -> None:
    observed = np.array([[5, 0], [3, 12]])
    drawn = np.concatenate(list(Bootstrap(resamples=200).counts(observed)))
    assert drawn.shape == (200, 2, 2)
    assert (drawn.sum(axis=(1, 2)) == 20).all()
    assert (drawn[:, 0, 1] == 0).all()
    assert drawn.mean(axis=0) == pytest.approx(observed, abs=0.8)
    assert len({row.tobytes() for row in drawn}) > 40


def test_many_cells_are_drawn_in_blocks_and_all_are_drawn() -> None:
    blocks = list(Bootstrap(resamples=5).counts(np.ones(900_000, dtype=np.int64)))
    assert [len(block) for block in blocks] == [2, 2, 1]


def test_the_same_seed_draws_the_same() -> None:
    observed = np.array([4, 9])
    first, second, other = (
        np.concatenate(list(Bootstrap(resamples=50, seed=seed).counts(observed)))
        for seed in (3, 3, 4)
    )
    assert (first == second).all()
    assert (first != other).any()


def test_an_interval_leaves_out_the_same_share_on_both_sides() -> None:
    values = np.arange(1001) / 1000
    assert Bootstrap().interval(values) == pytest.approx((0.025, 0.975))


def test_an_accuracys_interval_is_that_of_the_binomial_distribution() -> None:
    drawn = np.concatenate(list(Bootstrap(resamples=4000).counts(np.array([20, 80]))))
    interval = Bootstrap().interval(drawn[:, 1] / 100)
    assert interval == pytest.approx((0.72, 0.88), abs=0.011)


def test_an_interval_needs_a_value_in_half_of_the_resamples() -> None:
    assert Bootstrap().interval(np.array([0.1, np.nan, np.nan])) is None
    assert Bootstrap().interval(np.array([0.1, 0.1, np.nan])) == (0.1, 0.1)


@given(st.integers(0, 30), st.integers(0, 30))
def test_mcnemar_is_the_exact_two_sided_binomial_test(first: int, second: int) -> None:
    p_value = mcnemar_p_value(first, second)
    assert p_value == pytest.approx(mcnemar_p_value(second, first))
    assert 0 < p_value <= 1
    if first == second:
        assert p_value == 1.0


def test_mcnemar_of_one_against_nine() -> None:
    assert mcnemar_p_value(9, 1) == pytest.approx(22 / 1024)


def test_a_difference_that_never_changes_sign_has_a_small_p_but_not_zero() -> None:
    assert paired_p_value(np.full(999, 0.1)) == pytest.approx(0.002)
    assert paired_p_value(np.full(999, -0.1)) == pytest.approx(0.002)


def test_a_difference_of_either_sign_alike_is_no_evidence() -> None:
    assert paired_p_value(np.array([0.1, -0.1] * 100)) == 1.0
    assert paired_p_value(np.zeros(100)) == 1.0


def test_an_unknown_difference_has_no_p() -> None:
    assert paired_p_value(np.full(5, np.nan)) is None
