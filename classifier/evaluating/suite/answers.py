"""What one family of a model answers to the suite's sentences."""

from collections.abc import Callable, Sequence

import numpy as np

from classifier.evaluating.evaluation import Answering
from classifier.evaluating.metrics import BoolArray, FloatArray
from classifier.labelling.calibration import Family
from classifier.tasks import TASKS, TaskName
from classifier.thread import TargetKind

_AT_ONCE = 256
_KIND: TargetKind = "topic"
_EXCLUSIVE = {task.name for tasks in TASKS.values() for task in tasks if task.exclusive}


class Respondent:
    """One family of a model, as the suite asks it.

    Parameters
    ----------
    model : Answering
        A released model.
    family : {"transformer", "baseline"}
        Which of its two answers.
    advance : callable
        Called with the number of sentences just answered.
    """

    def __init__(self, model: Answering, family: Family, advance: Callable[[int], None]) -> None:
        self.tasks = model.tasks
        self.asked = 0
        self._model = model
        self._family = family
        self._advance = advance

    def ask(
        self, texts: Sequence[str], targets: Sequence[str] | None = None
    ) -> dict[TaskName, FloatArray]:
        """Return each task's probabilities, of shape (n_texts, n_labels).

        Targets are topics. They are passed over by a model that answers nothing about them.
        """
        with_target = "stance" in self.tasks
        blocks = []
        for start in range(0, len(texts), _AT_ONCE):
            chosen = slice(start, start + _AT_ONCE)
            asked = (targets or [""] * len(texts))[chosen] if with_target else None
            blocks.append(
                self._model.predict_all(
                    texts[chosen],
                    asked,
                    kinds=None if asked is None else [_KIND] * len(asked),
                    by=self._family,
                )
            )
            self._advance(len(texts[chosen]))
        self.asked += len(texts)
        return {task: np.concatenate([block[task] for block in blocks]) for task in self.tasks}

    def column(self, task: TaskName, label: str) -> int:
        """Return in which column of a task's probabilities a label stands."""
        return self._model.labels(task).index(label)

    def threshold(self, task: TaskName, label: str) -> float:
        """Return from which probability on a label that may stand with others is given."""
        return self._model.reading(task, by=self._family).thresholds[self.column(task, label)]

    def given(self, task: TaskName, probabilities: FloatArray) -> BoolArray:
        """Return which labels are given, at the model's own thresholds.

        Parameters
        ----------
        task : str
            One of the model's tasks.
        probabilities : array of shape (n_texts, n_labels)
            As `ask` returns them.

        Returns
        -------
        array of shape (n_texts, n_labels)
            Of an exclusive task at most one a row; none where the model abstains.
        """
        reading = self._model.reading(task, by=self._family)
        if task not in _EXCLUSIVE:
            return np.asarray(probabilities >= np.asarray(reading.thresholds))
        best = probabilities.argmax(axis=1)[:, None] == np.arange(probabilities.shape[1])
        return np.asarray(best & (probabilities >= reading.least_of(_KIND)))
