"""A further stage of training: from a released model on, with the corpora as they are now.

What a corpus or examples of our own writing gained since a release is learned without training
anew: all of our own, a sample of the other corpora, and the released model's answers beside their
labels, so that it keeps what it knew (learning without forgetting, Li & Hoiem 2016). The weights
before and after are averaged (Wortsman et al. 2022, robust fine-tuning), in the share that dev
prefers.
"""

import json
import logging
import random
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from safetensors.torch import load_file, save_file

from classifier.checksums import write_checksums
from classifier.examples import Example
from classifier.labelling.calibration import FloatArray
from classifier.labelling.encoder import Encoder
from classifier.tasks import TASKS, ModelName
from classifier.training.arguments import TrainingArguments
from classifier.training.corpora import CORPORA
from classifier.training.corpora.own_threads import CORPUS as OWN_THREADS
from classifier.training.dequantising import dequantise
from classifier.training.dev_figures import dev_figures, mean_figure
from classifier.training.export import export
from classifier.training.fit import fit
from classifier.training.mixture import held_out_examples, training_examples
from classifier.training.own_examples import CORPUS
from classifier.training.release import release
from classifier.training.soft_labels import shares_of, softened, with_unreported
from classifier.training.targets import target_matrix

log = logging.getLogger(__name__)

FURTHER = TrainingArguments(
    epochs=1.0, learning_rate=5e-5, head_learning_rate=5e-5, warmup=0.05, decay=0.8
)
SAMPLE = {"comment": 70_000, "stance": 30_000, "tone": 10_000}
_SHARES = (0.5, 0.75, 1.0)
_AT_ONCE = 2048
_MOST_LOST = 0.005


def train_further(
    model: ModelName,
    *,
    released: Path,
    corpora: Path,
    output: Path,
    runs: Path,
    arguments: TrainingArguments = FURTHER,
) -> Path:
    """Train a released model further and write its folder anew.

    Parameters
    ----------
    model : {"comment", "stance", "tone"}
        Which model.
    released : Path
        Its folder.
    corpora : Path
        Folder that holds the corpora.
    output : Path
        Folder of model folders; the model's own is renewed in it.
    runs : Path
        Where checkpoints go; an interrupted stage is continued from there.
    arguments : TrainingArguments
        Hyperparameters; `base` is not used, `teacher_share` is the released model's share.

    Returns
    -------
    Path
        The released folder.
    """
    tasks, folder = TASKS[model], runs / f"{model}-further"
    before = folder / "before"
    if not (before / "config.json").is_file():
        dequantise(released, before)
    about = json.loads((released / "config.json").read_text(encoding="utf-8"))["classifier"]
    everything = training_examples(model, corpora, with_own=arguments.own_examples)
    examples, own = _chosen(everything, most=SAMPLE[model], seed=arguments.seed)
    wanted = target_matrix(examples, tasks)
    first = 0 if any(task.unreported for task in tasks) else own
    said = shares_of(
        _said(released, examples[first:], model=model, file=folder / "said.npy"), tasks
    )
    wanted[first:own] = with_unreported(wanted[first:own], said[: own - first], tasks)
    wanted[own:] = softened(wanted[own:], said[own - first :], share=arguments.teacher_share)
    checkpoint = fit(
        examples,
        tasks=tasks,
        folder=folder,
        arguments=replace(arguments, base=str(before)),
        wanted=wanted,
    )
    dev = held_out_examples(model, corpora, "dev")
    share, figures = _best_share(before, checkpoint, dev, model=model, folder=folder)
    written = release(
        model,
        checkpoint=folder / f"averaged-{share:g}",
        examples=everything,
        dev=dev,
        output=output,
        arguments=arguments,
    )
    stage = {
        "examples": len(examples),
        "choice": f"our own and a sample; of the weights after it {share:.0%}, before it "
        f"{1 - share:.0%}",
        "epochs": arguments.epochs,
        "seed": arguments.seed,
        "share": share,
        "dev": figures,
    }
    _tell(written / "config.json", about, stage)
    write_checksums(written)
    return written


