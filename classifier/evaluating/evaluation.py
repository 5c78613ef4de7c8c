"""Run a released model, transformer and baseline, over labelled examples."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Protocol

import numpy as np

from classifier.errors import InputError
from classifier.evaluating.comparison import TaskComparison
from classifier.evaluating.metrics import FloatArray
from classifier.evaluating.multi_label import compare_multi
from classifier.evaluating.resampling import Bootstrap
from classifier.evaluating.single_label import compare_single
from classifier.examples import Example, tasks_of
from classifier.labelling.calibration import Family, TaskCalibration
from classifier.tasks import TASKS, Task, TaskName
from classifier.thread import TargetKind

_AT_ONCE = 512
_TASKS: dict[TaskName, Task] = {task.name: task for tasks in TASKS.values() for task in tasks}


class Answering(Protocol):
    """What is evaluated; `classifier.labelling.released.ReleasedModel` is one."""

    tasks: tuple[TaskName, ...]

    def labels(self, name: TaskName) -> tuple[str, ...]:
        """Return a task's labels in the order of the columns of `predict_all`."""

    def outputs(self, name: TaskName) -> tuple[str, ...]:
        """Return a task's labels, then what it knows but does not report."""

    def reading(self, name: TaskName, *, by: Family = "transformer") -> TaskCalibration:
        """Return how a task's outputs are decided on."""

    def predict_all(
        self,
        texts: Sequence[str],
        targets: Sequence[str] | None = None,
        *,
        kinds: Sequence[TargetKind | None] | None = None,
        by: Family = "transformer",
        unreported: bool = False,
    ) -> dict[TaskName, FloatArray]:
        """Return calibrated probabilities of every task, each of shape (n_texts, n_labels)."""


Side = tuple[Answering, Family]
"""A model and which of its two families answers."""


def evaluate(
    model: Answering,
    examples: Sequence[Example],
    *,
    name: str = "examples",
    test_set: str | None = None,
    with_parts: bool = False,
    answers: tuple[str, ...] | None = None,
    full_precision: Answering | None = None,
    bootstrap: Bootstrap | None = None,
    advance: Callable[[int], None] = lambda _: None,
) -> list[TaskComparison]:
    """Compare a model's transformer with its baseline on labelled examples.

    Parameters
    ----------
    model : Answering
        A released model.
    examples : sequence of Example
        Those that say nothing about the model's tasks are passed over, and so are labels that a
        task knows but does not report.
    name : str
        What messages call the examples.
    test_set : str, optional
        Name of the examples in the record, where there are several sets.
    with_parts : bool
        Compare also on each part of the examples that its `corpus` gives another name.
    answers : tuple of str, optional
        What the examples' question allows, where that is not exactly an exclusive task's labels:
        fewer of them, or outputs that are not reported too. The most probable of these counts.
    full_precision : Answering, optional
        The model before its weights were rounded, measured beside it.
    bootstrap : Bootstrap, optional
        How intervals and tests are resampled.
    advance : callable, optional
        Called with the number of examples that were just answered, by either family.

    Returns
    -------
    list of TaskComparison
        One a task that the examples serve, in the model's order; each followed by its parts.

    Raises
    ------
    InputError
        If no example serves any of the model's tasks.
    """
    reported = [_serving(model, example, answers) for example in examples]
    served = [task for task in model.tasks if any(task in tasks for tasks in reported)]
    if not served:
        raise InputError(
            f"{name}: no example is labelled for {' or '.join(model.tasks)}, which this model "
            "answers"
        )
    asked = [index for index, tasks in enumerate(reported) if tasks]
    sides: list[Side] = [(model, "transformer"), (model, "baseline")]
    sides += [(full_precision, "transformer")] if full_precision else []
    given = [
        _answers(side, [examples[index] for index in asked], answers, advance) for side in sides
    ]
    return [
        _compare(
            model,
            task,
            [examples[asked[row]] for row in rows],
            [probabilities[task][rows] for probabilities in given],
            answers=answers,
            bootstrap=bootstrap,
            test_set=part,
        )
        for task in served
        for part, rows in _parts(
            [
                (row, examples[index].corpus)
                for row, index in enumerate(asked)
                if task in reported[index]
            ],
            test_set,
            with_parts=with_parts,
        )
    ]


