"""Shards: files of labelled threads."""

from collections.abc import Iterable, Iterator, Sequence
from typing import BinaryIO

from classifier.scaling.folders import Folder
from classifier.scaling.pieces import parts_of_line
from classifier.scaling.settings import ShardFormat
from classifier.thread import Thread


def shard_name(number: int, form: ShardFormat) -> str:
    """Return the name of the shard of a piece."""
    return f"shard-{number:06d}.{form}"


def write_shard(
    folder: Folder, name: str, threads: Sequence[Thread], *, form: ShardFormat, topics: int
) -> None:
    """Write labelled threads as one shard, whole or not at all.

    Parameters
    ----------
    folder : Folder
        Where to.
    name : str
        The shard's name.
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

        folder.write(name, write)
        return
    folder.write(name, lambda stream: stream.writelines(_lines(threads)))


def _lines(threads: Iterable[Thread]) -> Iterator[bytes]:
    """Yield the lines of threads as bytes, a long one in parts."""
    for thread in threads:
        yield from (part.encode() for part in parts_of_line(thread.to_json()))
        yield b"\n"
