"""Comments in a Parquet file, one a row, read a batch of rows at a time; needs `pyarrow`."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from classifier.errors import InputError, MissingExtraError
from classifier.reading.columns import Columns, shown
from classifier.reading.limits import Limits
from classifier.reading.notices import Notice, Notify
from classifier.reading.opening import is_standard_input
from classifier.reading.records import Comment, comment_of, threads_of
from classifier.thread import Thread

if TYPE_CHECKING:
    from pyarrow.parquet import ParquetFile

_MAGIC = b"PAR1"
_ROWS = 1000


def is_parquet(head: bytes) -> bool:
    """Return whether a file that begins so is a Parquet file."""
    return head.startswith(_MAGIC)


def read_parquet(
    path: str | Path, *, columns: Columns, limits: Limits, id_: str, name: str, notify: Notify
) -> Iterator[Thread]:
    """Yield the threads of a Parquet file; only the columns that are needed are read.

    A row that cannot be used is a failure and the rest goes on, as is a group of rows that
    would take more memory than a page may.

    Raises
    ------
    MissingExtraError
        If `pyarrow` is not installed.
    InputError
        If the file is no Parquet file or is standard input, lacks a column that was given or one
        that holds the text, or if no row can be used.
    """
    try:
        from pyarrow import ArrowException
        from pyarrow.parquet import ParquetFile
        from pyarrow.types import is_string
    except ImportError:
        raise MissingExtraError("Parquet", "parquet") from None
    if is_standard_input(path):
        raise InputError(f"{name}: Parquet is read from a file: save it and name the file")
    try:
        with ParquetFile(path, memory_map=False) as file:
            texts = [str(each.name) for each in file.schema_arrow if is_string(each.type)]
        # A text that stands in many rows is stored once, and is to be held once, too.
        with ParquetFile(path, memory_map=False, pre_buffer=False, read_dictionary=texts) as file:
            threads = threads_of(
                _comments(file, columns, limits, name, notify),
                limits=limits,
                default_id=id_,
                source=name,
                notify=notify,
            )
            first = next(threads, None)
            if first is None:
                raise InputError(f"{name}: no row of it holds a comment")
            yield first
            yield from threads
    except (ArrowException, OSError, ValueError) as error:
        reason = str(error).splitlines()[0][:200] if str(error) else type(error).__name__
        raise InputError(f"{name}: cannot be read as Parquet: {reason}") from None


def _comments(
    file: "ParquetFile", columns: Columns, limits: Limits, name: str, notify: Notify
) -> Iterator[Comment]:
    names = file.schema_arrow.names
    for missing in columns.missing_from(names):
        raise InputError(f"{name}: no column '{missing}': there are {shown(names)}")
    found = columns.found_in(names)
    if found.text is None:
        raise InputError(
            f"{name}: no column that holds the text: name it, there are {shown(names)}"
        )
    wanted = list(found.names())
    row = 0
    for group in range(file.num_row_groups):
        about = file.metadata.row_group(group)
        sizes = (about.column(number) for number in range(about.num_columns))
        size = sum(each.total_uncompressed_size for each in sizes if each.path_in_schema in wanted)
        if size > limits.page_size:
            message = f"rows {row + 1} to {row + about.num_rows} left out: {limits.excess}"
            notify(Notice(kind="failure", source=name, message=message))
            row += about.num_rows
            continue
        for batch in file.iter_batches(batch_size=_ROWS, row_groups=[group], columns=wanted):
            cells = {column: batch[column] for column in wanted}
            for place in range(batch.num_rows):
                row += 1
                try:
                    record = {column: values[place].as_py() for column, values in cells.items()}
                    limits.check(len(str(record[found.text])), "a text")
                    yield comment_of(record, found)
                except (ValueError, InputError) as error:
                    message = f"row {row} left out: {error}"
                    notify(Notice(kind="failure", source=name, message=message))
