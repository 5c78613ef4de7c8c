"""``classifier import``: what people answered, as example records."""

import json as json_format
from typing import TYPE_CHECKING, Annotated

import typer

from classifier.cli.inputs import InputLog
from classifier.cli.messages import complain
from classifier.cli.options import Json
from classifier.cli.output import STANDARD_OUTPUT, whole_file, write_whole
from classifier.errors import InputError, MissingExtraError, UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from classifier.annotating import Judgement, LabelAgreement, Resolved

_CONFLICTS_SHOWN = 20


def import_command(
    exports: Annotated[
        list[str],
        typer.Argument(
            metavar="EXPORT",
            show_default=False,
            help="Label Studio's JSON export, a table from 'classifier export --to csv' that was "
            "filled in, or JSON Lines with annotators; - is standard input.",
        ),
    ],
    *,
    output: Annotated[
        str,
        typer.Option(metavar="FILE", help="Where the example records go; - is standard output."),
    ],
    json: Json = None,
) -> None:
    """Turn people's answers into example records, and say how far they agree.

    Of several people's answers about a text the one stands that more than half of them gave; a
    label without a majority is left unknown. Of one person's several the last counts. Agreement
    is Krippendorff's alpha; it and the conflicts are printed, with --json also written as JSON.
    """
    from classifier.annotating import read_judgements, resolve

    if output == json == STANDARD_OUTPUT:
        raise UsageError("records and report cannot both go to standard output: name a file")
    log = InputLog()
    judgements: list[Judgement] = []
    with whole_file(output) as stream:
        log.each(
            exports,
            lambda source: judgements.extend(read_judgements(source, notify=log.notify)),
        )
        if not judgements:
            raise InputError("nothing was imported: no answer in the input can be used")
        resolved = resolve(judgements)
        for example in resolved.examples:
            print(example.to_json(), file=stream)
    agreed = _agreements(judgements)
    if json is not None:
        write_whole(json, report_json(resolved, agreed))
    if STANDARD_OUTPUT not in (output, json):
        _print_report(output, resolved, agreed, judgements)
    log.end()


def report_json(resolved: "Resolved", agreed: "Sequence[LabelAgreement]") -> str:
    """Return agreement and conflicts as JSON."""
    content = {
        "examples": len(resolved.examples),
        "unsettled": resolved.unsettled,
        "agreement": [
            {
                "label": each.label,
                "items": each.items,
                "annotators": each.annotators,
                "agreed": each.agreed,
                "alpha": each.alpha,
            }
            for each in agreed
        ],
        "conflicts": [
            {
                "where": each.where,
                "label": each.label,
                "answers": dict(each.answers),
                "kept": each.kept,
            }
            for each in resolved.conflicts
        ],
    }
    return json_format.dumps(content, indent=1, ensure_ascii=False) + "\n"


def _agreements(judgements: "Sequence[Judgement]") -> "list[LabelAgreement]":
    """Return the agreement; without the package for it the records are written all the same."""
    from classifier.annotating import agreements

    try:
        return agreements(judgements)
    except MissingExtraError as error:
        complain(error)
        return []


def _print_report(
    output: str,
    resolved: "Resolved",
    agreed: "Sequence[LabelAgreement]",
    judgements: "Sequence[Judgement]",
) -> None:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    from classifier.cli.console import open_console
    from classifier.reporting.safe_text import safe

    people = len({judgement.annotator for judgement in judgements})
    open_texts = _counted(resolved.unsettled, "text", "texts")
    typer.echo(
        f"{output}: {_counted(len(resolved.examples), 'example', 'examples')} from "
        f"{_counted(len(judgements), 'judgement', 'judgements')} by "
        f"{_counted(people, 'person', 'people')}"
        + (f"; {open_texts} left out as unsettled" if resolved.unsettled else "")
    )
    shared = [each for each in agreed if each.items]
    if shared:
        table = Table(box=SIMPLE_HEAD)
        table.add_column("agreement")
        for heading in ("texts judged by several", "people", "all the same", "alpha"):
            table.add_column(heading, justify="right")
        for each in shared:
            alpha = "-" if each.alpha is None else f"{each.alpha:.2f}"
            counts = (each.items, each.annotators, each.agreed)
            table.add_row(each.label, *map(str, counts), alpha)
        console = open_console()
        console.print(table)
    for conflict in resolved.conflicts[:_CONFLICTS_SHOWN]:
        said = ", ".join(f"{who}: {answer}" for who, answer in conflict.answers.items())
        kept = "left unknown" if conflict.kept is None else f"kept {conflict.kept}"
        typer.echo(safe(f"{conflict.where}: {conflict.label}: {said}; {kept}"))
    more = len(resolved.conflicts) - _CONFLICTS_SHOWN
    if more > 0:
        typer.echo(f"and {more} more conflicts; --json FILE has all of them")


def _counted(number: int, one: str, several: str) -> str:
    return f"{number} {one if number == 1 else several}"
