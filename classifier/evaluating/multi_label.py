"""Compare two models on a task of which several labels may hold."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from classifier.evaluating.comparison import Measure, Scores, TaskComparison
from classifier.evaluating.metrics import (
    BoolArray,
    FloatArray,
    IntArray,
    accuracy,
    average_precision,
    expected_calibration_error,
    precision_recall_f1,
    roc_auc,
)
from classifier.evaluating.paired import measure_paired
from classifier.evaluating.resampling import Bootstrap
from classifier.tasks import TaskName

Key = tuple[str | None, str]
"""A label, or None for the mean over all of them, and a measure of it."""

_HOLDS_FROM = 0.5


def compare_multi(
    task: TaskName,
    gold: FloatArray,
    transformer_probabilities: FloatArray,
    baseline_probabilities: FloatArray,
    labels: Sequence[str],
    *,
    transformer_thresholds: Mapping[str, float],
    baseline_thresholds: Mapping[str, float],
    transformer_doubts: Mapping[str, float] | None = None,
    baseline_doubts: Mapping[str, float] | None = None,
    bootstrap: Bootstrap | None = None,
    test_set: str | None = None,
) -> TaskComparison:
    """Compare a transformer with a baseline and with the majority class, label by label.

    Parameters
    ----------
    task : str
        Name of the task.
    gold : array of shape (n, n_labels)
        How far each label holds, 0 to 1; from one half on it counts as holding. Not-a-number
        where unknown: the example then takes no part in that label's measures.
    transformer_probabilities, baseline_probabilities : arrays of shape (n, n_labels)
        Columns in the order of `labels`.
    labels : sequence of str
        The labels of the task; those unknown of all examples are left out.
    transformer_thresholds, baseline_thresholds : mapping of str to float
        Probability from which on each model gives a label.
    transformer_doubts, baseline_doubts : mapping of str to float, optional
        Probability from which on each model does not deny a label that it does not give either;
        by default the thresholds.
    bootstrap : Bootstrap, optional
        How intervals and tests are resampled: whole examples, all labels together.
    test_set : str, optional
        Name of the examples.

    Returns
    -------
    TaskComparison
    """
    known = {
        label: (column, np.flatnonzero(~np.isnan(gold[:, column])))
        for column, label in enumerate(labels)
        if not np.isnan(gold[:, column]).all()
    }
    first, second = (
        {
            label: _Ranking.of(
                probabilities[rows, column],
                gold[rows, column] >= _HOLDS_FROM,
                rows,
                thresholds[label],
                (doubts or thresholds)[label],
            )
            for label, (column, rows) in known.items()
        }
        for probabilities, thresholds, doubts in (
            (transformer_probabilities, transformer_thresholds, transformer_doubts),
            (baseline_probabilities, baseline_thresholds, baseline_doubts),
        )
    )
    paired = measure_paired(
        np.ones(len(gold), dtype=np.int64),
        first=lambda counts: _measures(first, counts),
        second=lambda counts: _measures(second, counts),
        bootstrap=bootstrap or Bootstrap(),
    )
    return TaskComparison(
        task=task,
        exclusive=False,
        n=int((~np.isnan(gold)).any(axis=1).sum()),
        test_set=test_set,
        transformer=_scores(paired.first, first),
        baseline=_scores(paired.second, second),
        majority=Scores(
            measures={},
            labels={label: _majority(ranking.true) for label, ranking in first.items()},
        ),
        difference=_scores(paired.difference, {}),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ranking:
    """One model's answers about one label, lowest probability first."""

    rows: IntArray
    true: BoolArray
    probabilities: FloatArray
    starts: IntArray
    threshold: float
    doubtful_from: float

    @classmethod
    def of(
        cls,
        probabilities: FloatArray,
        true: BoolArray,
        rows: IntArray,
        threshold: float,
        doubtful_from: float,
    ) -> "_Ranking":
        order = np.argsort(probabilities, kind="stable")
        _, starts = np.unique(probabilities[order], return_index=True)
        return cls(
            rows=rows[order],
            true=true[order],
            probabilities=probabilities[order],
            starts=starts,
            threshold=threshold,
            doubtful_from=doubtful_from,
        )

    def measures(self, counts: IntArray) -> dict[str, FloatArray]:
        drawn = counts[:, self.rows]
        positives = np.add.reduceat(drawn * self.true, self.starts, axis=1)
        negatives = np.add.reduceat(drawn * ~self.true, self.starts, axis=1)
        given_from = np.searchsorted(self.probabilities[self.starts], self.threshold)
        confusion = np.stack(
            [
                np.stack([side[:, :given_from].sum(axis=1), side[:, given_from:].sum(axis=1)], -1)
                for side in (negatives, positives)
            ],
            axis=-2,
        )
        precision, recall, f1 = precision_recall_f1(confusion)
        determined = (confusion.sum(axis=-1) > 0).all(axis=-1)
        ranked = {
            "auc": roc_auc(negatives, positives),
            "average_precision": average_precision(negatives, positives),
            "macro_f1": f1.mean(axis=-1),
        }
        return {
            **{name: np.where(determined, each, np.nan) for name, each in ranked.items()},
            "precision": precision[..., 1],
            "recall": recall[..., 1],
            "f1": f1[..., 1],
            "accuracy": accuracy(confusion),
        }

    def facts(self) -> dict[str, Measure]:
        given = self.probabilities >= self.threshold
        answered = given | (self.probabilities < self.doubtful_from)
        right = (given == self.true)[answered]
        return {
            "answered": Measure(value=float(answered.mean())),
            "answered_accuracy": Measure(value=float(right.mean()) if len(right) else None),
            "ece": Measure(value=expected_calibration_error(self.probabilities, self.true)),
            "threshold": Measure(value=self.threshold),
            "n": Measure(value=len(self.true)),
            "n_positive": Measure(value=int(self.true.sum())),
        }


def _measures(rankings: Mapping[str, _Ranking], counts: IntArray) -> dict[Key, FloatArray]:
    by_label = {label: ranking.measures(counts) for label, ranking in rankings.items()}
    measures: dict[Key, FloatArray] = {
        (label, name): values for label, each in by_label.items() for name, values in each.items()
    }
    both_classes = ~np.isnan([each["auc"] for each in by_label.values()])
    for name in ("auc", "f1"):
        values = np.array([each[name] for each in by_label.values()])
        total = np.where(both_classes, values, 0.0).sum(axis=0)
        measures[None, f"mean_{name}"] = np.divide(
            total,
            both_classes.sum(axis=0),
            out=np.full(total.shape, np.nan),
            where=both_classes.any(axis=0),
        )
    return measures


def _scores(measured: Mapping[Key, Measure], rankings: Mapping[str, _Ranking]) -> Scores:
    labels: dict[str, dict[str, Measure]] = {}
    means: dict[str, Measure] = {}
    for (label, name), measure in measured.items():
        (means if label is None else labels.setdefault(label, {}))[name] = measure
    for label, ranking in rankings.items():
        labels[label].update(ranking.facts())
    return Scores(
        measures=means,
        labels={label: Scores(measures=measures) for label, measures in labels.items()},
    )


def _majority(true: BoolArray) -> Scores:
    share = float(true.mean())
    commonest = max(share, 1 - share)
    f1_of_commonest = 2 * commonest / (1 + commonest)
    measures = {
        "f1": f1_of_commonest if share > _HOLDS_FROM else 0.0,
        "macro_f1": f1_of_commonest / 2,
        "accuracy": commonest,
    }
    return Scores(measures={name: Measure(value=value) for name, value in measures.items()})
