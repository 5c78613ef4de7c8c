"""The options that say how inputs are read, given to a command as one argument."""

import inspect
from collections.abc import Callable, Iterator, Mapping, Sequence
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
        help="text, json, jsonl, csv, tsv, parquet, warc, html; an export: reddit, convokit, "
        "discourse-json, hacker-news, label-studio; or the engine that made a page: xenforo2, "
        "xenforo1, vbulletin5, vbulletin4, vbulletin3, phpbb, discourse, smf, invision, mybb, "
        "disqus, wordpress; by default told from the input itself.",
    ),
]
_MAX_PAGE_SIZE = Annotated[
    int,
    typer.Option(
        "--max-page-size",
        metavar="MB",
        min=1,
        help="Leave out pages, lines and records larger than this once decompressed; each line, "
        "comment and mark of HTML counts for more than its characters.",
    ),
]
_JOIN = Annotated[
    bool,
    typer.Option(
        "--join",
        help="Take all inputs for pages of threads, joined where the same thread goes on; by "
        "default only those whose names say so, as in page-2 or start=20.",
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

_DEFAULTS: Mapping[str, object] = {"max_page_size": 12, "join": False}


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingOptions:
    """How inputs are read: their format, and columns of comment records by what they hold."""

    format: str | None
    columns: Mapping[str, str | None]
    max_page_size: int
    together: Mapping[str, tuple[str, ...]]

    def threads(
        self,
        source: str,
        *,
        models: Path | None,
        notify: "Notify",
        keep_text: bool = False,
        most_comments: int | None = None,
    ) -> "Iterator[Thread]":
        """Read the threads of an input, and of the files that go on from it, as the options say.

        Comments that nothing joins come in threads of `most_comments` at most.
        """
        from classifier.pipeline import read_threads
        from classifier.reading import Columns, Limits

        pages = self.together.get(source, (source,))
        return read_threads(
            source if len(pages) == 1 else pages,
            format=self.format,
            columns=Columns(**self.columns),
            limits=Limits(page_size=self.max_page_size * 1_000_000, comments=most_comments),
            models=models,
            keep_text=keep_text,
            notify=notify,
        )


def with_reading_options(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options of `ReadingOptions` to a command that takes them as `reading`."""

    @wraps(command)
    def wrapped(**given: Any) -> None:  # noqa: ANN401 - whatever the command takes
        columns = {name: given.pop(f"{name}_column") for name in _COLUMNS}
        together = _pages_together(given["inputs"], join=given.pop("join"))
        reading = ReadingOptions(
            format=given.pop("format_name"),
            columns=columns,
            max_page_size=given.pop("max_page_size"),
            together=together,
        )
        command(reading=reading, **(given | {"inputs": list(together)}))

    added = {"format_name": _FORMAT, "max_page_size": _MAX_PAGE_SIZE, "join": _JOIN} | {
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
        inspect.Parameter(
            name,
            inspect.Parameter.KEYWORD_ONLY,
            default=_DEFAULTS.get(name),
            annotation=option,
        )
        for name, option in added.items()
    ]
    wrapped.__signature__ = signature.replace(parameters=parameters)  # type: ignore[attr-defined]
    wrapped.__annotations__ = {each.name: each.annotation for each in parameters}
    return wrapped


def _pages_together(inputs: Sequence[str], *, join: bool) -> dict[str, tuple[str, ...]]:
    """Return the files that the inputs mean, by the first of those that make one source."""
    from classifier.reading.many import expanded
    from classifier.reading.multi_page import grouped

    files = expanded(inputs)
    groups = [tuple(files)] if join else grouped(files)
    return {group[0]: group for group in groups}
