"""``classifier evaluate --suite``: whom a model treats differently, and what it can do."""

from pathlib import Path
from typing import TYPE_CHECKING

from classifier.cli.output import STANDARD_OUTPUT, write_whole
from classifier.cli.progress import progress

if TYPE_CHECKING:
    from classifier.evaluating.suite import SuiteResult
    from classifier.labelling.released import ReleasedModel


def evaluate_on_suite(
    model: "ReleasedModel", *, before: Path | None, json: str | None, write: bool
) -> None:
    """Ask a model the suite's sentences, and show what was found.

    Raises
    ------
    InputError
        If the earlier figures cannot be read.
    """
    from classifier.evaluating.suite import FILE, read_suite, run_suite, suite_json

    earlier = None if before is None else read_suite(before)
    with progress("sentences") as advance:
        found = run_suite(model, advance=advance)
    content = suite_json(found, before=earlier)
    if write:
        from classifier.evaluating.card import write_card

        write_whole(model.folder / FILE, content)
        write_card(model.folder)
    if json is not None:
        write_whole(json, content)
    if json != STANDARD_OUTPUT:
        print_suite(found, before=earlier)


def print_suite(found: "SuiteResult", *, before: "SuiteResult | None") -> None:
    """Print a table for each part of the suite."""
    from rich.box import SIMPLE_HEAD
    from rich.markup import escape
    from rich.table import Table

    from classifier.cli.console import open_console
    from classifier.evaluating.suite import sections

    console = open_console()
    for section in sections(found, before=before):
        table = Table(title=section.title, title_justify="left", box=SIMPLE_HEAD)
        for heading in section.headings:
            table.add_column(heading)
        for row in section.rows:
            table.add_row(*map(escape, row))
        console.print(table)
        console.print(f"[dim]{escape(section.note)}[/dim]\n")
