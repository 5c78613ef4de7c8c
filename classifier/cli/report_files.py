"""The files that ``classifier report`` writes beside what it prints."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

from classifier.cli.output import STANDARD_OUTPUT, whole_binary_file, whole_file
from classifier.errors import UsageError

if TYPE_CHECKING:
    from classifier.pipeline import Report
    from classifier.summary import Summary
    from classifier.thread import Thread

Write = Callable[["Report"], None]


@contextmanager
def report_files(
    *,
    json: str | None = None,
    html: str | None = None,
    csv: str | None = None,
    parquet: str | None = None,
    targets: Sequence[str] = (),
) -> Iterator[Write]:
    """Open the files that were asked for, and yield what writes a report to all of them.

    All are opened before any work is done, and each takes its place as a whole at the end.

    Raises
    ------
    UsageError
        If a file cannot be written, or two are to be standard output.
    MissingExtraError
        If Parquet is asked for and pyarrow is not installed.
    """
    from classifier.reporting import (
        CsvTable,
        ParquetTable,
        columns,
        html_page,
        json_parts,
        rows_of,
    )
    from classifier.reporting.flat import TOPICS

    if [json, html, csv, parquet].count(STANDARD_OUTPUT) > 1:
        raise UsageError("only one of --json, --html, --csv and --parquet can be standard output")
    topics = max(TOPICS, len(targets))
    writers: list[Write] = []
    pairs: list[tuple[Thread, Summary]] = []
    with ExitStack() as stack:
        if json is not None:
            lines = stack.enter_context(whole_file(json))

            def write_json(made: "Report") -> None:
                lines.writelines(json_parts(made.thread, made.summary))
                print(file=lines, flush=True)

            writers.append(write_json)
        if csv is not None:
            table = CsvTable(
                stack.enter_context(whole_file(csv)),
                columns(topics=topics),
                byte_order_mark=csv != STANDARD_OUTPUT,
            )
            writers.append(lambda made: table.write(rows_of(made.thread, topics=topics)))
        if parquet is not None:
            rows = stack.enter_context(
                ParquetTable(
                    stack.enter_context(whole_binary_file(parquet)), columns(topics=topics)
                )
            )
            writers.append(lambda made: rows.write(rows_of(made.thread, topics=topics)))
        page = None if html is None else stack.enter_context(whole_file(html))
        if page is not None:
            writers.append(lambda made: pairs.append((made.thread, made.summary)))

        def write(made: "Report") -> None:
            for writer in writers:
                writer(made)

        yield write
        if page is not None:
            page.write(html_page(pairs))
