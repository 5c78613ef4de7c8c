"""Folders and patterns in place of files."""

import glob
import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePath

from classifier.reading.compressed import plain_name
from classifier.reading.convokit import corpus_file
from classifier.reading.formats import PAGE_SUFFIXES
from classifier.reading.opening import is_standard_input

_DIGITS = re.compile(r"([0-9]+)")
_LONGEST_NUMBER = 18


def expanded(inputs: Iterable[str]) -> list[str]:
    """Return the files that the inputs mean, those of a folder in their natural order.

    A folder means the files in it, and in its folders, that a known suffix marks as readable;
    one that holds a ConvoKit corpus means itself. A pattern such as ``pages/*.html`` means what
    it matches, ``**`` any folders. Hidden files are left out. What means nothing stays as it is,
    for its reader to complain of.
    """
    return [file for given in inputs for file in (_files_of(given) or [given])]


def _files_of(given: str) -> list[str]:
    path = Path(given)
    try:
        is_file, is_folder = path.is_file(), path.is_dir()
    except OSError:  # longer than any name may be
        return []
    if is_standard_input(given) or is_file or corpus_file(path) is not None:
        return []
    if is_folder:
        return sorted(_files_in(path), key=_natural)
    if not glob.has_magic(given):
        return []
    found = sorted(glob.iglob(given, recursive=True), key=_natural)  # noqa: PTH207 - keeps the path as given
    return [file for each in found for file in (_files_of(each) or [each])]


def _files_in(folder: Path) -> Iterator[str]:
    for inside, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in files:
            if not name.startswith(".") and _suffix(name) in PAGE_SUFFIXES:
                yield os.path.join(inside, name)  # noqa: PTH118 - a million of them


def _suffix(name: str) -> str:
    """Return what tells a file's format; pages saved by address keep its query behind that."""
    return PurePath(plain_name(name)).suffix.lower().partition("?")[0]


def _natural(path: str) -> tuple[tuple[int, str], ...]:
    """Return a key that sorts page-2 before page-10."""
    return tuple(
        (int(part), "") if part.isdigit() and len(part) <= _LONGEST_NUMBER else (-1, part)
        for part in _DIGITS.split(path)
    )
