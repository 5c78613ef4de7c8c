"""What a reader has to say about an input that it could still use."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, TypeAlias

from classifier.terminal_text import visible

_log = logging.getLogger("classifier.reading")


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """One remark on an input; it never repeats the input's text.

    Parameters
    ----------
    kind : {"warning", "failure"}
        A failure means that a part of the input was left out; a warning that all of it was
        read, but not quite as it stood.
    source : str
        The input that it is about: its path, or ``standard input``.
    message : str
        One line: what was wrong and what was done about it.
    line : int or None
        Line of the file, from 1, where there is one to name.
    """

    kind: Literal["warning", "failure"]
    source: str
    message: str
    line: int | None = None

    def __str__(self) -> str:
        place = self.source if self.line is None else f"{self.source}, line {self.line}"
        return f"{place}: {self.message}"


Notify: TypeAlias = Callable[[Notice], None]


def log_notice(notice: Notice) -> None:
    """Log the notice as a warning of ``classifier.reading``: what happens if nobody listens."""
    _log.warning("%s", visible(str(notice)))
