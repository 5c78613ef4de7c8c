"""What comes out of comparing a transformer with its baseline on one task."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from classifier.evaluating.resampling import Interval
from classifier.tasks import TaskName


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """One figure.

    Parameters
    ----------
    value : float, int or None
        Shares from 0 to 1, or a count; None where the examples do not determine it.
    interval : (low, high) or None
        95 % bootstrap interval, where one was drawn.
    p_value : float or None
        For a difference: how surprising its sign is if there were none.
    """

    value: float | None
    interval: Interval | None = None
    p_value: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Scores:
    """What was measured of one model, or of the difference of two, by measure and by label."""

    measures: Mapping[str, Measure]
    labels: Mapping[str, "Scores"] = field(default_factory=dict)

    def to_json(self, *, labels_as: str = "labels") -> dict[str, Any]:
        """Return plain values: each measure by name, then intervals, p-values and labels."""
        content: dict[str, Any] = {name: each.value for name, each in self.measures.items()}
        if self.labels:
            content[labels_as] = {name: each.to_json() for name, each in self.labels.items()}
        intervals = {name: each.interval for name, each in self.measures.items() if each.interval}
        if intervals:
            content["intervals"] = intervals
        p_values = {
            name: each.p_value for name, each in self.measures.items() if each.p_value is not None
        }
        if p_values:
            content["p_values"] = p_values
        return content


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskComparison:
    """A transformer, its baseline and the majority class on the examples of one task.

    Parameters
    ----------
    task : str
        Name of the task.
    exclusive : bool
        Whether exactly one label holds. If so, `macro_f1`, `accuracy`, `macro_recall` and `ece`
        are measured (for stance `favor_against_f1` too, SemEval-2016 task 6), and of each label
        `precision`, `recall`, `f1` and `support`. If not, `mean_auc` and `mean_f1` are, and of
        each label `auc`, `average_precision`, `precision`, `recall` and `f1` at its `threshold`,
        `accuracy` and `macro_f1` of having it or not, `ece`, `n` and `n_positive`. `answered` is
        the share of answers outside the uncertain band, `answered_accuracy` theirs.
    n : int
        Number of examples of which any label is known.
    transformer, baseline, majority : Scores
        The models, and the most frequent answer always given.
    difference : Scores
        Transformer minus baseline, on the same resamples.
    test_set : str or None
        Name of the examples, where there are several sets.
    full_precision : Scores or None
        The transformer before its weights were rounded to eight bits, where it was measured.
    """

    task: TaskName
    exclusive: bool
    n: int
    transformer: Scores
    baseline: Scores
    majority: Scores
    difference: Scores
    test_set: str | None = None
    full_precision: Scores | None = None

    def to_json(self) -> dict[str, Any]:
        """Return the comparison as plain values that `json` can write."""
        labels_as = "per_label" if self.exclusive else "labels"
        content: dict[str, Any] = {"task": self.task, "n": self.n}
        if self.test_set is not None:
            content["test_set"] = self.test_set
        for part in ("transformer", "baseline", "majority", "difference"):
            content[part] = getattr(self, part).to_json(labels_as=labels_as)
        if self.full_precision is not None:
            content["full_precision"] = self.full_precision.to_json(labels_as=labels_as)
        return content
