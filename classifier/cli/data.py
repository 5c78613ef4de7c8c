"""``classifier data``: the corpora that the models learn from and are measured on."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from classifier.cli.inputs import InputLog
from classifier.cli.messages import complain
from classifier.cli.options import Corpora
from classifier.cli.progress import progress

if TYPE_CHECKING:
    from rich.table import Table

    from classifier.training.sources import Source

app = typer.Typer(
    help="List the corpora behind the models, or fetch them.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


Names = Annotated[
    list[str] | None,
    typer.Argument(metavar="CORPUS", show_default=False, help="Names as listed; by default all."),
]


@app.command("list")
def list_command(names: Names = None, *, corpora: Corpora = None) -> None:
    """List the corpora: licence, tasks, size, and whether they are there.

    With names, their files: use, checksum, and where each comes from.
    """
    from classifier.cli.console import open_console
    from classifier.training.sources import default_folder, named_sources

    folder = corpora or default_folder()
    sources = named_sources(tuple(names or ()))
    if names:
        for line in file_lines(sources):
            typer.echo(line)
    else:
        open_console().print(corpora_table(sources, folder))
    typer.echo(f"Files there: in {folder}")


@app.command("fetch")
def fetch_command(
    names: Names = None,
    *,
    corpora: Corpora = None,
    take_from: Annotated[
        Path | None,
        typer.Option(
            "--from", metavar="DIR", help="Copy from this folder of corpora instead of fetching."
        ),
    ] = None,
) -> None:
    """Fetch corpora from their publishers, checking every file.

    Some files were derived from their publishers' and cannot be fetched; each is named with
    what it was made from.
    """
    from classifier.training.fetching import fetch
    from classifier.training.sources import default_folder, named_sources

    sources = named_sources(tuple(names or ()))
    folder = corpora or default_folder()
    log = InputLog()
    with progress("bytes", total=sum(source.bytes for source in sources)) as advance:
        for fetched in fetch(sources, folder, take_from=take_from, advance=advance):
            if fetched.outcome == "failed":
                complain(fetched.problem)
                log.failed += 1
            else:
                log.done += 1
    typer.echo(f"{log.done} of {log.done + log.failed} files are in {folder}")
    log.end()


def file_lines(sources: "tuple[Source, ...]") -> Iterator[str]:
    """Yield what the register says of corpora and their files."""
    for source in sources:
        yield f"{source.name}: {source.title}"
        yield f"  licence: {source.licence}. {source.licence_note}".rstrip()
        for file in source.files:
            yield f"  {file.path}"
            if file.tasks:
                yield f"    use: {', '.join(file.tasks)} ({', '.join(file.parts)})"
            yield f"    sha256: {file.sha256}"
            yield f"    from: {file.url or f'{file.derived}; made from ' + ', '.join(file.origin)}"


def corpora_table(sources: "tuple[Source, ...]", folder: Path) -> "Table":
    """Return a table of the corpora and of which of their files a folder holds."""
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    from classifier.training.fetching import is_present

    headings = ("corpus", "tasks", "licence", "permissive", "MB", "files there")
    table = Table(*headings, box=SIMPLE_HEAD)
    for source in sources:
        there = sum(is_present(file, folder) for file in source.files)
        table.add_row(
            source.name,
            ", ".join(source.tasks),
            source.licence,
            "yes" if source.permissive else "no",
            f"{source.bytes / 1e6:.1f}",
            f"{there} of {len(source.files)}",
        )
    return table
