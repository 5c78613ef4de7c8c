"""Reporting: a labelled thread and its summary, for people and for programs."""

from classifier.reporting.csv_table import CsvTable
from classifier.reporting.flat import columns, rows_of
from classifier.reporting.html import html_page
from classifier.reporting.json_record import json_parts, to_json
from classifier.reporting.parquet_table import ParquetTable
from classifier.reporting.terminal import render

__all__ = [
    "CsvTable",
    "ParquetTable",
    "columns",
    "html_page",
    "json_parts",
    "render",
    "rows_of",
    "to_json",
]
