"""``classifier train``: a released model from the corpora."""

import logging
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from classifier.cli.continuing import RELEASED, continue_command
from classifier.cli.options import Corpora, Models
from classifier.errors import MissingExtraError, UsageError

if TYPE_CHECKING:
    from classifier.tasks import ModelName

ModelToTrain = Literal["comment", "stance", "tone", "split"]

_OF_THE_EXTRA = ("sklearn", "scipy", "skops", "torch", "transformers", "safetensors", "onnx")


def train_command(
    model: Annotated[
        ModelToTrain, typer.Argument(metavar="MODEL", help="comment, stance, tone or split.")
    ],
    *,
    corpora: Corpora = None,
    init: Annotated[
        str | None,
        typer.Option(
            "--init",
            metavar="MODEL",
            help="Go on from this model instead: 'released', or a released model's folder.",
        ),
    ] = None,
    data: Annotated[
        str | None,
        typer.Option(metavar="FILE", help="With --init: your own examples, JSON Lines."),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR",
            help="Folder of model folders to write to; by default 'models', and with --init "
            "'own-models'.",
            show_default=False,
        ),
    ] = None,
    runs: Annotated[
        Path,
        typer.Option(
            metavar="DIR", help="Folder of checkpoints; an interrupted run goes on from there."
        ),
    ] = Path("runs"),
    base: Annotated[
        str | None,
        typer.Option(
            metavar="MODEL",
            help="Encoder to start from: hub id, folder, or comment, stance or tone as released.",
        ),
    ] = None,
    teacher: Annotated[
        str | None,
        typer.Option(
            metavar="MODEL",
            help="Larger checkpoint, trained on the same corpora, whose answers are learned too.",
        ),
    ] = None,
    sentiment_teacher: Annotated[
        str | None,
        typer.Option(
            metavar="MODEL",
            help="Beside --teacher, for comment: another one, whose answers for sentiment are "
            "learned.",
        ),
    ] = None,
    only: Annotated[
        list[str] | None,
        typer.Option(
            metavar="CORPUS",
            help="Learn from this corpus alone, or from these if repeated; so a teacher of some "
            "is made.",
            show_default=False,
        ),
    ] = None,
    each_once: Annotated[
        bool,
        typer.Option(
            "--each-once",
            help="Repeat no example and take 20,000 of the harmless comments: what a teacher of "
            "comments has the time for.",
        ),
    ] = False,
    epochs: Annotated[
        float | None, typer.Option(metavar="N", help="Passes over the training examples.")
    ] = None,
    learning_rate: Annotated[
        float | None, typer.Option(metavar="R", help="Peak rate of the encoder's weights.")
    ] = None,
    frozen_layers: Annotated[
        int | None,
        typer.Option(
            metavar="N",
            min=0,
            help="Leave the encoder's N lowest layers as they are; a teacher learns faster so.",
        ),
    ] = None,
    seed: Annotated[
        int | None, typer.Option(metavar="N", help="Decides the head's start and all order.")
    ] = None,
    without_own: Annotated[
        bool,
        typer.Option(
            "--without-own",
            help="Leave out the sentences on groups, threats and forum replies that this package "
            "brings, to see what they do.",
        ),
    ] = False,
    models: Models = None,
) -> None:
    """Train a model from the corpora and write its released folder.

    Fits the transformer and its baseline, calibrates both on the dev parts, and exports the
    transformer to ONNX. The test parts are never read.

    With --init and --data it goes on from a model that is there, on your own examples, in
    minutes. A quarter of them is held out, and the model is measured on it before and after. With
    --corpora it rehearses examples of theirs meanwhile, and is measured on their test parts too.

    With --init alone it goes on from a model with sentences that this package brings, in minutes,
    and keeps what the corpora taught; with --teacher it learns what a larger checkpoint says. The
    weights before and after are averaged, in a share that dev decides.
    """
    if init is None and data is not None:
        raise UsageError("--data needs --init: the model to go on from, 'released' or a folder")
    if sentiment_teacher is not None and (init is None or teacher is None or model != "comment"):
        raise UsageError("--sentiment-teacher is for comment, with --init and --teacher")
    chosen = {"epochs": epochs, "learning_rate": learning_rate, "seed": seed}
    if init is not None:
        require_extra()
        if model == "split" or {base, frozen_layers} != {None} or only or each_once:
            raise UsageError(
                "--init goes on from comment, stance or tone, and takes no --base, "
                "--frozen-layers, --only or --each-once"
            )
        if data is not None and teacher is not None:
            raise UsageError("--teacher knows the corpora: it has no answers to your --data")
    if init is not None and data is not None and model != "split":
        continue_command(
            model,
            init=init,
            data=data,
            corpora=corpora,
            output=output or Path("own-models"),
            models=models,
            changes={name: value for name, value in chosen.items() if value is not None},
        )
        return
    output = output or Path("models")
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    from classifier.training.sources import default_folder

    folder = corpora or default_folder()
    require_extra()
    if model == "split":
        from classifier.training.split import fit_split, write_split

        write_split(fit_split(folder), output / model)
    elif init is not None:
        from classifier.training.further import TAUGHT, WRITTEN, train_further

        changes = {name: value for name, value in chosen.items() if value is not None}
        train_further(
            model,
            released=_folder_of(model, init, models=models),
            corpora=folder,
            output=output,
            runs=runs,
            arguments=replace(
                (WRITTEN if teacher is None else TAUGHT)[model],
                own_examples=not without_own,
                **changes,  # type: ignore[arg-type]
            ),
            teacher=teacher,
            sentiment_teacher=sentiment_teacher,
        )
    else:
        from classifier.training.arguments import TrainingArguments
        from classifier.training.release import train

        asked = chosen | {"base": base, "frozen_layers": frozen_layers}
        given = {name: value for name, value in asked.items() if value is not None}
        arguments = TrainingArguments(
            own_examples=not without_own,
            each_once=each_once,
            **given,  # type: ignore[arg-type]
        )
        train(
            model,
            corpora=folder,
            output=output,
            runs=runs,
            arguments=arguments,
            teacher=teacher,
            only=only or (),
            models=models,
        )
    typer.echo(output / model)


def _folder_of(model: "ModelName", init: str, *, models: Path | None) -> Path:
    """Return the folder of the model to go on from."""
    from classifier.labelling.checkpoint import load_model

    chosen = None if init == RELEASED else init
    return load_model(model, replacement=chosen, models=models, threads=None).folder


def require_extra() -> None:
    """Check that fine-tuning is possible.

    Raises
    ------
    MissingExtraError
        If a package of the ``train`` extra is not installed.
    """
    if any(find_spec(package) is None for package in _OF_THE_EXTRA):
        raise MissingExtraError("fine-tuning", "train")
