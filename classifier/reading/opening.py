"""From a path or standard input to bytes."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, cast

from classifier.errors import InputError
from classifier.terminal_text import readable_name

if TYPE_CHECKING:
    from io import BufferedReader

CHUNK_BYTES = 1 << 20
_STANDARD_INPUT = "-"


def is_standard_input(source: str | Path) -> bool:
    """Return whether a dash was given in a file's place."""
    return str(source) == _STANDARD_INPUT


def name_of(source: str | Path) -> str:
    """Return how messages and records call the source."""
    return "standard input" if is_standard_input(source) else readable_name(source)


def stem_of(source: str | Path) -> str:
    """Return the id of a page that carries none: the file's name without its suffix."""
    return "stdin" if is_standard_input(source) else readable_name(Path(source).stem)


def chunks_of(source: str | Path) -> Iterator[bytes]:
    """Yield the source's bytes, at most a mebibyte at a time and never an empty chunk.

    Standard input is passed on as it arrives.

    Raises
    ------
    InputError
        If the source is missing, is a folder, or cannot be read.
    """
    if is_standard_input(source):
        stream = cast("BufferedReader", sys.stdin.buffer)
        while chunk := stream.read1(CHUNK_BYTES):
            yield chunk
        return
    path = Path(source)
    try:
        with path.open("rb") as stream:
            while chunk := stream.read(CHUNK_BYTES):
                yield chunk
    except FileNotFoundError:
        raise InputError(f"{path}: no such file: check the path") from None
    except IsADirectoryError:
        raise InputError(f"{path}: is a folder: name files, or a folder with pages in it") from None
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}") from error
    except ValueError:
        raise InputError(f"{str(path)!r}: is no name that a file can have") from None
