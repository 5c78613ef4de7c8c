"""Open a corpus's files as their publishers encoded them."""

import csv
import gzip
import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

from classifier.errors import InputError

_FIELD_LIMIT = 10_000_000


def existing(root: Path, path: str) -> Path:
    """Return the file's path, or say which corpus file is missing and how to get it.

    Raises
    ------
    InputError
        If the file is not there.
    """
    file = root / path
    if not file.is_file():
        raise InputError(
            f"{file}: corpus file is missing: run 'classifier data fetch' or name the folder "
            "that holds the corpora with --corpora"
        )
    return file


def rows(
    root: Path, path: str, *, delimiter: str = ",", quoted: bool = True, encoding: str = "utf-8"
) -> Iterator[dict[str, str]]:
    """Yield a table with a header as one dict a row; ``.gz`` files are unpacked."""
    csv.field_size_limit(_FIELD_LIMIT)
    with _text(existing(root, path), encoding) as stream:
        yield from csv.DictReader(
            stream,
            delimiter=delimiter,
            quoting=csv.QUOTE_MINIMAL if quoted else csv.QUOTE_NONE,
        )


def bare_rows(root: Path, path: str, *, delimiter: str = ",") -> Iterator[list[str]]:
    """Yield a table without a header as one list a row."""
    csv.field_size_limit(_FIELD_LIMIT)
    with _text(existing(root, path), "utf-8") as stream:
        yield from csv.reader(stream, delimiter=delimiter)


def zipped_rows(root: Path, path: str, member: str) -> Iterator[dict[str, str]]:
    """Yield a table inside a zip archive as one dict a row."""
    csv.field_size_limit(_FIELD_LIMIT)
    with zipfile.ZipFile(existing(root, path)) as archive, archive.open(member) as stream:
        yield from csv.DictReader(io.TextIOWrapper(stream, encoding="utf-8", newline=""))


def lines(root: Path, path: str) -> list[str]:
    """Return the file's lines, split on line feeds only."""
    return existing(root, path).read_text(encoding="utf-8").removesuffix("\n").split("\n")


def _text(file: Path, encoding: str) -> io.TextIOBase:
    if file.suffix == ".gz":
        return gzip.open(file, "rt", encoding=encoding, newline="")
    return file.open(encoding=encoding, newline="")
