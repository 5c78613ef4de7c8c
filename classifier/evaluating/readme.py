"""Renew the README's tables of results from the released models' metrics."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

from classifier.errors import InputError
from classifier.evaluating.benchmarks import measured_benchmarks
from classifier.evaluating.card import figure
from classifier.evaluating.split_card import METRICS, table_of

_COLUMNS = (
    "| model | test set | measure | n | transformer | in full precision | baseline | majority "
    "| published |"
)
_RULE = "|---|---|---|---|---|---|---|---|---|"
_SIDES = ("transformer", "full_precision", "baseline", "majority")


def write_results(readme: Path, models: Path) -> None:
    """Replace what stands between the README's marks of results by a table of the benchmarks.

    Parameters
    ----------
    readme : Path
        A file with both marks, each on a line of its own.
    models : Path
        Folder of model folders; those with a ``metrics.json`` are shown.

    Raises
    ------
    InputError
        If a mark is missing.
    """
    rows = [row for file in sorted(models.glob(f"*/{METRICS}")) for row in _rows(file)]
    _replace(readme, "results", "\n".join([_COLUMNS, _RULE, *rows]))


def write_splitting(readme: Path, models: Path) -> None:
    """Replace what stands between the README's marks of splitting by a table of its measures.

    Takes and raises the same as `write_results`.
    """
    metrics = json.loads((models / "split" / METRICS).read_text(encoding="utf-8"))
    _replace(readme, "splitting", table_of(metrics))


def _replace(readme: Path, section: str, table: str) -> None:
    marks = f"<!-- {section}: begin -->", f"<!-- {section}: end -->"
    text = readme.read_text(encoding="utf-8")
    before, begin, rest = text.partition(marks[0])
    _, end, after = rest.partition(marks[1])
    if not begin or not end:
        raise InputError(f"{readme}: needs the lines {marks[0]} and {marks[1]}")
    readme.write_text(f"{before}{begin}\n{table}\n{end}{after}", encoding="utf-8")


def _rows(file: Path) -> Iterator[str]:
    content = json.loads(file.read_text(encoding="utf-8"))
    if not isinstance(content, list):
        return
    for benchmark, compared in measured_benchmarks(file.parent.name, content):
        scores = " | ".join(
            figure(benchmark.scores(compared, side), benchmark.measure) for side in _SIDES
        )
        yield (
            f"| {benchmark.model} | {benchmark.test_set} | {benchmark.title} | "
            f"{compared['n']:,} | {scores} | {benchmark.published} |"
        )


if __name__ == "__main__":
    write_results(Path(sys.argv[1]), Path(sys.argv[2]))
    write_splitting(Path(sys.argv[1]), Path(sys.argv[2]))
