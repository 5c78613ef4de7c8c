"""Flat rows as Apache Parquet."""

from collections.abc import Iterable, Sequence
from types import TracebackType
from typing import IO, Self

from classifier.errors import MissingExtraError
from classifier.reporting.flat import Column, Row


class ParquetTable:
    """Writes rows to a binary stream as Parquet, a row group a call; a context manager.

    Parameters
    ----------
    stream : binary file
        Where to write.
    columns : sequence of Column
        Columns with their types; every cell may be null.

    Raises
    ------
    MissingExtraError
        If pyarrow is not installed.
    """

    def __init__(self, stream: IO[bytes], columns: Sequence[Column]) -> None:
        try:
            import pyarrow as pa
            from pyarrow import parquet
        except ImportError as error:
            raise MissingExtraError("--parquet", "parquet") from error
        types = {
            "text": pa.string(),
            "integer": pa.int64(),
            "number": pa.float64(),
            "flag": pa.bool_(),
        }
        self._schema = pa.schema([(column.name, types[column.kind]) for column in columns])
        self._table = pa.Table
        self._writer = parquet.ParquetWriter(stream, self._schema)

    def write(self, rows: Iterable[Row]) -> None:
        """Write rows that have all columns."""
        encodable = [
            {
                name: value.encode("utf-8", "replace").decode() if isinstance(value, str) else value
                for name, value in row.items()
            }
            for row in rows
        ]
        if encodable:
            self._writer.write_table(self._table.from_pylist(encodable, schema=self._schema))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._writer.close()
