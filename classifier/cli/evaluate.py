"""``classifier evaluate``: a model's transformer beside its baseline on labelled examples."""

import json as json_format
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from classifier.cli.inputs import InputLog
from classifier.cli.messages import complain
from classifier.cli.options import Corpora, Json, Models, Threads
from classifier.cli.output import STANDARD_OUTPUT, write_whole
from classifier.cli.progress import progress
from classifier.errors import UsageError

if TYPE_CHECKING:
    from classifier.evaluating import TaskComparison
    from classifier.labelling.released import ReleasedModel

_SPLIT = "split"
_FIGURES = "metrics.json"


def evaluate_command(
    model: Annotated[
        str,
        typer.Argument(metavar="MODEL", help="comment, stance, tone, split, or a model's folder."),
    ],
    *,
    data: Annotated[
        str | None,
        typer.Option(
            metavar="FILE",
            help="Labelled examples, one JSON record a line; - is standard input. By default "
            "the official test parts of the corpora.",
        ),
    ] = None,
    json: Json = None,
    corpora: Corpora = None,
    checkpoint: Annotated[
        str | None,
        typer.Option(
            metavar="MODEL", help="Put this folder or hub checkpoint in the transformer's place."
        ),
    ] = None,
    full_precision: Annotated[
        Path | None,
        typer.Option(
            "--full-precision",
            metavar="FOLDER",
            help="The checkpoint that the model was released from: measure it beside the model.",
        ),
    ] = None,
    suite: Annotated[
        bool,
        typer.Option(
            "--suite",
            help="Instead: sentences written to show whom the model treats differently, and what "
            "it cannot tell apart.",
        ),
    ] = False,
    before: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="With --suite: show what its --json wrote of an earlier model too."
        ),
    ] = None,
    write: Annotated[
        bool,
        typer.Option(
            "--write",
            help="Renew metrics.json (or suite.json) and the card in the model's own folder.",
        ),
    ] = False,
    models: Models = None,
    threads: Threads = None,
) -> None:
    """Measure a model on labelled examples.

    Shows transformer, baseline and majority class side by side, with 95 % intervals and a
    paired test of the difference. A record holds "text" and, for stance, "target" and "label";
    for sentiment "label"; for incivility and tone "labels", such as {"insult": 1}.
    """
    _refuse_what_excludes_itself(
        model,
        on_suite=suite,
        on_own=data is not None,
        replaced=checkpoint is not None,
        rounded=full_precision is None,
        write=write,
        before=before,
    )
    if model == _SPLIT:
        evaluate_splitting(data=data, json=json, corpora=corpora, write=write, models=models)
        return
    chosen = load_evaluated(model, checkpoint=checkpoint, models=models, threads=threads)
    if suite:
        from classifier.cli.evaluate_suite import evaluate_on_suite

        evaluate_on_suite(chosen, before=before, json=json, write=write)
        return
    full = None
    if full_precision is not None:
        from classifier.evaluating.full_precision import in_full_precision

        full = in_full_precision(chosen, full_precision)
    log = InputLog()
    if data is not None:
        compared = list(compare_on_file(chosen, data, full_precision=full, log=log))
    else:
        compared = list(compare_on_corpora(chosen, corpora, full_precision=full, log=log))
    if write:
        write_figures(chosen.folder, compared, log=log)
    if compared and json is not None:
        write_whole(json, to_json(compared))
    if json != STANDARD_OUTPUT:
        print_tables(compared)
    log.end()


def _refuse_what_excludes_itself(
    model: str,
    *,
    on_suite: bool,
    on_own: bool,
    replaced: bool,
    rounded: bool,
    write: bool,
    before: Path | None,
) -> None:
    if write and (on_own or replaced):
        raise UsageError("--write is for the released model on the corpora: leave out the rest")
    if before is not None and not on_suite:
        raise UsageError("--before is for --suite: add it, or leave that out")
    if on_suite and (model == _SPLIT or on_own or not rounded):
        raise UsageError(
            "--suite asks comment, stance or tone its own sentences: leave out the rest"
        )


