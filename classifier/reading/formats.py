"""Which format a source is in, by its suffix and by how it begins."""

import json
import re
from pathlib import PurePath
from typing import Literal, get_args

from classifier.errors import UsageError
from classifier.reading.columns import Columns
from classifier.reading.export_kinds import EXPORTS
from classifier.reading.html import ENGINES
from classifier.reading.tables import delimiter_of

Format = Literal["text", "json", "jsonl", "csv", "tsv", "parquet", "warc", "html"]
FORMATS: tuple[str, ...] = (*get_args(Format), *EXPORTS, *ENGINES)
"""What ``--format`` takes: formats, exports, which are kinds of JSON, and engines of ``html``."""

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
_MARKUP_SUFFIXES = (".html", ".htm", ".xhtml", ".mhtml", ".mht", ".php", ".asp", ".aspx")
PAGE_SUFFIXES = frozenset((*_SUFFIXES, *_MARKUP_SUFFIXES, ".json", ".parquet", ".warc", ".wet"))
"""Which files of a folder are read."""

_MARKUP = re.compile(
    rb"(?:\xef\xbb\xbf)?\s{0,4096}"
    rb"<(?:!doctype html|html|\?xml|head|body|meta|!--|div|article)[\s>/-]?",
    re.IGNORECASE,
)
_HEAD_BYTES = 8192


def is_markup(name: str, head: bytes) -> bool:
    """Return whether a source is a page with its markup, by its suffix or how it begins.

    Parameters
    ----------
    name : str
        Path, for the suffix.
    head : bytes
        Its beginning.
    """
    suffix = PurePath(name).suffix.lower()
    if suffix in _MARKUP_SUFFIXES:
        return True
    if suffix in _SUFFIXES and _SUFFIXES[suffix] != "text":
        return False
    start = head[:_HEAD_BYTES].replace(b"\x00", b"").lstrip(b"\xff\xfe")
    return _MARKUP.match(start) is not None


def known_format(name: str) -> str:
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
    """Return the format of a source that is no markup.

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
