"""Put a released model folder together: network, tokenizer, baseline, calibration, card."""

import json
import logging
import shutil
from collections.abc import Collection, Sequence
from dataclasses import asdict, replace
from pathlib import Path

import numpy as np

from classifier.checksums import write_checksums
from classifier.examples import Example
from classifier.labelling.baseline import Baseline
from classifier.labelling.calibration import (
    Calibration,
    FloatArray,
    TaskCalibration,
    write_calibration,
)
from classifier.labelling.encoder import Encoder, RawModel
from classifier.labelling.released import find_model
from classifier.tasks import TASKS, ModelName, TaskName, columns_of
from classifier.training.arguments import TrainingArguments
from classifier.training.baseline import fit_baseline
from classifier.training.calibrate import calibrate, corpus_weights
from classifier.training.export import export
from classifier.training.mixture import held_out_examples, one_of_each, training_examples
from classifier.training.soft_labels import shares_of, softened, teacher_answers
from classifier.training.targets import target_matrix

log = logging.getLogger(__name__)


def train(
    model: ModelName,
    *,
    corpora: Path,
    output: Path,
    runs: Path,
    arguments: TrainingArguments,
    teacher: str | None = None,
    only: Collection[str] = (),
    models: Path | None = None,
) -> Path:
    """Train a model from the corpora and write its released folder.

    Parameters
    ----------
    model : {"comment", "stance", "tone"}
        Which model.
    corpora : Path
        Folder that holds the corpora.
    output : Path
        Folder of model folders; the model's own is made or renewed in it.
    runs : Path
        Where checkpoints go; an interrupted run is continued from there.
    arguments : TrainingArguments
        Hyperparameters; a `base` that is the name of a model is that model's encoder, as released.
    teacher : str, optional
        Folder or hub id of a larger checkpoint, fine-tuned on the same corpora, whose answers
        the model learns beside the labels.
    only : collection of str
        Corpora to learn from; by default all, and the examples of our own writing.
    models : Path, optional
        Where a model to begin from is looked for first.

    Returns
    -------
    Path
        The released folder.
    """
    from classifier.training.dequantising import dequantise
    from classifier.training.fit import fit

    examples = training_examples(model, corpora, with_own=arguments.own_examples, only=only)
    if arguments.each_once:
        examples = one_of_each(examples, seed=arguments.seed)
    log.info("%d training examples", len(examples))
    tasks, wanted = TASKS[model], None
    if teacher is not None:
        said = teacher_answers(teacher, examples, tasks=tasks, folder=runs / model)
        wanted = softened(
            target_matrix(examples, tasks), shares_of(said, tasks), share=arguments.teacher_share
        )
    started = arguments
    if arguments.base in TASKS:
        encoder = runs / model / "base"
        if not (encoder / "config.json").is_file():
            dequantise(find_model(arguments.base, models=models), encoder)
        started = replace(arguments, base=str(encoder))
    checkpoint = fit(examples, tasks=tasks, folder=runs / model, arguments=started, wanted=wanted)
    return release(
        model,
        checkpoint=checkpoint,
        examples=examples,
        dev=held_out_examples(model, corpora, "dev"),
        output=output,
        arguments=arguments,
    )


def release(
    model: ModelName,
    *,
    checkpoint: Path,
    examples: Sequence[Example],
    dev: Sequence[Example],
    output: Path,
    arguments: TrainingArguments,
) -> Path:
    """Write the released folder of a fine-tuned checkpoint.

    Parameters
    ----------
    checkpoint : Path
        What `fit` returned.
    examples, dev : sequence of Example
        What the baseline learns from, and what calibration and thresholds are fitted on.

    Returns
    -------
    Path
        ``output / model``.
    """
    tasks = TASKS[model]
    folder = output / model
    folder.mkdir(parents=True, exist_ok=True)
    export(checkpoint, folder / "model.onnx")
    shutil.copy(checkpoint / "tokenizer.json", folder / "tokenizer.json")
    config = json.loads((checkpoint / "config.json").read_text(encoding="utf-8"))
    for repeated in ("_name_or_path", "learned_from"):
        config.pop(repeated, None)
    config["classifier"] = {
        "model": model,
        "tasks": [asdict(task) for task in tasks],
        "training": _portable(arguments),
        "examples": len(examples),
        "corpora": sorted({example.corpus for example in examples if example.corpus}),
    }
    (folder / "config.json").write_text(json.dumps(config, indent=1) + "\n", encoding="utf-8")
    baseline = fit_baseline(examples, tasks=tasks, seed=arguments.seed)
    baseline.save(folder / "baseline.skops")
    encoder = Encoder(folder, tasks=tasks)
    calibration: Calibration = {
        "transformer": _readings(encoder, dev, model),
        "baseline": _readings(baseline, dev, model),
    }
    write_calibration(folder / "calibration.json", calibration)
    write_checksums(folder)
    return folder


def _readings(
    raw: RawModel | Baseline, dev: Sequence[Example], model: ModelName
) -> dict[TaskName, TaskCalibration]:
    tasks = TASKS[model]
    targets = [example.target or "" for example in dev] if model == "stance" else None
    logits = raw.logits([example.text for example in dev], targets)
    wanted = target_matrix(dev, tasks).astype(np.float64)
    readings: dict[TaskName, TaskCalibration] = {}
    for task in tasks:
        asked = {example.corpus for example in dev if example.label in task.unreported}
        columns = columns_of(tasks)[task.name]
        own = wanted[:, columns]
        if not task.exclusive:
            own = _without_one_sided(own, dev)
        known = ~np.isnan(own).all(axis=1)
        readings[task.name] = calibrate(
            logits[known, columns],
            own[known],
            task=task,
            weights=corpus_weights([dev[index] for index in np.flatnonzero(known).tolist()]),
            kinds=[dev[index].target_kind for index in np.flatnonzero(known).tolist()],
            all_asked=np.array([example.corpus in asked for example in dev])[known],
        )
    return readings


def _without_one_sided(wanted: FloatArray, examples: Sequence[Example]) -> FloatArray:
    """Return what is right, unknown where a corpus has a label always or never.

    Such a corpus says nothing about where the label begins, and would move its threshold.
    """
    kept = wanted.copy()
    corpora = np.array([example.corpus for example in examples])
    for corpus in np.unique(corpora):
        rows = np.flatnonzero(corpora == corpus)
        held = wanted[rows] >= 0.5  # noqa: PLR2004 - one half
        known = ~np.isnan(wanted[rows])
        one_sided = ~((held & known).any(axis=0) & (~held & known).any(axis=0))
        kept[np.ix_(rows, one_sided)] = np.nan
    return kept


def _portable(arguments: TrainingArguments) -> dict[str, object]:
    """Return the hyperparameters, a local base folder named by its last part only."""
    content = asdict(arguments)
    if Path(arguments.base).is_dir():
        content["base"] = TrainingArguments().base
    return content
