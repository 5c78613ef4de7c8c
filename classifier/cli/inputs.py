"""Go over several inputs so that one that fails does not stop the rest."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

import typer

from classifier.cli.messages import complain
from classifier.cli.progress import Advance
from classifier.errors import InputError, MissingExtraError

if TYPE_CHECKING:
    from classifier.reading import Notice


class InputLog:
    """Which inputs failed, wholly or in part, each told on standard error as it happens."""

    def __init__(self) -> None:
        self.done = 0
        self.failed = 0
        self.partly_failed = False

    def notify(self, notice: "Notice") -> None:
        """Tell what a reader has to say about an input that it could still use."""
        complain(notice)
        self.partly_failed |= notice.kind == "failure"

    def skip(self, error: InputError) -> None:
        """Tell of a part of an input that was left out."""
        complain(error)
        self.partly_failed = True

    def each(
        self,
        inputs: Iterable[str],
        work: Callable[[str], None],
        *,
        advance: Advance = lambda _: None,
    ) -> None:
        """Do the work for each input; one that cannot be used is told and passed over."""
        for name in inputs:
            try:
                work(name)
            except (InputError, MissingExtraError) as error:
                complain(error)
                self.failed += 1
            else:
                self.done += 1
            advance(1)

    def exit_code(self) -> int:
        """Return 0 if all was done, 1 if some was not, 2 if nothing was."""
        if self.failed and not self.done:
            return 2
        return 1 if self.failed or self.partly_failed else 0

    def end(self) -> None:
        """Leave the command with the exit code."""
        raise typer.Exit(self.exit_code())
