"""The commands under one name, and what every command does with errors."""

import os
import sys
from typing import Annotated

import typer

from classifier import __version__
from classifier.cli import (
    bench,
    calibrate,
    data,
    evaluate,
    export,
    import_,
    models,
    report,
    score,
    serve,
    split,
    train,
)
from classifier.cli.messages import complain
from classifier.errors import ClassifierError

app = typer.Typer(
    name="classifier",
    help="Read a discussion page offline: who answers whom, in what stance, and how civilly.",
    epilog="A dash is standard input or output. 'classifier COMMAND --help' says more.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.command(name="report")(report.report_command)
app.command(name="split")(split.split_command)
app.command(name="score")(score.score_command)
app.command(name="export")(export.export_command)
app.command(name="import")(import_.import_command)
app.command(name="serve")(serve.serve_command)
app.command(name="train")(train.train_command)
app.command(name="calibrate")(calibrate.calibrate_command)
app.command(name="evaluate")(evaluate.evaluate_command)
app.command(name="bench")(bench.bench_command)
app.add_typer(data.app, name="data")
app.add_typer(models.app, name="models")


def main() -> None:
    """Run the command that the arguments name.

    The exit code is 0 when all was done, 1 when some inputs failed and the rest were done, 2 for
    wrong use, unusable input or too little memory, 130 after an interrupt. Errors raised on
    purpose end as one line on standard error, and so does a full disk behind standard output; a
    reader that closes the pipe early ends the command without a word.
    """
    try:
        try:
            app(prog_name="classifier")
        finally:
            sys.stdout.flush()
    except ClassifierError as error:
        complain(error)
        sys.exit(2)
    except MemoryError:
        complain(
            "there is not enough memory: lower --max-page-size, give fewer inputs at once, or run "
            "on a machine with more"
        )
        sys.exit(2)
    except BrokenPipeError:
        _give_up_standard_output()
        sys.exit(1)
    except OSError as error:
        if error.filename is not None:
            raise
        complain(f"standard output: {error.strerror}")
        _give_up_standard_output()
        sys.exit(2)


def _give_up_standard_output() -> None:
    """Send what is not written yet nowhere, or Python would try once more at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"classifier {__version__}")
        raise typer.Exit


@app.callback()
def _common(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_print_version, is_eager=True, help="Show the version."),
    ] = False,
) -> None:
    pass
