"""Flat rows as CSV that a spreadsheet opens without running anything in it."""

import csv
from collections.abc import Iterable
from typing import TextIO

from classifier.reporting.flat import Column, Row, Value

_BYTE_ORDER_MARK = "\ufeff"
# What spreadsheets take for a formula, their full-width forms included, and what they skip before
# one: https://owasp.org/www-community/attacks/CSV_Injection
_FORMULA = tuple("=+-@\t\r\n＝＋－＠")  # noqa: RUF001 - full-width on purpose
_CONTROLS = {
    code: "\ufffd"
    for code in (
        *(*range(0x20), 0x7F, *range(0x80, 0xA0), *range(0xD800, 0xE000)),
        *(*range(0x2028, 0x202F), *range(0x2066, 0x206A)),
    )
    if code not in (0x09, 0x0A, 0x0D)
}


class CsvTable:
    """Writes rows to a text stream as CSV, its head first.

    Cells that a spreadsheet would run as a formula get an apostrophe before them. Control
    characters, marks that turn the direction of writing, and lone surrogates become U+FFFD.

    Parameters
    ----------
    stream : TextIO
        Where to write.
    columns : iterable of Column
        Columns, in their order.
    byte_order_mark : bool
        Begin with one: some spreadsheets take a file without it for another encoding.
    """

    def __init__(
        self, stream: TextIO, columns: Iterable[Column], *, byte_order_mark: bool = False
    ) -> None:
        if byte_order_mark:
            stream.write(_BYTE_ORDER_MARK)
        names = [column.name for column in columns]
        # Both characters of the line end, as in RFC 4180: the writer quotes the cells that hold
        # one of them, and no others.
        self._writer = csv.DictWriter(stream, names, lineterminator="\r\n")
        self._writer.writeheader()

    def write(self, rows: Iterable[Row]) -> None:
        """Write rows that have all columns."""
        for row in rows:
            self._writer.writerow({name: _cell(value) for name, value in row.items()})


def _cell(value: Value) -> Value:
    if isinstance(value, bool):
        return str(value).lower()
    if not isinstance(value, str):
        return value
    text = value.translate(_CONTROLS)
    return f"'{text}" if text.startswith(_FORMULA) else text
