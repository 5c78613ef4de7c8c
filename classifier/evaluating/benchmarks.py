"""The official test sets whose results are shown first, and what others published on them."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_FILE = Path(__file__).with_name("benchmarks.toml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Benchmark:
    """One row of the table of results.

    Parameters
    ----------
    model : str
        The released model that is measured.
    test_set, task : str
        What is measured, as ``metrics.json`` names it.
    measure : str
        Name of the measure in ``metrics.json``.
    title : str
        What the measure is called in the table.
    label : str or None
        The label whose measure is shown; None for one of the whole task.
    published : str
        Figures of others on this test set, with their source; a dash where none is known.
    """

    model: str
    test_set: str
    task: str
    measure: str
    title: str
    label: str | None = None
    published: str = "-"

    def scores(self, compared: Mapping[str, Any], side: str) -> Mapping[str, Any]:
        """Return the scores of one side of a comparison among which the measure stands.

        Parameters
        ----------
        compared : mapping
            One comparison of ``metrics.json``.
        side : {"transformer", "full_precision", "baseline", "majority"}
            Whose scores; empty where that side was not measured.
        """
        scores: Mapping[str, Any] = compared.get(side, {})
        if self.label is None:
            return scores
        of_label: Mapping[str, Any] = scores.get("labels", {}).get(self.label, {})
        return of_label


def measured_benchmarks(
    model: str, metrics: Sequence[Mapping[str, Any]]
) -> list[tuple[Benchmark, Mapping[str, Any]]]:
    """Return a model's benchmarks, each with its comparison; those not measured are left out."""
    compared = {(each.get("test_set"), each["task"]): each for each in metrics}
    rows = tomllib.loads(_FILE.read_text(encoding="utf-8"))["benchmark"]
    return [
        (benchmark, compared[benchmark.test_set, benchmark.task])
        for benchmark in (Benchmark(**row) for row in rows)
        if benchmark.model == model and (benchmark.test_set, benchmark.task) in compared
    ]
