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
# A text that stands in many rows is stored once; as a dictionary it is held once, too, but a large
# group of different texts then takes seven times its size.
_LARGEST_GROUP = 16
_MOST_HELD = 32


def is_parquet(head: bytes) -> bool:
    """Return whether a file that begins so is a Parquet file."""
    return head.startswith(_MAGIC)


def read_parquet(
    path: str | Path, *, columns: Columns, limits: Limits, id_: str, name: str, notify: Notify
) -> Iterator[Thread]:
    """Yield the threads of a Parquet file; only the columns that are needed are read.

    A row that cannot be used is a failure and the rest goes on, as is a group of rows that
    is larger than sixteen pages may be.

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
        with (
            ParquetFile(path, memory_map=False, pre_buffer=False, read_dictionary=texts) as file,
            ParquetFile(path, memory_map=False, pre_buffer=False) as plain,
        ):
            threads = threads_of(
                _comments(file, plain, columns, limits=limits, name=name, notify=notify),
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
    file: "ParquetFile",
    plain: "ParquetFile",
    columns: Columns,
    *,
    limits: Limits,
    name: str,
    notify: Notify,
) -> Iterator[Comment]:
    """Yield the comment in each row; `plain` is the file without dictionaries of its texts."""
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
        if size > _LARGEST_GROUP * limits.page_size:
            pages = f"{_LARGEST_GROUP} pages of {limits.page_size / 1e6:,.4g} MB"
            excess = f"in one group that is larger than {pages}: raise --max-page-size"
            message = f"rows {row + 1} to {row + about.num_rows} left out: {excess}"
            notify(Notice(kind="failure", source=name, message=message))
            row += about.num_rows
            continue
        small = size <= limits.page_size
        rows = _ROWS if small else max(1, min(_ROWS, _MOST_HELD * limits.page_size // size))
        reader = file if small else plain
        for batch in reader.iter_batches(batch_size=rows, row_groups=[group], columns=wanted):
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
