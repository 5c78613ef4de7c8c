"""Compare two models on a task of which exactly one label holds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from classifier.evaluating.comparison import Measure, Scores, TaskComparison
from classifier.evaluating.metrics import (
    FloatArray,
    IntArray,
    accuracy,
    expected_calibration_error,
    precision_recall_f1,
)
from classifier.evaluating.paired import measure_paired
from classifier.evaluating.resampling import Bootstrap, mcnemar_p_value
from classifier.tasks import TaskName

_SIDES = ("favor", "against")


def compare_single(
    task: TaskName,
    gold: Sequence[str],
    transformer_probabilities: FloatArray,
    baseline_probabilities: FloatArray,
    labels: Sequence[str],
    *,
    transformer_least: float | Sequence[float] = 0.0,
    baseline_least: float | Sequence[float] = 0.0,
    bootstrap: Bootstrap | None = None,
    test_set: str | None = None,
) -> TaskComparison:
    """Compare a transformer with a baseline and with the majority class.

    Parameters
    ----------
    task : str
        Name of the task.
    gold : sequence of str
        The true label of each example, each one of `labels`.
    transformer_probabilities, baseline_probabilities : arrays of shape (n, n_labels)
        Rows sum to one; columns in the order of `labels`.
    labels : sequence of str
        The answers of the task. Means are over those that `gold`, or its resample, has; giving
        another one counts as an error.
    transformer_least, baseline_least : float or sequence of float
        Probability, of all or of each example, under which each model withholds its answer. It
        counts all the same, except for the accuracy of those that are not withheld.
    bootstrap : Bootstrap, optional
        How intervals and tests are resampled.
    test_set : str, optional
        Name of the examples.

    Returns
    -------
    TaskComparison
        Differences are tested by the paired bootstrap, that of accuracy by McNemar's exact test.
    """
    names = tuple(labels)
    true = np.array([names.index(label) for label in gold])
    first, second = (
        probabilities.argmax(axis=1)
        for probabilities in (transformer_probabilities, baseline_probabilities)
    )
    cells = np.zeros((len(names),) * 3, dtype=np.int64)
    np.add.at(cells, (true, first, second), 1)
    measuring = _Measuring(names=names, sides=task == "stance")
    paired = measure_paired(
        cells,
        first=lambda counts: measuring.of(counts.sum(axis=-1)),
        second=lambda counts: measuring.of(counts.sum(axis=-2)),
        bootstrap=bootstrap or Bootstrap(),
    )
    accuracy_apart = replace(paired.difference["accuracy"], p_value=_mcnemar(cells))
    always = np.zeros((len(names),) * 2, dtype=np.int64)
    always[:, np.bincount(true).argmax()] = np.bincount(true, minlength=len(names))
    return TaskComparison(
        task=task,
        exclusive=True,
        n=len(true),
        test_set=test_set,
        transformer=Scores(
            measures={
                **paired.first,
                **_trust(transformer_probabilities, true, transformer_least),
            },
            labels=measuring.labels(cells.sum(axis=-1)),
        ),
        baseline=Scores(
            measures={
                **paired.second,
                **_trust(baseline_probabilities, true, baseline_least),
            },
            labels=measuring.labels(cells.sum(axis=-2)),
        ),
        majority=Scores(
            measures={name: Measure(value=float(v)) for name, v in measuring.of(always).items()},
            labels=measuring.labels(always),
        ),
        difference=Scores(measures={**paired.difference, "accuracy": accuracy_apart}),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Measuring:
    """The measures of an exclusive task, from confusion counts of shape (..., labels, labels)."""

    names: tuple[str, ...]
    sides: bool

    def of(self, confusion: IntArray) -> Mapping[str, FloatArray]:
        _, recall, f1 = precision_recall_f1(confusion)
        has_it = confusion.sum(axis=-1) > 0
        values = {
            "macro_f1": f1.mean(axis=-1, where=has_it),
            "accuracy": accuracy(confusion),
            "macro_recall": recall.mean(axis=-1, where=has_it),
        }
        if self.sides:
            columns = [self.names.index(side) for side in _SIDES]
            values["favor_against_f1"] = f1[..., columns].mean(axis=-1)
        return values

    def labels(self, confusion: IntArray) -> dict[str, Scores]:
        precision, recall, f1 = precision_recall_f1(confusion)
        present = np.flatnonzero(confusion.sum(axis=-1))
        return {
            self.names[index]: Scores(
                measures={
                    "precision": Measure(value=float(precision[index])),
                    "recall": Measure(value=float(recall[index])),
                    "f1": Measure(value=float(f1[index])),
                    "support": Measure(value=int(confusion[index].sum())),
                }
            )
            for index in present
        }


def _trust(
    probabilities: FloatArray, true: IntArray, least: float | Sequence[float]
) -> dict[str, Measure]:
    """Return how far probabilities can be trusted, and what withholding doubtful answers gives."""
    right, confidence = probabilities.argmax(axis=1) == true, probabilities.max(axis=1)
    answered = confidence >= np.asarray(least)
    return {
        "ece": Measure(value=expected_calibration_error(confidence, right)),
        "answered": Measure(value=float(answered.mean())),
        "answered_accuracy": Measure(
            value=float(right[answered].mean()) if answered.any() else None
        ),
    }


def _mcnemar(cells: IntArray) -> float:
    both_right = sum(int(cells[label, label, label]) for label in range(len(cells)))
    return mcnemar_p_value(
        int(np.trace(cells.sum(axis=-1))) - both_right,
        int(np.trace(cells.sum(axis=-2))) - both_right,
    )
