"""Evaluating: a model's transformer and baseline against labelled examples.

Every figure comes with a bootstrap interval, and every difference with a paired test.
"""

from classifier.evaluating.comparison import Measure, Scores, TaskComparison
from classifier.evaluating.evaluation import evaluate
from classifier.evaluating.multi_label import compare_multi
from classifier.evaluating.resampling import Bootstrap
from classifier.evaluating.single_label import compare_single

__all__ = [
    "Bootstrap",
    "Measure",
    "Scores",
    "TaskComparison",
    "compare_multi",
    "compare_single",
    "evaluate",
]
