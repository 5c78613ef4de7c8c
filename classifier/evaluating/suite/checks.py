"""Tests of what a model can do, in the manner of CheckList.

Ribeiro et al. 2020, "Beyond accuracy: behavioral testing of NLP models with CheckList": a minimum
functionality test expects an answer, an invariance test the same answer to two texts, and a
directional expectation test a probability that moves one way from one text to the other.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from pydantic import BaseModel, ConfigDict

from classifier.aggregating.intervals import share_of
from classifier.evaluating.metrics import BoolArray, FloatArray
from classifier.evaluating.suite.answers import Respondent
from classifier.evaluating.suite.perturbations import PERTURBATIONS
from classifier.evaluating.suite.results import CheckOutcome
from classifier.evaluating.suite.templates import choices, fill, read_sentences
from classifier.tasks import TASKS, TaskName

TOLERANCE = 0.1
"""By how much a probability may move before it counts, as in CheckList."""
_EXCLUSIVE = {task.name for tasks in TASKS.values() for task in tasks if task.exclusive}
_Pair = tuple[str, str]


class Check(BaseModel):
    """One test, as the TOML files write it.

    Parameters
    ----------
    capability, expectation : str
        What is tested, and what is expected.
    templates : tuple of str
        For a minimum functionality test: one text a case.
    pairs : tuple of (str, str)
        For the other types: the two texts of a case.
    perturbation : str or None
        Instead of pairs: what is done to every one of the file's own sentences.
    added : tuple of str
        Instead of pairs: what is put behind every one of the file's own sentences.
    target : str
        What the stance is towards; may have slots.
    second_target : str or None
        For the second text of a pair, where it is another.
    give, withhold : tuple of str
        Labels that the texts must get, or must not get.
    rises, falls : str or None
        The label whose probability must move that way from the first text to the second.
    least : float
        How far it must move; under 0 it may move that far the other way.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    capability: str
    expectation: str
    templates: tuple[str, ...] = ()
    pairs: tuple[_Pair, ...] = ()
    perturbation: str | None = None
    added: tuple[str, ...] = ()
    target: str = ""
    second_target: str | None = None
    give: tuple[str, ...] = ()
    withhold: tuple[str, ...] = ()
    rises: str | None = None
    falls: str | None = None
    least: float = TOLERANCE

    @property
    def type(self) -> str:
        """MFT, INV or DIR."""
        if self.templates:
            return "MFT"
        return "DIR" if self.rises or self.falls else "INV"


@dataclass(frozen=True, slots=True)
class _Side:
    """The first texts of a test's cases, or the second, with what their stance is towards."""

    texts: tuple[str, ...]
    targets: tuple[str, ...]


def measure_checks(respondent: Respondent) -> tuple[CheckOutcome, ...]:
    """Run the tests of every task that a model answers."""
    return tuple(outcome for task in respondent.tasks for outcome in _run(task, respondent))


def _run(task: TaskName, respondent: Respondent) -> Iterator[CheckOutcome]:
    content = read_sentences(f"checks_{task}.toml")
    for table in content["test"]:
        check = Check.model_validate(table)
        sides = list(_sides(check, content))
        answers = [respondent.ask(side.texts, side.targets)[task] for side in sides]
        given = [respondent.given(task, each) for each in answers]
        silent = np.zeros(len(given[0]), dtype=bool)
        if task in _EXCLUSIVE and check.type != "DIR":
            silent = ~np.logical_and.reduce([each.any(axis=1) for each in given])
        failed = _failures(check, task, answers, given, respondent.column)
        failed &= ~silent
        yield CheckOutcome(
            task=task,
            type=check.type,
            capability=check.capability,
            expectation=check.expectation,
            failed=share_of(int(failed.sum()), len(failed)),
            abstained=int(silent.sum()),
        )


def _sides(check: Check, content: dict[str, Any]) -> Iterator[_Side]:
    """Yield a test's texts: the only ones, or the first ones and then the second ones."""
    words: dict[str, list[str]] = content.get("words", {})
    second_target = check.target if check.second_target is None else check.second_target
    cases = [
        (
            [fill(text, chosen) for text in texts],
            [fill(target, chosen) for target in (check.target, second_target)],
        )
        for texts in _templates(check, content["sentences"])
        for chosen in choices([*texts, check.target, second_target], words)
    ]
    for index in range(1 if check.type == "MFT" else 2):
        yield _Side(
            texts=tuple(texts[index] for texts, _ in cases),
            targets=tuple(targets[index] for _, targets in cases),
        )


def _templates(check: Check, sentences: Sequence[str]) -> list[tuple[str, ...]]:
    if check.perturbation is not None:
        changed = [(text, PERTURBATIONS[check.perturbation](text)) for text in sentences]
        return [pair for pair in changed if pair[0] != pair[1]]
    if check.added:
        return [(text, f"{text} {added}") for text in sentences for added in check.added]
    return [*((text,) for text in check.templates), *check.pairs]


def _failures(
    check: Check,
    task: TaskName,
    answers: Sequence[FloatArray],
    given: Sequence[BoolArray],
    column: Callable[[TaskName, str], int],
) -> BoolArray:
    """Return which cases came out otherwise than expected, of shape (n_cases,)."""
    if check.type == "MFT":
        wanted = [column(task, label) for label in check.give]
        unwanted = [column(task, label) for label in check.withhold]
        lacking = ~given[0][:, wanted].all(axis=1)
        return np.asarray(lacking | given[0][:, unwanted].any(axis=1))
    moved = answers[1] - answers[0]
    if label := check.rises or check.falls:
        way = moved[:, column(task, label)] * (1 if check.rises else -1)
        return np.asarray(way < check.least)
    differs = given[0] != given[1]
    return np.asarray((differs & (np.abs(moved) > TOLERANCE)).any(axis=1))
