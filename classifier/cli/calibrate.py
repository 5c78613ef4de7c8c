"""``classifier calibrate``: thresholds for decisions as people made them."""

import json as json_format
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from classifier.cli.folders import whole_folder
from classifier.cli.inputs import InputLog
from classifier.cli.messages import complain
from classifier.cli.options import Json, Models, Threads
from classifier.cli.output import STANDARD_OUTPUT, write_whole

if TYPE_CHECKING:
    from rich.table import Table

    from classifier.evaluating.recalibration import Recalibration
    from classifier.evaluating.thresholds import CutOff, TradeOff
    from classifier.labelling.released import ReleasedModel


def calibrate_command(
    model: Annotated[
        str, typer.Argument(metavar="MODEL", help="comment, stance, tone, or a model's folder.")
    ],
    *,
    data: Annotated[
        str,
        typer.Option(
            metavar="FILE",
            help="Decisions that people made, JSON Lines as for 'evaluate'; - is standard input.",
        ),
    ],
    precision: Annotated[
        float,
        typer.Option(
            metavar="SHARE", min=0.01, max=1.0, help="Share of the flagged that is to be right."
        ),
    ] = 0.9,
    output: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR",
            help="Folder of model folders; a copy of the model with the new thresholds goes there. "
            "Without it they are only shown.",
        ),
    ] = None,
    json: Json = None,
    models: Models = None,
    threads: Threads = None,
) -> None:
    """Fit a model's thresholds to past decisions, and show what each would cost.

    Shows at several cut-offs how many texts would be flagged, how many of them wrongly, and how
    many missed. Fit on decisions about texts drawn by chance ('export --order random') that the
    model was not trained on; on others the figures flatter or mislead.
    """
    from classifier.cli.evaluate import load_evaluated
    from classifier.evaluating.recalibration import recalibrate
    from classifier.evaluating.thresholds import to_json
    from classifier.examples import read_examples

    released = load_evaluated(model, checkpoint=None, models=models, threads=threads)
    log = InputLog()
    examples = read_examples(data, on_bad_line=log.skip)
    found = recalibrate(released, examples, precision=precision, name=data)
    for label in found.too_few:
        complain(f"{data}: {label}: fewer than five decisions of one kind: threshold kept")
    for each in found.trade_offs:
        if each.chosen is None:
            complain(
                f"{data}: {each.label}: no threshold reaches a precision of {precision:g} with "
                f"five right ones: {each.present.threshold:.2f} kept"
            )
    if output is not None:
        write_recalibrated(released, found, output, precision=precision)
    if json is not None:
        content = json_format.dumps(to_json(found.trade_offs), indent=1, allow_nan=False)
        write_whole(json, content + "\n")
    if json != STANDARD_OUTPUT:
        print_trade_offs(found, precision=precision)
        if output is not None:
            typer.echo(output / model_name(released))
    log.end()


def model_name(released: "ReleasedModel") -> str:
    """Return which of the models a released folder is."""
    config = json_format.loads((released.folder / "config.json").read_text(encoding="utf-8"))
    return str(config["classifier"]["model"])


def write_recalibrated(
    released: "ReleasedModel", found: "Recalibration", output: Path, *, precision: float
) -> None:
    """Write a copy of a model folder with other thresholds, whole or not at all.

    Raises
    ------
    UsageError
        If it cannot be written.
    """
    from classifier.checksums import write_checksums
    from classifier.evaluating.card import write_card
    from classifier.labelling.calibration import write_calibration

    with whole_folder(output / model_name(released)) as folder:
        shutil.copytree(released.folder, folder, dirs_exist_ok=True)
        write_calibration(folder / "calibration.json", found.calibration)
        file = folder / "config.json"
        config = json_format.loads(file.read_text(encoding="utf-8"))
        config["classifier"]["recalibrated"] = [
            *config["classifier"].get("recalibrated", ()),
            {"decisions": found.decisions, "precision": precision},
        ]
        file.write_text(json_format.dumps(config, indent=1) + "\n", encoding="utf-8")
        write_checksums(folder)
        if (folder / "metrics.json").is_file():
            write_card(folder)


def print_trade_offs(found: "Recalibration", *, precision: float) -> None:
    """Print one table a label."""
    from classifier.cli.console import open_console

    console = open_console()
    for each in found.trade_offs:
        console.print(_table(each, precision=precision))
        if each.expected is not None:
            console.print(f"  {_expected(each.expected)}\n")


def _table(each: "TradeOff", *, precision: float) -> "Table":
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    title = f"{each.label} · {each.n} decisions, {each.positives} of them yes"
    if each.label in ("stance", "sentiment"):
        title = (
            f"{each.label} · {each.n} decisions, in {each.positives} the likeliest label is right"
        )
    table = Table(title=title, title_justify="left", box=SIMPLE_HEAD)
    for heading in ("from", "flagged", "right", "wrong", "missed", "precision", "recall"):
        table.add_column(heading, justify="right")
    table.add_column("")
    rows = [(cut, "") for cut in each.cut_offs]
    rows.append((each.present, "present"))
    if each.chosen is not None:
        rows.append((each.chosen, f"for {precision:g}"))
    for cut, note in sorted(rows, key=lambda row: row[0].threshold):
        table.add_row(
            f"{cut.threshold:.2f}",
            str(cut.flagged),
            str(cut.right),
            str(cut.flagged - cut.right),
            str(cut.missed),
            _share(cut.precision),
            _share(cut.recall),
            note,
        )
    return table


def _expected(cut: "CutOff") -> str:
    return (
        f"on decisions that it is not fitted to, such a threshold has a precision of "
        f"{_share(cut.precision)} and a recall of {_share(cut.recall)} (five folds)"
    )


def _share(value: float | None) -> str:
    return "-" if value is None else f"{value:.2f}"
