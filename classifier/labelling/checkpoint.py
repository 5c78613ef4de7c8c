"""Put any sequence-classification checkpoint in a released model's place."""

import json
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from classifier.errors import MissingExtraError, ModelError
from classifier.labelling.calibration import Calibration, FloatArray, TaskCalibration
from classifier.labelling.encoder import RawModel
from classifier.labelling.released import ReleasedModel, find_model
from classifier.tasks import TASKS, ModelName, Task

_OTHER_NAMES = {
    "toxic": "toxicity",
    "offensive": "toxicity",
    "severe_toxic": "severe_toxicity",
    "obscene": "profanity",
    "identity_hate": "identity_attack",
    "pos": "positive",
    "neu": "neutral",
    "neg": "negative",
    "none": "neutral",
    "support": "favor",
    "favour": "favor",
    "pro": "favor",
    "con": "against",
    "deny": "against",
}
_MOST_TOKENS = 512
_AT_ONCE = 16


def load_model(
    name: ModelName,
    *,
    replacement: str | Path | None,
    models: Path | None,
    threads: int | None,
) -> ReleasedModel:
    """Load the released model of that name, or what the user put in its place.

    Parameters
    ----------
    name : {"comment", "stance", "tone"}
        Whose place it is.
    replacement : str or Path or None
        A released folder, or the folder or hub id of a sequence-classification checkpoint.
    models, threads
        As for `Scorer`.

    Raises
    ------
    ModelError
        If a model is missing, damaged, of another task, or answers none of the labels.
    MissingExtraError
        If a checkpoint is named and the ``train`` extra is not installed.
    """
    if replacement is None:
        return ReleasedModel.load(find_model(name, models=models), threads=threads)
    if _is_released(Path(replacement)):
        model = ReleasedModel.load(Path(replacement), threads=threads)
        if model.tasks != tuple(task.name for task in TASKS[name]):
            raise ModelError(
                f"{replacement}: this model answers {', '.join(model.tasks)} and cannot take "
                f"the place of '{name}'"
            )
        return model
    released = ReleasedModel.load(find_model(name, models=models), threads=threads)
    return _ReplacedModel(released, str(replacement), tasks=TASKS[name])


def _is_released(folder: Path) -> bool:
    """Tell whether a folder is a released one, not a checkpoint of another making."""
    try:
        return "classifier" in json.loads((folder / "config.json").read_text(encoding="utf-8"))
    except OSError:
        return False
    except ValueError as error:
        raise ModelError(f"{folder / 'config.json'}: not JSON: the model is damaged") from error


class _ReplacedModel(ReleasedModel):
    """A released model some of whose outputs another checkpoint gives."""

    def __init__(
        self, released: ReleasedModel, checkpoint: str, *, tasks: tuple[Task, ...]
    ) -> None:
        self._released = released
        self._checkpoint = Checkpoint(checkpoint, tasks=tasks)
        super().__init__(
            released.folder,
            tasks=tasks,
            calibration=_with_unfitted(released.calibration, tasks, self._checkpoint.columns),
            threads=released.threads,
        )

    @cached_property
    def transformer(self) -> RawModel:
        return _Overlaid(self._released, self._checkpoint)


class _Overlaid:
    """The checkpoint's outputs, and the released model's where it has none."""

    def __init__(self, released: ReleasedModel, checkpoint: "Checkpoint") -> None:
        self._released = released
        self._checkpoint = checkpoint

    def logits(self, texts: Sequence[str], targets: Sequence[str] | None = None) -> FloatArray:
        own = self._checkpoint.logits(texts, targets)
        if not np.isnan(own).any():
            return own
        return np.where(np.isnan(own), self._released.transformer.logits(texts, targets), own)


