"""``classifier train MODEL --init``: go on from a released model with one's own examples."""

import json
import logging
import random
import sys
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from classifier.cli.folders import whole_folder
from classifier.cli.messages import complain
from classifier.errors import InputError, UsageError

if TYPE_CHECKING:
    from rich.table import Table

    from classifier.evaluating import TaskComparison
    from classifier.evaluating.retempering import Refit
    from classifier.examples import Example
    from classifier.labelling.released import ReleasedModel
    from classifier.tasks import ModelName

RELEASED = "released"
_OF_EACH_TEST_SET = 200
_GUARD = 300


def continue_command(
    model: "ModelName",
    *,
    init: str,
    data: str,
    corpora: Path | None,
    output: Path,
    models: Path | None,
    changes: Mapping[str, float],
) -> None:
    """Train on one's own examples, print what was gained and kept, write the model folder."""
    from classifier.checksums import write_checksums
    from classifier.evaluating.before_after import compare_before_after
    from classifier.evaluating.retempering import retemper
    from classifier.examples import read_examples
    from classifier.labelling.calibration import write_calibration
    from classifier.labelling.checkpoint import load_model
    from classifier.labelling.released import ReleasedModel
    from classifier.training.continuing import (
        CONTINUING,
        continue_training,
        hold_out,
        made_up_examples,
        same_answers,
        usable_examples,
    )

    before = load_model(
        model, replacement=None if init == RELEASED else init, models=models, threads=None
    )
    destination = output / model
    if destination.resolve() == before.folder.resolve():
        raise UsageError(
            f"{destination}: is the model to go on from: name another folder with --output"
        )
    examples = usable_examples(model, read_examples(data), name=data)
    arguments = replace(CONTINUING, **changes)  # type: ignore[arg-type]
    own = hold_out(examples, seed=arguments.seed)
    rehearsed = corpus_sample(model, corpora, size=len(own.learned), seed=arguments.seed)
    if sys.stderr.isatty():
        complain(f"learning from {len(own.learned)} examples: this takes some minutes")
    with whole_folder(destination) as folder, _without_their_remarks():
        continue_training(
            before.folder, own.learned, folder=folder, rehearsed=rehearsed, arguments=arguments
        )
        guard = made_up_examples(before, _GUARD, seed=arguments.seed + 1)
        calibration, refits = retemper(ReleasedModel.load(folder), before, own.held_out, guard)
        write_calibration(folder / "calibration.json", calibration)
        write_checksums(folder)
        after = ReleasedModel.load(folder)
        sets: list[tuple[str, Sequence[Example]]] = [
            ("your own, held out", own.held_out),
            *test_samples(before, corpora, seed=arguments.seed),
        ]
        gains = [
            gain
            for name, sample in sets
            for gain in compare_before_after(before, after, sample, name=name)
        ]
        kept = same_answers(before, after, guard) if guard else None
        write_figures(folder, after, sets, gains)
        (folder / "refits.json").write_text(refits_json(refits), encoding="utf-8")
    print_gains(gains)
    for line in refits_in_words(refits):
        typer.echo(line)
    typer.echo(
        f"Learned from {len(own.learned)} examples, measured on {len(own.held_out)} held out."
    )
    if kept is not None:
        typer.echo(
            f"On {len(guard)} made-up texts that it was not trained on, {kept:.1%} of answers are "
            "those of the model before."
        )
    typer.echo(destination)


@contextmanager
def _without_their_remarks() -> Iterator[None]:
    """Keep the progress bars and hints of the packages that train off standard error."""
    from transformers.utils import logging as transformers_logging

    theirs: Any = transformers_logging
    logging.disable(logging.WARNING)
    theirs.disable_progress_bar()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        theirs.enable_progress_bar()
        logging.disable(logging.NOTSET)


def corpus_sample(
    model: "ModelName", folder: Path | None, *, size: int, seed: int
) -> "list[Example]":
    """Return training examples of the model's corpora by chance; none where no folder is named."""
    if folder is None:
        return []
    from classifier.training.mixture import training_examples

    return drawn(training_examples(model, folder), size, seed=seed)


