"""A further stage of training: from a released model on, without training anew.

It learns sentences of our own writing while it keeps what it knew, or what a larger model answers.
The weights before and after are averaged (Wortsman et al. 2022, robust fine-tuning), in a share
that dev decides.
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
from classifier.training.lessons import what_a_teacher_knows
from classifier.training.mixture import held_out_examples, training_examples
from classifier.training.own_lesson import what_we_wrote
from classifier.training.release import release

log = logging.getLogger(__name__)

_WRITTEN = TrainingArguments(
    epochs=1.0,
    learning_rate=5e-5,
    head_learning_rate=5e-5,
    warmup=0.03,
    decay=0.5,
    teacher_share=0.75,
)
# On dev VAST stays at 0.69 so, and falls to 0.68 at the rate and share of comments.
_WRITTEN_STANCE = replace(_WRITTEN, learning_rate=3e-5, head_learning_rate=3e-5, teacher_share=1.0)
WRITTEN: Mapping[ModelName, TrainingArguments] = {
    "stance": _WRITTEN_STANCE,
    "comment": _WRITTEN,
    "tone": _WRITTEN,
}
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
_MOST_LOST_TO_SENTENCES = 0.0025
_BEST = "the best mean over all rows that costs other corpora than ours half a point on average"
_GREATEST = "the greatest share that costs other corpora than ours a quarter of a point on average"
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
        Hyperparameters, by default the model's in `WRITTEN`, or in `TAUGHT` with a teacher; `base`
        is not used, `teacher_share` is the released model's share.
    teacher : str, optional
        Folder or hub id of a larger checkpoint whose answers to its corpora, and to pairs of a
        text and a target that nobody labelled, are learned instead of sentences of our own.
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
    arguments = arguments or (WRITTEN if teacher is None else TAUGHT)[model]
    tasks, folder = TASKS[model], runs / f"{model}-further"
    before = folder / "before"
    if not (before / "config.json").is_file():
        dequantise(released, before)
    about = json.loads((released / "config.json").read_text(encoding="utf-8"))["classifier"]
    everything = training_examples(model, corpora, with_own=arguments.own_examples)
    if teacher is None:
        lesson = what_we_wrote(
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
    figures = _figures_of_shares(before, checkpoint, dev, model=model, folder=folder)
    share = best_share(figures) if teacher else greatest_share(figures)
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
        "rule": _BEST if teacher else _GREATEST,
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


def _figures_of_shares(
    before: Path, after: Path, dev: Sequence[Example], *, model: ModelName, folder: Path
) -> dict[str, dict[str, float]]:
    """Return dev's figures of the weights before and after, and of some between them."""
    figures: dict[str, dict[str, float]] = {}
    for share in (0.0, *_SHARES):
        mixed = average(before, after, folder / f"averaged-{share:g}", share=share)
        export(mixed, mixed / "model.onnx")
        figures[f"{share:g}"] = dev_figures(Encoder(mixed, tasks=TASKS[model]), dev, model=model)
        log.info("%.2f: %s", share, figures[f"{share:g}"])
    return figures


def best_share(figures: Mapping[str, Mapping[str, float]]) -> float:
    """Return the share with the best dev figures among those that keep what was known.

    That is the highest mean over all corpora where those that are not our own lose half a point on
    average at most; where no share keeps so much, the one that keeps most.

    Parameters
    ----------
    figures : mapping
        Of each share, 0 for the weights before, what `dev_figures` returned.
    """
    return float(max(_keeping(figures, _MOST_LOST), key=lambda share: mean_figure(figures[share])))


def greatest_share(figures: Mapping[str, Mapping[str, float]]) -> float:
    """Return the greatest share that keeps what was known, but for a quarter of a point.

    For a stage of sentences of our own, whose phenomena no dev corpus measures.

    Parameters
    ----------
    figures : mapping
        As for `best_share`.
    """
    return max(map(float, _keeping(figures, _MOST_LOST_TO_SENTENCES)))


def _keeping(figures: Mapping[str, Mapping[str, float]], most_lost: float) -> list[str]:
    """Return the shares that keep what was known, or the one that keeps most."""
    known = {share: mean_figure(_of_others(each)) for share, each in figures.items()}
    shares = [share for share in figures if float(share)]
    kept = [share for share in shares if known[share] >= known["0"] - most_lost]
    return kept or [max(shares, key=lambda share: known[share])]


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
