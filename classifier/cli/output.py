"""Write results to a file as a whole, or to standard output."""

import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, TextIO

from classifier.errors import UsageError

STANDARD_OUTPUT = "-"


@contextmanager
def whole_file(path: str | Path) -> Iterator[TextIO]:
    """Open a UTF-8 text stream that takes the file's place once all is written.

    Until then, and if writing fails, the file keeps what it had. A dash is standard output; a
    device or a pipe is written to directly.

    Raises
    ------
    UsageError
        If the file cannot be written.
    """
    if str(path) == STANDARD_OUTPUT:
        if isinstance(sys.stdout, io.TextIOWrapper):
            sys.stdout.reconfigure(encoding="utf-8")
        yield sys.stdout
        return
    with _replaced(path) as written, written.open("w", encoding="utf-8") as stream:
        yield stream


@contextmanager
def whole_binary_file(path: str | Path) -> Iterator[BinaryIO]:
    """Open a binary stream that takes the file's place once all is written; see `whole_file`."""
    if str(path) == STANDARD_OUTPUT:
        yield sys.stdout.buffer
        return
    with _replaced(path) as written, written.open("wb") as stream:
        yield stream


@contextmanager
def _replaced(path: str | Path) -> Iterator[Path]:
    final = Path(path).resolve()
    direct = final.exists() and not final.is_file()
    written = final if direct else final.with_name(f".{final.name}.{os.getpid()}.part")
    try:
        yield written
        if not direct:
            written.replace(final)
    except OSError as error:
        if isinstance(error, BrokenPipeError):
            raise
        raise UsageError(f"{path}: cannot be written: {error.strerror}") from error
    finally:
        if not direct:
            written.unlink(missing_ok=True)


def write_line(stream: TextIO, line: str) -> None:
    """Write a line and pass it on, a long one in parts: encoded, each takes memory once more."""
    from classifier.scaling.pieces import parts_of_line

    stream.writelines(parts_of_line(line))
    stream.write("\n")
    stream.flush()


def write_whole(path: str | Path, text: str) -> None:
    """Write a file as a whole, or to standard output; see `whole_file`."""
    with whole_file(path) as stream:
        stream.write(text)
