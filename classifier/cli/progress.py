"""Progress on standard error, only where a person sees it."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Advance = Callable[[int], None]


@contextmanager
def progress(
    what: str,
    *,
    total: int | None = None,
    beside_output: bool = False,
    rate: bool = False,
) -> Iterator[Advance]:
    """Show how far the work is, and give a function to call with each amount done.

    Parameters
    ----------
    what : str
        What is counted, as a plural noun.
    total : int, optional
        How many there will be, if known.
    beside_output : bool
        Whether results are printed meanwhile; if so, nothing is shown where they go to the same
        terminal.
    rate : bool
        Show how many are done a second.
    """
    if not sys.stderr.isatty() or (beside_output and sys.stdout.isatty()):
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        ProgressColumn,
        Task,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )
    from rich.text import Text

    class _Rate(ProgressColumn):
        def render(self, task: "Task") -> Text:
            return Text("" if task.speed is None else f"{task.speed:.0f} a second")

    console = Console(stderr=True)
    columns: list[str | ProgressColumn] = [BarColumn(), MofNCompleteColumn(), what]
    columns += [_Rate()] if rate else []
    columns.append(TimeElapsedColumn() if total is None else TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True, redirect_stdout=False) as shown:
        task = shown.add_task(what, total=total)
        yield lambda amount: shown.update(task, advance=amount)
