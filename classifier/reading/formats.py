"""Which format a source is in, by its suffix and by how it begins."""

import json
from pathlib import PurePath
from typing import Literal, get_args

from classifier.errors import InputError, UsageError
from classifier.reading.columns import Columns
from classifier.reading.tables import delimiter_of

Format = Literal["text", "json", "jsonl", "csv", "tsv"]
FORMATS: tuple[Format, ...] = get_args(Format)

_SUFFIXES: dict[str, Format] = {
    ".csv": "csv",
    ".tsv": "tsv",
    ".tab": "tsv",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".txt": "text",
    ".text": "text",
    ".md": "text",
}
_MARKUP = ("<!doctype html", "<html", "<?xml")


def known_format(name: str) -> Format:
    """Return the format of this name.

    Raises
    ------
    UsageError
        If there is none.
    """
    for known in FORMATS:
        if name == known:
            return known
    raise UsageError(f"unknown format '{name}': choose one of {', '.join(FORMATS)}")


def detect_format(name: str, head: str, columns: Columns) -> Format:
    """Return the format of a source.

    A first line that is a JSON object makes it JSON Lines, whatever its suffix; a first line
    that names a text column among others makes it a table, if it has no suffix of a page.

    Parameters
    ----------
    name : str
        Path, for the suffix.
    head : str
        Beginning of the text, up to the end of its first line that is not blank, or beyond.
    columns : Columns
        Columns that were given.

    Raises
    ------
    InputError
        If the source is markup.
    """
    by_suffix = _SUFFIXES.get(PurePath(name).suffix.lower())
    start = head.lstrip()
    if by_suffix in ("csv", "tsv", "jsonl"):
        return by_suffix
    first_line = start.split("\n", 1)[0]
    if _is_object(first_line):
        return "jsonl"
    if PurePath(name).suffix.lower() == ".json" or _begins_json(start):
        return "json"
    if start[:20].lower().startswith(_MARKUP):
        raise InputError(
            f"{name}: is markup, not a stripped page: convert it to text, or read it as it "
            "stands with --format text"
        )
    return by_suffix or _delimited(first_line, columns) or "text"


def _is_object(line: str) -> bool:
    if not line.startswith("{"):
        return False
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def _begins_json(start: str) -> bool:
    """Return whether a list of objects or an object begins here; prose opens no such bracket."""
    if start[:1] not in ("[", "{"):
        return False
    opened, inner = start[0], start[1:].lstrip()
    return inner.startswith("{" if opened == "[" else '"')


def _delimited(line: str, columns: Columns) -> Format | None:
    delimiter = delimiter_of(line, columns)
    names = line.split(delimiter)
    prose = len(names) == 1 or any(name.startswith(" ") for name in names)
    if prose or columns.found_in(names).text is None:
        return None
    return "tsv" if delimiter == "\t" else "csv"
