"""Thresholds of the split model: what dev shows decides, and what it does not show is left."""

import numpy as np
import pytest

from classifier.training.split_thresholds import best_threshold, precise_threshold

SCORES = np.array([0.1, 0.3, 0.6, 0.8, 0.9], dtype=np.float32)


def test_the_threshold_with_the_best_f1_is_taken() -> None:
    labels = np.array([0, 0, 1, 1, 1])
    assert best_threshold(SCORES, labels, usual=0.85) == pytest.approx(0.6)


def test_the_usual_threshold_is_kept_where_it_is_as_good() -> None:
    labels = np.array([0, 0, 1, 1, 1])
    assert best_threshold(SCORES, labels, usual=0.49) == 0.49


def test_pasted_text_must_be_surer_the_more_of_it_would_be_wrong() -> None:
    assert precise_threshold(SCORES, np.array([0, 0, 1, 1, 1])) == pytest.approx(0.6)
    assert precise_threshold(SCORES, np.array([0, 0, 1, 0, 1])) == pytest.approx(0.9)
