"""Thresholds of the split model: what dev shows decides, and what it does not show is left."""

import numpy as np
import pytest

from classifier.training.split_thresholds import lowest_as_good, precise_threshold

SCORES = np.array([0.1, 0.3, 0.6, 0.8, 0.9], dtype=np.float32)


def test_the_threshold_of_borders_has_the_best_f1() -> None:
    assert lowest_as_good(SCORES, np.array([0, 0, 1, 1, 1])) == pytest.approx(0.6)
    assert lowest_as_good(SCORES, np.array([0, 0, 0, 1, 1])) == pytest.approx(0.8)


def test_of_thresholds_as_good_the_lowest_is_taken() -> None:
    many = np.tile(SCORES, 1000)
    labels = np.tile(np.array([0, 0, 1, 1, 1]), 1000)
    labels[1::5][0] = 1
    scores = np.append(many, np.float32(0.5))

    found = lowest_as_good(scores, np.append(labels, 0))

    assert found == pytest.approx(0.5)


def test_pasted_text_must_be_surer_the_more_of_it_would_be_wrong() -> None:
    assert precise_threshold(SCORES, np.array([0, 0, 1, 1, 1])) == pytest.approx(0.6)
    assert precise_threshold(SCORES, np.array([0, 0, 1, 0, 1])) == pytest.approx(0.9)
