"""Renew the README's table of results from the released models' metrics."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

from classifier.errors import InputError
from classifier.evaluating.benchmarks import measured_benchmarks
from classifier.evaluating.card import figure

_BEGIN, _END = "<!-- results: begin -->", "<!-- results: end -->"
_COLUMNS = (
    "| model | test set | measure | n | transformer | in full precision | baseline | majority "
    "| published |"
)
_RULE = "|---|---|---|---|---|---|---|---|---|"
_SIDES = ("transformer", "full_precision", "baseline", "majority")


def write_results(readme: Path, models: Path) -> None:
    """Replace what stands between the README's result marks by a table of the benchmarks.

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
    text = readme.read_text(encoding="utf-8")
    before, begin, rest = text.partition(_BEGIN)
    _, end, after = rest.partition(_END)
    if not begin or not end:
        raise InputError(f"{readme}: needs the lines {_BEGIN} and {_END} around the results")
    rows = [row for file in sorted(models.glob("*/metrics.json")) for row in _rows(file)]
    table = "\n".join([_COLUMNS, _RULE, *rows])
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
