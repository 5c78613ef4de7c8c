"""The split suite: the split model and two rivals on assembled pages, against their truth."""

import json
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from time import process_time
from typing import Any

import numpy as np
from rich.console import Console
from rich.table import Table

from classifier.errors import MissingExtraError
from classifier.evaluating.metrics import expected_calibration_error
from classifier.evaluating.split_rival import split_by_length
from classifier.evaluating.split_scores import PageTruth, Tally, compare
from classifier.evaluating.split_trafilatura import split_by_trafilatura
from classifier.splitting import split
from classifier.thread import Thread
from classifier.training.corpora.parts import Part
from classifier.training.page_writer import AssembledPage
from classifier.training.pages import assemble_pages

_SINGLE_BREAKS = ("blocks",)
_INFERRED = ("lines", "blank")
_SURE = 0.9


@dataclass(frozen=True, slots=True)
class SplitEvaluation:
    """What the split suite measured.

    Parameters
    ----------
    pages : int
        On how many pages.
    scores : dict of str to dict
        Measure to value, for ``"model"``, ``"length heuristic"`` and, where it is installed,
        ``"trafilatura"``; None where the pages gave no chance to measure.
    """

    pages: int
    scores: dict[str, dict[str, float | None]]

    def to_json(self) -> str:
        """Return the numbers as JSON, rounded to four places."""
        rounded = {
            family: {
                name: None if value is None else round(value, 4) for name, value in measures.items()
            }
            for family, measures in self.scores.items()
        }
        return json.dumps({"task": "split", "n": self.pages, **rounded}, indent=2) + "\n"

    def table(self) -> Table:
        """Return the numbers as a table, one measure a row."""
        table = Table("measure", *self.scores, title=f"split, {self.pages} assembled pages")
        for name in next(iter(self.scores.values())):
            cells = (scores.get(name) for scores in self.scores.values())
            table.add_row(name, *("" if cell is None else f"{cell:.3f}" for cell in cells))
        return table


def evaluate_split(
    corpora: Path,
    *,
    part: Part = "test",
    pages: int = 600,
    seed: int = 11,
    models: Path | None = None,
    console: Console | None = None,
) -> SplitEvaluation:
    """Measure the split model on assembled pages, beside two rivals.

    A length heuristic reads the same text; trafilatura, where the ``web`` extra is installed,
    reads the same pages with their markup put back.

    Parameters
    ----------
    corpora : Path
        Folder that holds the corpora.
    part : {"test", "dev", "train"}
        Which part's articles and discussions the pages are made of.
    pages : int
        How many pages.
    seed : int
        Decides which pages are assembled.
    models : Path, optional
        Folder that holds the released models.
    console : Console, optional
        Where the table is printed, if anywhere.

    Raises
    ------
    InputError
        If a corpus file is missing.
    ModelError
        If the split model is missing or damaged.
    """
    assembled = [
        one for one in assemble_pages(corpora, part, count=pages, seed=seed) if one.written
    ]
    scores = {
        "model": measure(assembled, lambda made: split(made.page, models=models)),
        "length heuristic": measure(assembled, lambda made: split_by_length(made.page)),
    }
    with suppress(MissingExtraError):
        scores["trafilatura"] = measure(assembled, split_by_trafilatura)
    evaluation = SplitEvaluation(pages=len(assembled), scores=scores)
    if console:
        console.print(evaluation.table())
    return evaluation


def measure(
    pages: Iterable[AssembledPage], splitter: Callable[[AssembledPage], Thread]
) -> dict[str, float | None]:
    """Return every measure of a splitter over pages with known truth."""
    tally = Tally()
    characters, seconds = 0, 0.0
    confidences: list[float] = []
    rights: list[bool] = []
    for assembled in pages:
        began = process_time()
        found = splitter(assembled)
        seconds += process_time() - began
        characters += len(assembled.page.text.encode())
        compare(tally, truth_of_page(assembled), found)
        if found.split_confidence is not None:
            right = _ends_alike(found, assembled.truth)
            confidences.append(found.split_confidence)
            rights.append(right)
            tally.add("right when sure", right and found.split_confidence >= _SURE, 0)
            tally.counts["right when sure chances"] += found.split_confidence >= _SURE
            tally.add("calibration gap", found.split_confidence - right, 1)
            tally.add("brier", (found.split_confidence - right) ** 2, 1)
    return _summary(tally) | {
        "expected calibration error": expected_calibration_error(
            np.array(confidences), np.array(rights)
        )
        if confidences
        else None,
        "megabytes a processor second": characters / 1e6 / max(seconds, 1e-9),
    }


def _ends_alike(found: Thread, true: Thread) -> bool:
    ends = [thread.article.end if thread.article else -1 for thread in (found, true)]
    return ends[0] == ends[1]


def truth_of_page(assembled: AssembledPage) -> PageTruth:
    """Return an assembled page's truth in the form that comparisons need."""
    article = assembled.truth.article
    inside = range(article.start, article.end) if article else range(0)
    return PageTruth(
        text=assembled.page.text,
        thread=assembled.truth,
        paragraphs=[(piece.start, piece.end) for piece in assembled.written],
        furniture=[
            (piece.start, piece.end)
            for piece in assembled.written
            if piece.kind in ("furniture", "author") and piece.start not in inside
        ],
        layout=assembled.layout,
    )


def _summary(tally: Tally) -> dict[str, float | None]:
    summary: dict[str, Any] = {
        "article end exact": tally.share("article end"),
        "article start exact": tally.share("article start"),
        "block accuracy": tally.share("blocks"),
    }
    layouts = ("blocks", "lines", "inverse", "blank", "double", "mixed")
    summary |= {f"reply boundary F1, {name}": tally.f1(f"boundaries {name}") for name in layouts}
    return summary | {
        "own words character F1": tally.f1("own words"),
        "quote F1": tally.f1("quotes"),
        "edited quotes found": tally.share("edited quotes"),
        "quote link accuracy": tally.share("quote links"),
        "parent accuracy": tally.share("parents"),
        "author accuracy": tally.share("authors"),
        "excerpt recall": tally.recall("excerpts"),
        "excerpt F1": tally.f1("excerpts"),
        "furniture left out": tally.share("furniture"),
        "right when sure": tally.share("right when sure"),
        "calibration gap": tally.share("calibration gap"),
        "brier": tally.share("brier"),
    }
