"""``classifier models``: the released models that would be used, and their checksums."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import typer

from classifier.cli.options import Models

app = typer.Typer(help="Show the released models.", no_args_is_help=True, rich_markup_mode=None)


@app.callback()
def _several() -> None:
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundModel:
    """One model folder: what it answers, how large it is, how well it does."""

    name: str
    folder: Path
    tasks: tuple[str, ...]
    bytes: int
    figures: tuple[str, ...]


@app.command("list")
def list_command(models: Models = None) -> None:
    """List the models that would be used, and how well they do."""
    for model in find_models(models):
        typer.echo(f"{model.name}: {', '.join(model.tasks)}; {model.bytes / 1e6:.1f} MB")
        typer.echo(f"  {model.folder}")
        for figure in model.figures:
            typer.echo(f"  {figure}")


@app.command("checksum")
def checksum_command(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="A model's folder.")],
) -> None:
    """Write the checksums of a model folder that you changed or made yourself.

    Models are verified against them whenever they are loaded. 'train' and 'calibrate' write them.
    """
    from classifier.checksums import CHECKSUMS, write_checksums
    from classifier.errors import UsageError

    if not (folder / "config.json").is_file():
        raise UsageError(f"{folder}: holds no config.json: name a model's folder")
    try:
        write_checksums(folder)
    except OSError as error:
        raise UsageError(f"{folder}: cannot be written: {error.strerror}") from error
    typer.echo(folder / CHECKSUMS)


def find_models(models: Path | None) -> tuple[FoundModel, ...]:
    """Return the models that would be used, by name.

    Raises
    ------
    ModelError
        If there is none.
    """
    from classifier.errors import ModelError
    from classifier.labelling.released import list_models, model_roots

    found = tuple(_describe(folder) for folder in list_models(models=models))
    if not found:
        looked = ", ".join(str(root) for root in model_roots(models))
        raise ModelError(f"no model was found in {looked}: install classifier again")
    return found


def _describe(folder: Path) -> FoundModel:
    config = _json(folder / "config.json")
    described = config.get("classifier", {}) if isinstance(config, dict) else {}
    return FoundModel(
        name=folder.name,
        folder=folder,
        tasks=tuple(task["name"] for task in described.get("tasks", ())) or (folder.name,),
        bytes=sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()),
        figures=tuple(_figures(_json(folder / "metrics.json"))),
    )


def _figures(comparisons: object) -> Iterator[str]:
    """Yield the first comparison of each task in one line."""
    seen = set()
    for comparison in comparisons if isinstance(comparisons, list) else ():
        if comparison["task"] in seen:
            continue
        seen.add(comparison["task"])
        name = "macro_f1" if "macro_f1" in comparison["transformer"] else "mean_auc"
        title = "macro-F1" if name == "macro_f1" else "mean AUC"
        where = comparison.get("test_set", "")
        values = [_value(comparison[family], name) for family in ("transformer", "baseline")]
        yield f"{comparison['task']} {where}: {title} {values[0]} (baseline {values[1]})"


def _value(scores: Mapping[str, Any], name: str) -> str:
    value = scores.get(name)
    return "-" if value is None else f"{value:.3f}"


def _json(file: Path) -> object:
    try:
        return json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
