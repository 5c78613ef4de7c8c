"""Shards: files of labelled threads that are there whole or not at all."""

import hashlib
import os
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from classifier.scaling.settings import ShardFormat
from classifier.thread import Thread

_BLOCK = 1 << 20


def shard_name(number: int, form: ShardFormat) -> str:
    """Return the name of the shard of a piece."""
    return f"shard-{number:06d}.{form}"


def write_shard(file: Path, threads: Sequence[Thread], *, form: ShardFormat, topics: int) -> None:
    """Write labelled threads as one shard.

    Parameters
    ----------
    file : Path
        The shard's final name.
    threads : sequence of Thread
        Labelled.
    form : {"jsonl", "parquet"}
        Threads as they are, or flat rows.
    topics : int
        How many topics have columns in a flat row.

    Raises
    ------
    OSError
        If it cannot be written; nothing of it is left then.
    MissingExtraError
        If Parquet is asked for and pyarrow is not installed.
    """
    if form == "parquet":
        from classifier.reporting import ParquetTable, columns, rows_of

        def write(stream: BinaryIO) -> None:
            with ParquetTable(stream, columns(topics=topics)) as table:
                table.write(row for thread in threads for row in rows_of(thread, topics=topics))

        write_durably(file, write)
        return
    write_durably(file, lambda stream: stream.writelines(_lines(threads)))


def _lines(threads: Iterable[Thread]) -> Iterable[bytes]:
    for thread in threads:
        yield thread.to_json().encode() + b"\n"


def write_durably(file: Path, write: Callable[[BinaryIO], object]) -> None:
    """Write a file so that it has its name only once all of it is on the disk.

    Raises
    ------
    OSError
        If it cannot be written; what stood there before is untouched.
    """
    part = file.with_name(f".{file.name}.{os.getpid()}.part")
    try:
        with part.open("wb") as stream:
            write(stream)
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(file)
    except BaseException:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise
    sync_folder(file.parent)


def sync_folder(folder: Path) -> None:
    """Make sure that names given in a folder outlast a loss of power, where the system can."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def sha256_of(file: Path) -> str | None:
    """Return a file's checksum; None where it is missing or cannot be read."""
    content = hashlib.sha256()
    try:
        with file.open("rb") as stream:
            while block := stream.read(_BLOCK):
                content.update(block)
    except OSError:
        return None
    return content.hexdigest()


def sweep(folder: Path) -> None:
    """Remove what a run that was killed had begun to write."""
    for part in folder.glob(".*.part"):
        part.unlink(missing_ok=True)
