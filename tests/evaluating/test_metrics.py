import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import average_precision_score, precision_recall_fscore_support, roc_auc_score

from classifier.evaluating.metrics import (
    IntArray,
    accuracy,
    average_precision,
    expected_calibration_error,
    precision_recall_f1,
    roc_auc,
)

answers = st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2)), min_size=1, max_size=40)
ranked = st.lists(
    st.tuples(st.booleans(), st.sampled_from([0.0, 0.1, 0.25, 0.5, 0.9])), min_size=2, max_size=40
).filter(lambda pairs: len({true for true, _ in pairs}) == 2)


def by_score(pairs: list[tuple[bool, float]]) -> tuple[IntArray, IntArray]:
    scores = sorted({score for _, score in pairs})
    negatives = np.array([sum(s == score and not true for true, s in pairs) for score in scores])
    positives = np.array([sum(s == score and true for true, s in pairs) for score in scores])
    return negatives, positives


@given(answers)
def test_precision_recall_and_f1_agree_with_scikit_learn(pairs: list[tuple[int, int]]) -> None:
    confusion = np.zeros((3, 3), dtype=np.int64)
    for true, given_label in pairs:
        confusion[true, given_label] += 1
    expected = precision_recall_fscore_support(
        [true for true, _ in pairs],
        [given_label for _, given_label in pairs],
        labels=[0, 1, 2],
        zero_division=0.0,
    )
    for ours, theirs in zip(precision_recall_f1(confusion), expected, strict=False):
        assert ours == pytest.approx(theirs)
    right = sum(true == given_label for true, given_label in pairs)
    assert accuracy(confusion) == pytest.approx(right / len(pairs))


@given(ranked)
def test_ranking_measures_agree_with_scikit_learn(pairs: list[tuple[bool, float]]) -> None:
    true = [true for true, _ in pairs]
    scores = [score for _, score in pairs]
    negatives, positives = by_score(pairs)
    assert roc_auc(negatives, positives) == pytest.approx(roc_auc_score(true, scores))
    assert average_precision(negatives, positives) == pytest.approx(
        average_precision_score(true, scores)
    )


@given(st.lists(ranked, min_size=2, max_size=4))
def test_leading_axes_measure_each_row_alone(rows: list[list[tuple[bool, float]]]) -> None:
    negatives = np.zeros((len(rows), 5), dtype=np.int64)
    positives = np.zeros((len(rows), 5), dtype=np.int64)
    for row, pairs in enumerate(rows):
        for true, score in pairs:
            column = [0.0, 0.1, 0.25, 0.5, 0.9].index(score)
            (positives if true else negatives)[row, column] += 1
    together = roc_auc(negatives, positives)
    assert together == pytest.approx(
        [float(roc_auc(*pair)) for pair in zip(negatives, positives, strict=True)]
    )


def test_a_ranking_of_one_class_has_no_area() -> None:
    counts, none = np.array([2, 1]), np.array([0, 0])
    assert np.isnan(roc_auc(counts, none))
    assert np.isnan(roc_auc(none, counts))
    assert np.isnan(average_precision(counts, none))


def test_a_label_never_given_has_precision_zero() -> None:
    precision, recall, f1 = precision_recall_f1(np.array([[3, 0], [2, 0]]))
    assert precision.tolist() == [0.6, 0.0]
    assert recall.tolist() == [1.0, 0.0]
    assert f1.tolist() == [0.75, 0.0]


def test_calibration_error_is_the_mean_gap_between_probability_and_frequency() -> None:
    probabilities = np.array([0.95, 0.95, 0.95, 0.95, 0.51, 0.51])
    outcomes = np.array([True, True, True, False, True, False])
    assert expected_calibration_error(probabilities, outcomes) == pytest.approx(
        4 / 6 * (0.95 - 0.75) + 2 / 6 * (0.51 - 0.5)
    )


def test_gaps_of_opposite_sign_in_different_bins_do_not_cancel() -> None:
    probabilities = np.array([0.2, 0.8])
    outcomes = np.array([True, False])
    assert expected_calibration_error(probabilities, outcomes) == pytest.approx(0.8)


def test_a_certain_right_answer_has_no_calibration_error() -> None:
    assert expected_calibration_error(np.array([1.0, 0.0]), np.array([True, False])) == 0.0