def average(before: Path, after: Path, folder: Path, *, share: float) -> Path:
    """Write a checkpoint whose weights lie between those of two others.

    Parameters
    ----------
    before, after, folder : Path
        Checkpoints in `transformers`' layout; the last is made.
    share : float
        How near to `after` it lies, 0 to 1.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for file in after.iterdir():
        if file.is_file() and file.name != "model.safetensors":
            (folder / file.name).write_bytes(file.read_bytes())
    old, new = (load_file(each / "model.safetensors") for each in (before, after))
    mixed = {name: (1 - share) * old[name] + share * weight for name, weight in new.items()}
    save_file(mixed, folder / "model.safetensors", metadata={"format": "pt"})
    return folder


def _chosen(everything: Sequence[Example], *, most: int, seed: int) -> tuple[list[Example], int]:
    """Return our own examples before a sample of the others, and how many those are."""
    ours = {name for name, corpus in CORPORA.items() if corpus.shipped} | {CORPUS}
    written = [each for each in everything if (each.corpus or "").startswith(tuple(ours))]
    others = [each for each in everything if not (each.corpus or "").startswith(tuple(ours))]
    sample = random.Random(seed).sample(others, min(most, len(others)))  # noqa: S311 - no secret
    return [*written, *sample], len(written)


def _said(
    released: Path, examples: Sequence[Example], *, model: ModelName, file: Path
) -> FloatArray:
    """Return what the released network says of the examples, asked once."""
    if not file.is_file():
        network = Encoder(released, tasks=TASKS[model])
        answers = []
        for start in range(0, len(examples), _AT_ONCE):
            asked = examples[start : start + _AT_ONCE]
            targets = [each.target or "" for each in asked] if model == "stance" else None
            answers.append(network.logits([each.text for each in asked], targets))
            log.info("asked about %d of %d examples", start + len(asked), len(examples))
        with file.open("wb") as stream:
            np.save(stream, np.concatenate(answers), allow_pickle=False)
    said: FloatArray = np.load(file, allow_pickle=False)
    return said


def _best_share(
    before: Path, after: Path, dev: Sequence[Example], *, model: ModelName, folder: Path
) -> tuple[float, dict[str, dict[str, float]]]:
    """Return how near to the weights after it dev wants them, and dev's figures of each share."""
    figures: dict[str, dict[str, float]] = {}
    for share in (0.0, *_SHARES):
        mixed = average(before, after, folder / f"averaged-{share:g}", share=share)
        export(mixed, mixed / "model.onnx")
        figures[f"{share:g}"] = dev_figures(Encoder(mixed, tasks=TASKS[model]), dev, model=model)
        log.info("%.2f: %s", share, figures[f"{share:g}"])
    return best_share(figures), figures


def best_share(figures: Mapping[str, Mapping[str, float]]) -> float:
    """Return the share with the best dev figures among those that keep what was known.

    That is the highest mean over all corpora where those that are not our own lose half a point on
    average at most; where no share keeps so much, the one that keeps most.

    Parameters
    ----------
    figures : mapping
        Of each share, 0 for the weights before, what `dev_figures` returned.
    """
    known = {share: mean_figure(_of_others(each)) for share, each in figures.items()}
    kept = [share for share in figures if float(share) and known[share] >= known["0"] - _MOST_LOST]
    if not kept:
        return float(
            max((share for share in figures if float(share)), key=lambda each: known[each])
        )
    return float(max(kept, key=lambda share: mean_figure(figures[share])))


def _of_others(figures: Mapping[str, float]) -> dict[str, float]:
    return {row: figure for row, figure in figures.items() if not row.startswith(OWN_THREADS)}


def _tell(file: Path, about: Mapping[str, Any], stage: Mapping[str, Any]) -> None:
    """Write the stage behind those before it into the configuration."""
    config = json.loads(file.read_text(encoding="utf-8"))
    new = config["classifier"]
    config["classifier"] = new | {
        "training": about["training"],
        "examples": about["examples"],
        "further_stages": [*about.get("further_stages", ()), stage],
    }
    file.write_text(json.dumps(config, indent=1) + "\n", encoding="utf-8")