class Checkpoint:
    """A sequence-classification checkpoint run with `transformers`.

    Its weights are read from safetensors only, since pickled ones could run code. Its labels are
    matched by name with ours and with usual other names; texts longer than 512 tokens are cut, as
    such checkpoints expect.

    Parameters
    ----------
    source : str
        Folder or hub id.
    tasks : tuple of Task
        What it is asked.

    Raises
    ------
    MissingExtraError
        If torch or transformers is not installed.
    ModelError
        If it cannot be loaded, or no label of its is known.
    """

    def __init__(self, source: str, *, tasks: tuple[Task, ...]) -> None:
        try:
            from transformers import AutoModelForSequenceClassification, AutoTokenizer
        except ImportError as error:
            raise MissingExtraError(f"the checkpoint {source}", "train") from error
        try:
            self._tokenizer: Any = AutoTokenizer.from_pretrained(source)
            self._model: Any = AutoModelForSequenceClassification.from_pretrained(
                source, use_safetensors=True
            ).eval()
        except (OSError, ValueError) as error:
            raise ModelError(
                f"{source}: not a sequence-classification checkpoint with its weights in "
                "safetensors; pickled weights are not read"
            ) from error
        names = {int(column): str(label) for column, label in self._model.config.id2label.items()}
        outputs = [(task, label) for task in tasks for label in task.outputs]
        self._width = len(outputs)
        self.columns: dict[int, int] = {}
        for theirs, label in names.items():
            known = label.casefold().replace(" ", "_")
            known = _OTHER_NAMES.get(known, known)
            for ours, (_, output) in enumerate(outputs):
                if output == known:
                    self.columns[ours] = theirs
        if not self.columns:
            raise ModelError(
                f"{source}: its labels ({', '.join(names.values())}) are none of "
                f"{', '.join(label for _, label in outputs)}: rename them in its config.json"
            )
        self._independent = self._model.config.problem_type == "multi_label_classification"
        self._exclusive = {column for column, (task, _) in enumerate(outputs) if task.exclusive}

    def logits(self, texts: Sequence[str], targets: Sequence[str] | None = None) -> FloatArray:
        """Return raw outputs, not-a-number in columns that the checkpoint does not answer."""
        import torch

        outputs = np.full((len(texts), self._width), np.nan)
        for start in range(0, len(texts), _AT_ONCE):
            chosen = slice(start, start + _AT_ONCE)
            first = list(texts[chosen] if targets is None else targets[chosen])
            second = None if targets is None else list(texts[chosen])
            inputs = self._tokenizer(
                first,
                second,
                padding=True,
                truncation="longest_first",
                max_length=_MOST_TOKENS,
                return_tensors="pt",
            )
            with torch.inference_mode():
                theirs = self._model(**inputs).logits.double()
            shares = theirs.log_softmax(dim=1)
            for ours, column in self.columns.items():
                if self._independent or ours in self._exclusive:
                    outputs[chosen, ours] = theirs[:, column].numpy()
                else:
                    log_share = shares[:, column]
                    rest = torch.log1p(-log_share.exp().clamp(max=1 - 1e-9))
                    outputs[chosen, ours] = (log_share - rest).numpy()
        return outputs


def _with_unfitted(
    calibration: Calibration, tasks: tuple[Task, ...], replaced: dict[int, int]
) -> Calibration:
    """Return the calibration with the replaced columns' readings reset."""
    readings = dict(calibration["transformer"])
    column = 0
    for task in tasks:
        plain, own = TaskCalibration.unfitted(task), readings[task.name]
        new = [column + place in replaced for place in range(len(task.labels))]

        def mixed(
            fitted: tuple[float, ...], reset: tuple[float, ...], new: list[bool] = new
        ) -> tuple[float, ...]:
            return tuple(
                r if is_new else f for f, r, is_new in zip(fitted, reset, new, strict=True)
            )

        readings[task.name] = (
            TaskCalibration(scale=plain.scale, bias=plain.bias)
            if task.exclusive and any(new)
            else TaskCalibration(
                scale=mixed(own.scale, plain.scale),
                bias=mixed(own.bias, plain.bias),
                thresholds=mixed(own.thresholds, plain.thresholds) if own.thresholds else (),
                uncertain_from=mixed(own.uncertain_from, plain.uncertain_from)
                if own.uncertain_from
                else (),
                least=own.least,
                of_kinds=own.of_kinds,
                unreported=own.unreported,
            )
        )
        column += len(task.outputs)
    return {"transformer": readings, "baseline": calibration["baseline"]}
