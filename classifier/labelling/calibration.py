"""Turn a model's raw outputs into probabilities that mean what they say, and into decisions."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from classifier.errors import ModelError
from classifier.tasks import Task, TaskName
from classifier.thread import TargetKind

FloatArray = NDArray[np.float64]
Family = Literal["transformer", "baseline"]

_NEUTRAL_THRESHOLD = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class KindReading:
    """How stance towards one kind of target is read.

    Parameters
    ----------
    scale : float
        By what logits are multiplied.
    least : float
        A most probable stance under this probability is not given.
    """

    scale: float
    least: float


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskCalibration:
    """How one task's raw outputs are read.

    Parameters
    ----------
    scale, bias : tuple of float
        One a reported label; a label's calibrated logit is ``scale * logit + bias`` (Platt 1999);
        for exclusive tasks the scales are equal and the biases 0 (Guo et al. 2017).
    thresholds : tuple of float
        For tasks whose labels may hold together: a label holds from this probability on.
    uncertain_from : tuple of float
        For such tasks: from this probability up to the threshold, the label can neither be
        given nor denied.
    promised : tuple of float
        For such tasks: how often the label was right, among the examples of the fit to which the
        threshold gives it; empty where it was not measured.
    least : float
        For exclusive tasks: a most probable label under this probability is not given.
    of_kinds : mapping of str to KindReading
        For stance: what stands in the place of `scale` and `least` where the target is an
        article, a parent or a topic.
    unreported : tuple of float
        What is added to the calibrated logit of each output that is not reported, where those
        count too; nothing where it is empty.
    """

    scale: tuple[float, ...]
    bias: tuple[float, ...]
    thresholds: tuple[float, ...] = ()
    uncertain_from: tuple[float, ...] = ()
    promised: tuple[float, ...] = ()
    least: float = 0.0
    of_kinds: Mapping[TargetKind, KindReading] = field(default_factory=dict)
    unreported: tuple[float, ...] = ()

    @classmethod
    def unfitted(cls, task: Task) -> "TaskCalibration":
        """Return the reading that leaves logits as they are and decides at one half."""
        size = len(task.labels)
        return cls(
            scale=(1.0,) * size,
            bias=(0.0,) * size,
            thresholds=() if task.exclusive else (_NEUTRAL_THRESHOLD,) * size,
            uncertain_from=() if task.exclusive else (_NEUTRAL_THRESHOLD,) * size,
        )

    def adjusted(
        self,
        logits: FloatArray,
        *,
        kinds: Sequence[TargetKind | None] | None = None,
    ) -> FloatArray:
        """Return calibrated logits.

        Parameters
        ----------
        logits : array of shape (n, n_outputs)
            The task's raw outputs; those after the reported labels are scaled like the first.
        kinds : sequence of str or None, optional
            One a row: what kind of target it was asked about.

        Returns
        -------
        array of shape (n, n_outputs)
        """
        more = logits.shape[1] - len(self.scale)
        scale = self.scale + self.scale[:1] * more
        bias = self.bias + (self.unreported or (0.0,) * more)[:more]
        scales = np.tile(scale, (len(logits), 1))
        for row, kind in enumerate(kinds or ()):
            if kind is not None and kind in self.of_kinds:
                scales[row] = self.of_kinds[kind].scale
        moved: FloatArray = logits * scales + bias
        return moved

    def least_of(self, kind: TargetKind | None) -> float:
        """Return under which probability a stance towards such a target is not given."""
        of_kind = None if kind is None else self.of_kinds.get(kind)
        return self.least if of_kind is None else of_kind.least

    def probabilities(
        self,
        logits: FloatArray,
        task: Task,
        *,
        kinds: Sequence[TargetKind | None] | None = None,
        unreported: bool = False,
    ) -> FloatArray:
        """Return calibrated probabilities of the reported labels.

        Parameters
        ----------
        logits : array of shape (n, n_outputs)
            The task's raw outputs.
        task : Task
            The task that they answer.
        kinds : sequence of str or None, optional
            One a row: what kind of target it was asked about.
        unreported : bool
            Keep the outputs that are not reported; otherwise their share goes to the reported
            ones.

        Returns
        -------
        array of shape (n, n_labels), or (n, n_outputs)
            Rows sum to one for exclusive tasks.
        """
        size = len(task.labels) + (len(task.unreported) if unreported else 0)
        adjusted = self.adjusted(logits[:, :size], kinds=kinds)
        if not task.exclusive:
            return 1.0 / (1.0 + np.exp(-np.clip(adjusted, -60.0, 60.0)))
        powers = np.exp(adjusted - adjusted.max(axis=1, keepdims=True))
        shares: FloatArray = powers / powers.sum(axis=1, keepdims=True)
        return shares


Calibration = dict[Family, dict[TaskName, TaskCalibration]]


def read_calibration(file: Path, tasks: tuple[Task, ...]) -> Calibration:
    """Read ``calibration.json``.

    Raises
    ------
    ModelError
        If the file is missing, not JSON, or does not fit the model's tasks.
    """
    try:
        content = json.loads(file.read_text(encoding="utf-8"))
        calibration: Calibration = {
            family: {task.name: _task_calibration(content[family][task.name]) for task in tasks}
            for family in ("transformer", "baseline")
        }
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelError(
            f"{file}: the model's calibration is missing or damaged: install the model again"
        ) from error
    for readings in calibration.values():
        for task in tasks:
            if len(readings[task.name].scale) != len(task.labels):
                raise ModelError(f"{file}: the calibration is of another model than {task.name}")
    return calibration


def _task_calibration(content: dict[str, Any]) -> TaskCalibration:
    return TaskCalibration(
        scale=tuple(content["scale"]),
        bias=tuple(content["bias"]),
        thresholds=tuple(content["thresholds"]),
        uncertain_from=tuple(content["uncertain_from"]),
        promised=tuple(content.get("promised", ())),
        least=float(content["least"]),
        unreported=tuple(content.get("unreported", ())),
        of_kinds={
            kind: KindReading(scale=float(each["scale"]), least=float(each["least"]))
            for kind, each in content.get("of_kinds", {}).items()
        },
    )


def write_calibration(file: Path, calibration: Calibration) -> None:
    """Write ``calibration.json``."""
    content = {
        family: {name: asdict(reading) for name, reading in readings.items()}
        for family, readings in calibration.items()
    }
    file.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
