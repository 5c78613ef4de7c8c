"""Renew the README's table of results from the released models' metrics."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

from classifier.errors import InputError
from classifier.evaluating.card import figure

_BEGIN, _END = "<!-- results: begin -->", "<!-- results: end -->"
_COLUMNS = "| model | test set | measure | n | transformer | baseline | majority |"
_RULE = "|---|---|---|---|---|---|---|"


def write_results(readme: Path, models: Path) -> None:
    """Replace what stands between the README's result marks by a table of all metrics.

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
    for each in content:
        measure = next(name for name in ("macro_f1", "mean_auc") if name in each["transformer"])
        scores = " | ".join(
            figure(each[family], measure) for family in ("transformer", "baseline", "majority")
        )
        label = "macro-F1" if measure == "macro_f1" else "mean AUC"
        yield (
            f"| {file.parent.name} | {each.get('test_set', each['task'])} | {label} | "
            f"{each['n']:,} | {scores} |"
        )


if __name__ == "__main__":
    write_results(Path(sys.argv[1]), Path(sys.argv[2]))