def test_samples(
    model: "ReleasedModel", folder: Path | None, *, seed: int
) -> "list[tuple[str, Sequence[Example]]]":
    """Return some examples of each official test part; those that are missing are told.

    A part that asks for more than the reported labels is passed over: its comments stand in
    another part too.
    """
    if folder is None:
        return []
    from classifier.evaluating.official import answers_of, official_corpora, read_official

    found: list[tuple[str, Sequence[Example]]] = []
    reported = {label for task in model.tasks for label in model.labels(task)}
    for corpus in official_corpora(model.tasks):
        if not reported.issuperset(answers_of(corpus) or ()):
            continue
        try:
            found.append(
                (corpus, drawn(read_official(corpus, folder), _OF_EACH_TEST_SET, seed=seed))
            )
        except InputError as error:
            complain(error)
    return found


def drawn(examples: "Sequence[Example]", size: int, *, seed: int) -> "list[Example]":
    """Return that many of the examples by chance, or all where there are fewer."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    return chance.sample(list(examples), min(size, len(examples)))


def write_figures(
    folder: Path,
    after: "ReleasedModel",
    sets: "Sequence[tuple[str, Sequence[Example]]]",
    gains: "Sequence[TaskComparison]",
) -> None:
    """Write how well the model does beside its baseline, its card, and what it gained."""
    from classifier.cli.evaluate import to_json
    from classifier.evaluating import evaluate
    from classifier.evaluating.card import write_card

    figures = [
        comparison
        for name, examples in sets
        for comparison in evaluate(after, examples, name=name, test_set=name)
    ]
    (folder / "metrics.json").write_text(to_json(figures), encoding="utf-8")
    (folder / "gains.json").write_text(gains_json(gains), encoding="utf-8")
    write_card(folder)


def gains_json(gains: "Sequence[TaskComparison]") -> str:
    """Return what was gained as JSON: each measure before, after, and the difference."""
    content = []
    for each in gains:
        whole = each.to_json()
        parts = {"before": "baseline", "after": "transformer", "difference": "difference"}
        content.append(
            {"task": each.task, "test_set": each.test_set, "n": each.n}
            | {ours: whole[theirs] for ours, theirs in parts.items()}
        )
    return json.dumps(content, indent=1, ensure_ascii=False) + "\n"


def refits_json(refits: "Sequence[Refit]") -> str:
    """Return what refitted temperatures would do as JSON, taken or not."""
    return json.dumps([each.to_json() for each in refits], indent=1) + "\n"


def refits_in_words(refits: "Sequence[Refit]") -> list[str]:
    """Return a sentence a task: how sure it is of itself now, and what that changed."""
    told = []
    for each in refits:
        change = (
            f"log loss {each.log_loss:.3f} to {each.refitted_log_loss:.3f}, calibration error "
            f"{each.error:.3f} to {each.refitted_error:.3f} (cross-fitted on {each.n})"
        )
        told.append(
            f"{each.task}: temperature refitted, logits times {each.factor:.2f}: {change}."
            if each.taken
            else f"{each.task}: calibration kept, since a refit would not help: {change}."
        )
    return told


def print_gains(compared: "Sequence[TaskComparison]") -> None:
    """Print one row a set of examples and task: before, after, and the difference."""
    from classifier.cli.console import open_console

    open_console().print(_gains(compared))


def _gains(compared: "Sequence[TaskComparison]") -> "Table":
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    table = Table(box=SIMPLE_HEAD)
    for heading in ("examples", "task", "measure"):
        table.add_column(heading)
    for heading in ("n", "before", "after", "difference", "95 % interval"):
        table.add_column(heading, justify="right")
    titles = {"macro_f1": "macro-F1", "mean_auc": "mean AUC", "mean_f1": "mean F1"}
    for each in compared:
        for measure, title in titles.items():
            parts = [
                part.measures.get(measure)
                for part in (each.baseline, each.transformer, each.difference)
            ]
            if any(part is None or part.value is None for part in parts):
                continue
            before, after, difference = (part for part in parts if part is not None)
            low, high = difference.interval or (float("nan"), float("nan"))
            table.add_row(
                each.test_set,
                each.task,
                title,
                str(each.n),
                f"{before.value:.3f}",
                f"{after.value:.3f}",
                f"{difference.value:+.3f}",
                f"{low:+.3f} to {high:+.3f}",
            )
    return table
