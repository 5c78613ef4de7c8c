"""A further stage of training: from a released model on, with the corpora as they are now.

What a corpus or examples of our own writing gained since a release is learned without training
anew: all of our own, a sample of the other corpora, and the released model's answers beside their
labels, so that it keeps what it knew (learning without forgetting, Li & Hoiem 2016). The weights
before and after are averaged (Wortsman et al. 2022, robust fine-tuning), in the share that dev
prefers.
"""

import json
import logging
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from safetensors.torch import load_file, save_file

from classifier.checksums import write_checksums
from classifier.errors import UsageError
from classifier.examples import Example
from classifier.labelling.encoder import Encoder
from classifier.tasks import TASKS, ModelName
from classifier.training.arguments import TrainingArguments
from classifier.training.comment_lesson import what_a_teacher_says_of_comments
from classifier.training.corpora.own_threads import CORPUS as OWN_THREADS
from classifier.training.dequantising import dequantise
from classifier.training.dev_figures import dev_figures, mean_figure
from classifier.training.export import export
from classifier.training.fit import fit
from classifier.training.lessons import what_a_teacher_knows, what_is_new
from classifier.training.mixture import held_out_examples, training_examples
from classifier.training.release import release

log = logging.getLogger(__name__)

FURTHER = TrainingArguments(
    epochs=1.0, learning_rate=5e-5, head_learning_rate=5e-5, warmup=0.05, decay=0.8
)
_TAUGHT_STANCE = TrainingArguments(
    epochs=1.0,
    learning_rate=1e-4,
    head_learning_rate=1e-4,
    warmup=0.03,
    decay=0.5,
    teacher_share=0.25,
)
_TAUGHT_COMMENTS = replace(_TAUGHT_STANCE, decay=0.6, teacher_share=0.5)
TAUGHT: Mapping[ModelName, TrainingArguments] = {
    "stance": _TAUGHT_STANCE,
    "comment": _TAUGHT_COMMENTS,
    "tone": _TAUGHT_COMMENTS,
}
_SHARES = (0.5, 0.75, 1.0)
_MOST_LOST = 0.005
_KEPT = ("training", "examples", "ablations")


def train_further(
    model: ModelName,
    *,
    released: Path,
    corpora: Path,
    output: Path,
    runs: Path,
    arguments: TrainingArguments | None = None,
    teacher: str | None = None,
    sentiment_teacher: str | None = None,
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
        Where checkpoints go; an interrupted stage is continued from there, and the one that is
        released is left in ``{model}-further/released``.
    arguments : TrainingArguments, optional
        Hyperparameters, by default `FURTHER`, or the model's in `TAUGHT` with a teacher; `base`
        is not used, `teacher_share` is the released model's share.
    teacher : str, optional
        Folder or hub id of a larger checkpoint whose answers to its corpora, and to pairs of a
        text and a target that nobody labelled, are learned instead of what is new.
    sentiment_teacher : str, optional
        For ``"comment"``, beside `teacher`: another one, whose answers for sentiment are learned.

    Returns
    -------
    Path
        The released folder.

    Raises
    ------
    UsageError
        If there is a teacher of sentiment without a teacher, or for another model.
    """
    if sentiment_teacher is not None and (teacher is None or model != "comment"):
        raise UsageError("a teacher of sentiment stands beside a teacher, and teaches 'comment'")
    arguments = arguments or (FURTHER if teacher is None else TAUGHT[model])
    tasks, folder = TASKS[model], runs / f"{model}-further"
    before = folder / "before"
    if not (before / "config.json").is_file():
        dequantise(released, before)
    about = json.loads((released / "config.json").read_text(encoding="utf-8"))["classifier"]
    everything = training_examples(model, corpora, with_own=arguments.own_examples)
    if teacher is None:
        lesson = what_is_new(
            model, everything, released=released, folder=folder, arguments=arguments
        )
    elif model == "stance":
        lesson = what_a_teacher_knows(
            model,
            everything,
            of_corpora=training_examples(model, corpora, with_own=False),
            teacher=teacher,
            released=released,
            folder=folder,
            arguments=arguments,
        )
    else:
        lesson = what_a_teacher_says_of_comments(
            model,
            everything,
            teacher=teacher,
            sentiment_teacher=sentiment_teacher,
            released=released,
            folder=folder,
            arguments=arguments,
        )
    checkpoint = fit(
        lesson.examples,
        tasks=tasks,
        folder=folder,
        arguments=replace(arguments, base=str(before)),
        wanted=lesson.wanted,
    )
    dev = held_out_examples(model, corpora, "dev")
    share, figures = _best_share(before, checkpoint, dev, model=model, folder=folder)
    written = release(
        model,
        checkpoint=average(before, checkpoint, folder / "released", share=share),
        examples=everything,
        dev=dev,
        output=output,
        arguments=arguments,
    )
    stage = {
        "examples": len(lesson.examples),
        "choice": f"{lesson.choice}; of the weights after it {share:.0%}, before it "
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
    of_before = {kept: about[kept] for kept in _KEPT if kept in about}
    config["classifier"] |= of_before | {
        "further_stages": [*about.get("further_stages", ()), stage],
    }
    file.write_text(json.dumps(config, indent=1) + "\n", encoding="utf-8")