def evaluate_splitting(
    *,
    data: str | None,
    json: str | None,
    corpora: Path | None,
    write: bool,
    models: Path | None,
) -> None:
    """Measure the split model on pages assembled from the corpora's test parts.

    Raises
    ------
    UsageError
        If a file of examples is named.
    InputError
        If a corpus file is missing.
    """
    from classifier.cli.console import open_console
    from classifier.evaluating.split import evaluate_split
    from classifier.evaluating.split_card import write_metrics
    from classifier.labelling.released import find_model
    from classifier.training.sources import default_folder

    if data is not None:
        raise UsageError("the split model is measured on assembled pages: leave out --data")
    measured = evaluate_split(corpora or default_folder(), models=models)
    if write:
        write_metrics(measured, find_model(_SPLIT, models=models))
    if json is not None:
        write_whole(json, measured.to_json())
    if json != STANDARD_OUTPUT:
        open_console().print(measured.table())


def load_evaluated(
    model: str, *, checkpoint: str | None, models: Path | None, threads: int | None
) -> "ReleasedModel":
    """Load a model by name or by folder.

    Raises
    ------
    UsageError
        If there is neither such a model nor such a folder.
    ModelError
        If it is missing or damaged.
    """
    from classifier.labelling.checkpoint import load_model
    from classifier.labelling.released import ReleasedModel
    from classifier.tasks import TASKS

    for name in TASKS:
        if model == name:
            return load_model(name, replacement=checkpoint, models=models, threads=threads)
    if Path(model).is_dir() and checkpoint is None:
        return ReleasedModel.load(Path(model), threads=threads)
    raise UsageError(
        f"'{model}' is no model: choose {', '.join(TASKS)}, or name a released model's folder"
    )


def compare_on_file(
    model: "ReleasedModel",
    source: str,
    *,
    full_precision: "ReleasedModel | None" = None,
    log: InputLog,
) -> "Iterator[TaskComparison]":
    """Yield the comparisons on a file's examples; lines that are no record are told."""
    from classifier.evaluating import evaluate
    from classifier.evaluating.evaluation import examples_to_answer
    from classifier.examples import read_examples

    examples = read_examples(source, on_bad_line=log.skip)
    total = examples_to_answer(model, examples, full_precision=full_precision is not None)
    with progress("answers", total=total) as advance:
        yield from evaluate(
            model, examples, name=source, full_precision=full_precision, advance=advance
        )


def compare_on_corpora(
    model: "ReleasedModel",
    folder: Path | None,
    *,
    full_precision: "ReleasedModel | None" = None,
    log: InputLog,
) -> "Iterator[TaskComparison]":
    """Yield the comparisons on the corpora's test parts; corpora that are missing are told."""
    from classifier.evaluating import evaluate
    from classifier.evaluating.evaluation import examples_to_answer
    from classifier.evaluating.official import official_corpora
    from classifier.evaluating.sets import MeasuredSet, measured_sets
    from classifier.training.sources import default_folder

    found: list[MeasuredSet] = []

    def read_corpus(corpus: str) -> None:
        found.extend(measured_sets(corpus, folder or default_folder(), folder=model.folder))

    log.each(official_corpora(model.tasks), read_corpus)
    total = sum(
        examples_to_answer(
            model,
            each.examples,
            answers=each.answers,
            full_precision=each.in_full and full_precision is not None,
        )
        for each in found
    )
    with progress("answers", total=total) as advance:
        for each in found:
            yield from evaluate(
                model,
                each.examples,
                name=each.name,
                test_set=each.name,
                with_parts=each.with_parts,
                answers=each.answers,
                full_precision=full_precision if each.in_full else None,
                advance=advance,
            )


def write_figures(folder: Path, compared: "list[TaskComparison]", *, log: InputLog) -> None:
    """Write a model's figures and its card, unless a corpus is missing from them."""
    from classifier.evaluating.card import write_card

    if log.failed:
        complain(f"{folder / _FIGURES}: not renewed, since corpora are missing")
        return
    write_whole(folder / _FIGURES, to_json(compared))
    write_card(folder)


def to_json(compared: "list[TaskComparison]") -> str:
    """Return a JSON array with one object a comparison."""
    content = [comparison.to_json() for comparison in compared]
    return json_format.dumps(content, indent=1, ensure_ascii=False, allow_nan=False) + "\n"


def print_tables(compared: "list[TaskComparison]") -> None:
    """Print one table a comparison."""
    from classifier.cli.console import open_console
    from classifier.evaluating.table import comparison_table

    console = open_console()
    for comparison in compared:
        console.print(comparison_table(comparison))
        console.print()
