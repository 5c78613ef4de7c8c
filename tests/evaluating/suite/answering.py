"""Models made for the suite's tests: what they answer follows from the text by a known rule."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from classifier.evaluating.metrics import FloatArray
from classifier.labelling.calibration import Family, TaskCalibration
from classifier.tasks import TASKS, ModelName, TaskName
from classifier.thread import TargetKind

Probability = Callable[[str, str, str], float]


class RuleModel:
    """Gives each label the probability that a rule gives it; the baseline knows nothing.

    Parameters
    ----------
    model : {"comment", "stance", "tone"}
        Whose tasks it answers.
    rule : callable
        Takes text, target and label; returns a probability.
    least : float
        How probable the first label must be, or the model abstains.
    """

    def __init__(self, model: ModelName, rule: Probability, *, least: float = 0.0) -> None:
        self.tasks: tuple[TaskName, ...] = tuple(task.name for task in TASKS[model])
        self.asked: list[tuple[str, str]] = []
        self._known = {task.name: task for task in TASKS[model]}
        self._rule = rule
        self._least = least

    def labels(self, name: TaskName) -> tuple[str, ...]:
        return self._known[name].labels

    def outputs(self, name: TaskName) -> tuple[str, ...]:
        return self._known[name].labels

    def reading(self, name: TaskName, **_: object) -> TaskCalibration:
        return replace(TaskCalibration.unfitted(self._known[name]), least=self._least)

    def predict_all(
        self,
        texts: Sequence[str],
        targets: Sequence[str] | None = None,
        *,
        kinds: Sequence[TargetKind | None] | None = None,  # noqa: ARG002 - part of the protocol
        by: Family = "transformer",
        unreported: bool = False,
    ) -> dict[TaskName, FloatArray]:
        assert not unreported
        pairs = list(zip(texts, targets or [""] * len(texts), strict=True))
        if by == "transformer":
            self.asked += pairs
        return {
            task: np.array(
                [
                    [
                        self._rule(*pair, label) if by == "transformer" else 0.3
                        for label in self.labels(task)
                    ]
                    for pair in pairs
                ]
            )
            for task in self.tasks
        }
