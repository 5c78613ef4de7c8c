import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifier.evaluating.thresholds import cut_off, lowest_threshold, trade_off

DECISIONS = st.lists(
    st.tuples(st.sampled_from(np.linspace(0, 1, 12).tolist()), st.booleans()),
    min_size=1,
    max_size=60,
)


@given(DECISIONS, st.sampled_from([0.3, 0.5, 0.8, 0.9, 1.0]))
def test_the_threshold_is_the_lowest_that_keeps_the_precision(
    decisions: list[tuple[float, bool]], precision: float
) -> None:
    probabilities = np.array([probability for probability, _ in decisions])
    given_ = np.array([right for _, right in decisions])
    possible = [cut_off(probabilities, given_, each) for each in np.unique(probabilities)]
    good = [
        cut for cut in possible if cut.right >= 5 and cut.right >= precision * cut.flagged - 1e-12
    ]
    found = lowest_threshold(probabilities, given_, precision=precision)
    if not good:
        assert found is None
        return
    assert found is not None
    assert cut_off(probabilities, given_, found).flagged == good[0].flagged
    assert found <= good[0].threshold


def test_a_cut_off_counts_what_is_flagged_and_what_is_missed() -> None:
    cut = cut_off(np.array([0.9, 0.8, 0.4, 0.2]), np.array([True, False, True, False]), 0.5)
    assert (cut.flagged, cut.right, cut.missed) == (2, 1, 1)
    assert (cut.precision, cut.recall) == (0.5, 0.5)
    nothing = cut_off(np.array([0.1]), np.array([False]), 0.5)
    assert (nothing.precision, nothing.recall) == (None, None)


def noisy(size: int) -> tuple[np.ndarray, np.ndarray]:
    chance = np.random.default_rng(4)
    given_ = chance.random(size) < 0.4
    return np.clip(chance.normal(0.35 + 0.3 * given_, 0.15), 0, 1), given_


def test_what_is_expected_is_counted_on_decisions_that_took_no_part() -> None:
    probabilities, given_ = noisy(400)
    found = trade_off(
        "insult", probabilities, given_, precision=0.9, present=0.5, groups=range(400)
    )
    assert found is not None
    assert found.chosen is not None
    assert found.expected is not None
    assert found.chosen.precision is not None
    assert found.chosen.precision >= 0.9
    assert found.expected.right + found.expected.missed == found.positives == given_.sum()
    assert found.expected.threshold == pytest.approx(found.chosen.threshold, abs=0.1)
    assert found.expected.precision == pytest.approx(0.9, abs=0.06)


def test_threads_are_not_torn_between_folds() -> None:
    # Within a thread all is alike: only a fold that tears threads would find a good threshold.
    probabilities = np.repeat(np.linspace(0.1, 0.9, 10), 10)
    given_ = np.repeat([False, True] * 5, 10)
    threads = np.repeat(np.arange(10), 10).tolist()
    found = trade_off("insult", probabilities, given_, precision=0.95, present=0.5, groups=threads)
    assert found is not None
    assert found.chosen is not None
    assert found.chosen.precision == 1.0
    assert found.expected is not None
    assert (found.expected.precision or 0.0) < 0.95


@pytest.mark.parametrize("held", [[True] * 10, [False] * 10, [True] * 4 + [False] * 30])
def test_one_class_gives_no_trade_off(held: list[bool]) -> None:
    probabilities = np.linspace(0, 1, len(held))
    given_ = np.array(held)
    groups = range(len(held))
    assert trade_off("x", probabilities, given_, precision=0.9, present=0.5, groups=groups) is None