def examples_to_answer(
    model: Answering,
    examples: Sequence[Example],
    *,
    answers: tuple[str, ...] | None = None,
    full_precision: bool = False,
) -> int:
    """Return how many answers `evaluate` will ask for, by all sides together."""
    sides = 3 if full_precision else 2
    return sides * sum(bool(_serving(model, example, answers)) for example in examples)


def _serving(
    model: Answering, example: Example, answers: tuple[str, ...] | None
) -> tuple[TaskName, ...]:
    return tuple(
        task
        for task in tasks_of(example)
        if task in model.tasks
        and (not _TASKS[task].exclusive or example.label in (answers or model.labels(task)))
    )


def _parts(
    rows: Sequence[tuple[int, str | None]], test_set: str | None, *, with_parts: bool
) -> Iterator[tuple[str | None, list[int]]]:
    yield test_set, [row for row, _ in rows]
    names = {name for _, name in rows if name is not None and name != test_set}
    for name in sorted(names) if with_parts else ():
        chosen = [row for row, corpus in rows if corpus == name]
        if len(chosen) < len(rows):
            yield name, chosen


def _answers(
    side: Side,
    examples: Sequence[Example],
    answers: tuple[str, ...] | None,
    advance: Callable[[int], None],
) -> dict[TaskName, FloatArray]:
    model, family = side
    with_target = "stance" in model.tasks
    blocks: dict[TaskName, list[FloatArray]] = {task: [] for task in model.tasks}
    for start in range(0, len(examples), _AT_ONCE):
        chosen = examples[start : start + _AT_ONCE]
        given = model.predict_all(
            [example.text for example in chosen],
            [example.target or "" for example in chosen] if with_target else None,
            kinds=[example.target_kind for example in chosen] if with_target else None,
            by=family,
            unreported=answers is not None,
        )
        for task, probabilities in given.items():
            blocks[task].append(probabilities)
        advance(len(chosen))
    whole = {task: np.concatenate(each) for task, each in blocks.items()}
    if answers is None:
        return whole
    return {
        task: _among(each, model.outputs(task), answers) if _TASKS[task].exclusive else each
        for task, each in whole.items()
    }


def _among(
    probabilities: FloatArray, outputs: tuple[str, ...], answers: tuple[str, ...]
) -> FloatArray:
    allowed = probabilities[:, [outputs.index(answer) for answer in answers]]
    shares: FloatArray = allowed / allowed.sum(axis=1, keepdims=True)
    return shares


def _compare(
    model: Answering,
    task: TaskName,
    examples: Sequence[Example],
    probabilities: Sequence[FloatArray],
    *,
    answers: tuple[str, ...] | None,
    bootstrap: Bootstrap | None,
    test_set: str | None,
) -> TaskComparison:
    labels = model.labels(task)
    gold = [[example.labels.get(label, np.nan) for label in labels] for example in examples]
    own, other = model.reading(task, by="transformer"), model.reading(task, by="baseline")

    def against_baseline(transformer: FloatArray) -> TaskComparison:
        if _TASKS[task].exclusive:
            return compare_single(
                task,
                [str(example.label) for example in examples],
                transformer,
                probabilities[1],
                answers or labels,
                transformer_least=[own.least_of(each.target_kind) for each in examples],
                baseline_least=[other.least_of(each.target_kind) for each in examples],
                bootstrap=bootstrap,
                test_set=test_set,
            )
        return compare_multi(
            task,
            np.array(gold),
            transformer,
            probabilities[1],
            labels,
            transformer_thresholds=dict(zip(labels, own.thresholds, strict=True)),
            baseline_thresholds=dict(zip(labels, other.thresholds, strict=True)),
            transformer_doubts=dict(zip(labels, own.uncertain_from, strict=True)),
            baseline_doubts=dict(zip(labels, other.uncertain_from, strict=True)),
            bootstrap=bootstrap,
            test_set=test_set,
        )

    compared = against_baseline(probabilities[0])
    if len(probabilities) == 2:  # noqa: PLR2004 - transformer and baseline
        return compared
    return replace(compared, full_precision=against_baseline(probabilities[2]).transformer)
