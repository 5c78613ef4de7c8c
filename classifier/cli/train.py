"""``classifier train``: a released model from the corpora."""

import logging
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated, Literal

import typer

from classifier.cli.options import Corpora
from classifier.errors import MissingExtraError

ModelToTrain = Literal["comment", "stance", "tone", "split"]

_OF_THE_EXTRA = ("sklearn", "scipy", "skops", "torch", "transformers", "safetensors", "onnx")


def train_command(
    model: Annotated[
        ModelToTrain, typer.Argument(metavar="MODEL", help="comment, stance, tone or split.")
    ],
    *,
    corpora: Corpora = None,
    output: Annotated[
        Path, typer.Option(metavar="DIR", help="Folder of model folders to write to.")
    ] = Path("models"),
    runs: Annotated[
        Path,
        typer.Option(
            metavar="DIR", help="Folder of checkpoints; an interrupted run goes on from there."
        ),
    ] = Path("runs"),
    base: Annotated[
        str | None,
        typer.Option(metavar="MODEL", help="Encoder to start from, by hub id or folder."),
    ] = None,
    epochs: Annotated[
        float | None, typer.Option(metavar="N", help="Passes over the training examples.")
    ] = None,
    seed: Annotated[
        int | None, typer.Option(metavar="N", help="Decides the head's start and all order.")
    ] = None,
) -> None:
    """Train a model from the corpora and write its released folder.

    Fits the transformer and its baseline, calibrates both on the dev parts, and exports the
    transformer to ONNX. The test parts are never read.
    """
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    from classifier.training.sources import default_folder

    folder = corpora or default_folder()
    require_extra()
    if model == "split":
        from classifier.training.split import fit_split, write_split

        write_split(fit_split(folder), output / model)
    else:
        from classifier.training.arguments import TrainingArguments
        from classifier.training.release import train

        chosen = {"base": base, "epochs": epochs, "seed": seed}
        given = {name: value for name, value in chosen.items() if value is not None}
        arguments = TrainingArguments(**given)  # type: ignore[arg-type]
        train(model, corpora=folder, output=output, runs=runs, arguments=arguments)
    typer.echo(output / model)


def require_extra() -> None:
    """Check that fine-tuning is possible.

    Raises
    ------
    MissingExtraError
        If a package of the ``train`` extra is not installed.
    """
    if any(find_spec(package) is None for package in _OF_THE_EXTRA):
        raise MissingExtraError("fine-tuning", "train")
