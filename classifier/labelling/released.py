"""Find and load the folders that models are released in."""

import json
import os
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

from classifier.checksums import CHECKSUMS, verify_checksums
from classifier.errors import ModelError, UsageError
from classifier.labelling.baseline import Baseline
from classifier.labelling.calibration import (
    Calibration,
    Family,
    FloatArray,
    TaskCalibration,
    read_calibration,
)
from classifier.labelling.encoder import Encoder, RawModel, usable_cores
from classifier.tasks import TASKS, Task, TaskName, columns_of
from classifier.thread import TargetKind

_ENVIRONMENT = "CLASSIFIER_MODELS"
_FILES = ("config.json", "calibration.json", "tokenizer.json", "model.onnx", "baseline.skops")


def model_roots(models: Path | None = None) -> list[Path]:
    """Return the folders in which models are looked for, first found wins.

    Parameters
    ----------
    models : Path, optional
        A folder given by the user; it stands before ``CLASSIFIER_MODELS`` and the copy inside
        the installed package.
    """
    roots = [models] if models is not None else []
    if from_environment := os.environ.get(_ENVIRONMENT):
        roots.append(Path(from_environment))
    package = Path(__file__).parent.parent
    return [*roots, package / "models", package.parent / "models"]


def find_model(name: str, *, models: Path | None = None) -> Path:
    """Return the folder of a released model.

    Raises
    ------
    ModelError
        If no folder of that name holds a ``config.json``, or checksums that say it should.
    """
    for root in model_roots(models):
        if any((root / name / file).is_file() for file in ("config.json", CHECKSUMS)):
            return root / name
    looked = ", ".join(str(root) for root in model_roots(models))
    raise ModelError(
        f"model '{name}' was not found in {looked}: install classifier again, train it with "
        f"'classifier train {name}', or name its folder with --models or {_ENVIRONMENT}"
    )


def list_models(*, models: Path | None = None) -> list[Path]:
    """Return the folders of all models that would be used, by name."""
    found: dict[str, Path] = {}
    for root in model_roots(models):
        if root.is_dir():
            for config in sorted(root.glob("*/config.json")):
                found.setdefault(config.parent.name, config.parent)
    return [found[name] for name in sorted(found)]


class ReleasedModel:
    """A released model: the transformer, the baseline, and how their outputs are read.

    Parameters
    ----------
    folder : Path
        The released folder.
    tasks : tuple of Task
        What the model answers.
    calibration : Calibration
        How raw outputs become probabilities and decisions.
    threads : int, optional
        Processor threads of the transformer.
    """

    def __init__(
        self,
        folder: Path,
        *,
        tasks: tuple[Task, ...],
        calibration: Calibration,
        threads: int | None = None,
    ) -> None:
        self.folder = folder
        self.tasks = tuple(task.name for task in tasks)
        self.calibration = calibration
        self._tasks = tasks
        self._threads = threads

    @property
    def threads(self) -> int:
        """How many processor threads the transformer may use."""
        return self._threads or usable_cores()

    @classmethod
    def load(cls, folder: Path, *, threads: int | None = None) -> "ReleasedModel":
        """Verify and read a released folder; networks are loaded when first used.

        Raises
        ------
        ModelError
            If the folder holds no model of this package, or its files are not those that its
            checksums were written for.
        """
        file = folder / "config.json"
        try:
            name = json.loads(file.read_text(encoding="utf-8"))["classifier"]["model"]
            tasks = TASKS[name]
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise ModelError(
                f"{file}: not the configuration of a released model: install the model again"
            ) from error
        verify_checksums(folder, read=_FILES)
        calibration = read_calibration(folder / "calibration.json", tasks)
        return cls(folder, tasks=tasks, calibration=calibration, threads=threads)

    def with_network_of(self, folder: Path) -> "ReleasedModel":
        """Return a model with another folder's network and tokenizer and this one's calibration.

        The network is read at once; the folder may go afterwards.

        Raises
        ------
        ModelError
            If the folder's network is missing or damaged.
        """
        other = ReleasedModel(
            folder, tasks=self._tasks, calibration=self.calibration, threads=self._threads
        )
        _ = other.transformer
        return other

    @cached_property
    def transformer(self) -> RawModel:
        """The fine-tuned encoder."""
        return Encoder(self.folder, tasks=self._tasks, threads=self._threads)

    @cached_property
    def baseline(self) -> RawModel:
        """The scikit-learn baseline that the transformer is measured against."""
        return Baseline.load(self.folder / "baseline.skops")

    def task(self, name: TaskName) -> Task:
        """Return one of the model's tasks.

        Raises
        ------
        UsageError
            If the model does not answer it.
        """
        for task in self._tasks:
            if task.name == name:
                return task
        raise UsageError(f"the model in {self.folder} does not answer {name!r}")

    def labels(self, name: TaskName) -> tuple[str, ...]:
        """Return a task's labels in the order of `predict`'s columns."""
        return self.task(name).labels

    def outputs(self, name: TaskName) -> tuple[str, ...]:
        """Return a task's labels and, after them, the outputs that only training knows."""
        return self.task(name).outputs

    def reading(self, name: TaskName, *, by: Family = "transformer") -> TaskCalibration:
        """Return how a task's outputs are calibrated and decided on."""
        return self.calibration[by][name]

    def thresholds(self, name: TaskName, *, by: Family = "transformer") -> dict[str, float]:
        """Return from which probability on each label of a non-exclusive task holds."""
        return dict(zip(self.labels(name), self.reading(name, by=by).thresholds, strict=True))

    def predict_all(
        self,
        texts: Sequence[str],
        targets: Sequence[str] | None = None,
        *,
        kinds: Sequence[TargetKind | None] | None = None,
        by: Family = "transformer",
        unreported: bool = False,
    ) -> dict[TaskName, FloatArray]:
        """Return calibrated probabilities of every task from one pass.

        Parameters
        ----------
        texts : sequence of str
            Own words.
        targets : sequence of str, optional
            What each stance is towards; required by, and only by, a stance model.
        kinds : sequence of {"article", "parent", "topic"} or None, optional
            What kind of target each is, where known: how sure the model may be depends on it.
        by : {"transformer", "baseline"}
            Which of the two answers.
        unreported : bool
            Give the outputs that only training knows a column of their own, after the labels'.

        Returns
        -------
        dict of task name to array of shape (n_texts, n_labels), or (n_texts, n_outputs)
        """
        raw = (self.transformer if by == "transformer" else self.baseline).logits(texts, targets)
        columns = columns_of(self._tasks)
        return {
            task.name: self.reading(task.name, by=by).probabilities(
                raw[:, columns[task.name]], task, kinds=kinds, unreported=unreported
            )
            for task in self._tasks
        }

    def predict(
        self,
        task: TaskName,
        texts: Sequence[str],
        targets: Sequence[str] | None = None,
        *,
        kinds: Sequence[TargetKind | None] | None = None,
        by: Family = "transformer",
    ) -> FloatArray:
        """Return one task's calibrated probabilities, shape (n_texts, n_labels).

        Raises
        ------
        UsageError
            If the model does not answer the task.
        """
        self.task(task)
        return self.predict_all(texts, targets, kinds=kinds, by=by)[task]
