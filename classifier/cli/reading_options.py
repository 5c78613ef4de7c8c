"""The options that say how inputs are read, given to a command as one argument."""

import inspect
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from classifier.reading import Notify
    from classifier.thread import Thread


_FORMAT = Annotated[
    str | None,
    typer.Option(
        "--format",
        metavar="NAME",
        help="text, json, jsonl, csv, tsv, html, or the engine that made a page: xenforo2, "
        "xenforo1, vbulletin5, vbulletin4, vbulletin3, phpbb, discourse, smf, invision, mybb, "
        "disqus, wordpress; by default told from the input itself.",
    ),
]
_COLUMNS = {
    "text": ("text", "Column or key that holds a comment's text, where it has no usual name."),
    "id": ("id", "Likewise: the comment's id."),
    "author": ("author", "Likewise: its author."),
    "posted_at": ("date", "Likewise: when it was posted."),
    "parent_id": ("parent", "Likewise: the id of the comment that it answers."),
    "thread_id": ("thread", "Likewise: the id of its discussion."),
    "title": ("title", "Likewise: the title of its discussion."),
    "target": ("target", "Likewise: what its stance is asked towards."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingOptions:
    """How inputs are read: their format, and columns of comment records by what they hold."""

    format: str | None
    columns: Mapping[str, str | None]

    def threads(self, source: str, *, models: Path | None, notify: "Notify") -> "Iterator[Thread]":
        """Read the threads of an input as the options say."""
        from classifier.pipeline import read_threads
        from classifier.reading import Columns

        columns = Columns(**self.columns)
        return read_threads(
            source, format=self.format, columns=columns, models=models, notify=notify
        )


def with_reading_options(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options of `ReadingOptions` to a command that takes them as `reading`."""

    @wraps(command)
    def wrapped(**given: Any) -> None:  # noqa: ANN401 - whatever the command takes
        columns = {name: given.pop(f"{name}_column") for name in _COLUMNS}
        reading = ReadingOptions(format=given.pop("format_name"), columns=columns)
        command(reading=reading, **given)

    added = {"format_name": _FORMAT} | {
        f"{name}_column": Annotated[
            str | None, typer.Option(f"--{word}-column", metavar="NAME", help=what)
        ]
        for name, (word, what) in _COLUMNS.items()
    }
    signature = inspect.signature(command)
    parameters = [
        each.replace(kind=inspect.Parameter.KEYWORD_ONLY)
        for name, each in signature.parameters.items()
        if name != "reading"
    ] + [
        inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=None, annotation=option)
        for name, option in added.items()
    ]
    wrapped.__signature__ = signature.replace(parameters=parameters)  # type: ignore[attr-defined]
    wrapped.__annotations__ = {each.name: each.annotation for each in parameters}
    return wrapped
