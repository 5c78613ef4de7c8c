"""Fit a released model's thresholds to decisions that people made."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from classifier.errors import InputError
from classifier.evaluating.metrics import BoolArray, FloatArray
from classifier.evaluating.thresholds import TradeOff, trade_off
from classifier.examples import Example, tasks_of
from classifier.labelling.calibration import Calibration, Family, TaskCalibration
from classifier.labelling.released import ReleasedModel
from classifier.tasks import Task, TaskName

_HOLDS_FROM = 0.5
_FAMILIES: tuple[Family, ...] = ("transformer", "baseline")


@dataclass(frozen=True, slots=True, kw_only=True)
class Recalibration:
    """Thresholds that were fitted to decisions.

    Parameters
    ----------
    trade_offs : tuple of TradeOff
        What thresholds of the transformer cost, label by label.
    too_few : tuple of str
        Labels that the decisions know, but have nearly always one way; theirs are kept.
    calibration : Calibration
        The model's, with the new thresholds of transformer and baseline.
    decisions : int
        How many examples told anything.
    """

    trade_offs: tuple[TradeOff, ...]
    too_few: tuple[str, ...]
    calibration: Calibration
    decisions: int


def recalibrate(
    model: ReleasedModel, examples: Sequence[Example], *, precision: float, name: str
) -> Recalibration:
    """Fit thresholds so that a given share of what is flagged was decided so by people.

    Of a label that may hold beside others it is the probability from which on it is given; of an
    exclusive task the probability of the most probable label under which none is given, for stance
    towards the kinds of target that the decisions are about. The
    lowest one with the precision is taken. Scales and biases stay as they are.

    Parameters
    ----------
    model : ReleasedModel
        Whose thresholds.
    examples : sequence of Example
        The decisions. They must not have been trained on, or the thresholds come out too low.
    precision : float
        Share of the flagged that is to be right, above 0 and up to 1.
    name : str
        What messages call the decisions.

    Raises
    ------
    InputError
        If no decision is about anything that the model answers, or all are of one class.
    """
    used = [each for each in examples if set(tasks_of(each)) & set(model.tasks)]
    if not used:
        raise InputError(
            f"{name}: no example is labelled for {' or '.join(model.tasks)}, which this model "
            "answers"
        )
    texts = [each.text for each in used]
    targets = [each.target or "" for each in used] if "stance" in model.tasks else None
    kinds = [each.target_kind for each in used]
    groups = [each.group or each.text for each in used]
    trade_offs: list[TradeOff] = []
    too_few: list[str] = []
    calibration: Calibration = {"transformer": {}, "baseline": {}}
    for family in _FAMILIES:
        answers = model.predict_all(texts, targets, kinds=kinds, by=family)
        for task_name in model.tasks:
            fitted = _fit_task(
                model.task(task_name),
                used,
                answers[task_name],
                model.reading(task_name, by=family),
                precision=precision,
                groups=groups,
            )
            calibration[family][task_name] = fitted.reading
            if family == "transformer":
                trade_offs += fitted.trade_offs
                too_few += fitted.too_few
    if not trade_offs:
        raise InputError(
            f"{name}: its {len(used)} decisions are nearly all of one class "
            f"({', '.join(too_few)}): five of each class are needed for a threshold"
        )
    return Recalibration(
        trade_offs=tuple(trade_offs),
        too_few=tuple(too_few),
        calibration=calibration,
        decisions=len(used),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Fitted:
    reading: TaskCalibration
    trade_offs: tuple[TradeOff, ...] = ()
    too_few: tuple[str, ...] = ()


def _fit_task(
    task: Task,
    examples: Sequence[Example],
    probabilities: FloatArray,
    reading: TaskCalibration,
    *,
    precision: float,
    groups: Sequence[str],
) -> _Fitted:
    if task.exclusive:
        return _fit_exclusive(
            task, examples, probabilities, reading, precision=precision, groups=groups
        )
    thresholds, uncertain = list(reading.thresholds), list(reading.uncertain_from)
    found, too_few = [], []
    for place, label in enumerate(task.labels):
        known = [row for row, example in enumerate(examples) if label in example.labels]
        if not known:
            continue
        made = trade_off(
            label,
            probabilities[known, place],
            np.array([examples[row].labels[label] >= _HOLDS_FROM for row in known]),
            precision=precision,
            present=reading.thresholds[place],
            groups=[groups[row] for row in known],
        )
        if made is None:
            too_few.append(label)
            continue
        found.append(made)
        if made.chosen is not None:
            has_band = uncertain[place] < thresholds[place]
            thresholds[place] = made.chosen.threshold
            uncertain[place] = min(
                uncertain[place] if has_band else thresholds[place], thresholds[place]
            )
    fitted = replace(reading, thresholds=tuple(thresholds), uncertain_from=tuple(uncertain))
    return _Fitted(reading=fitted, trade_offs=tuple(found), too_few=tuple(too_few))


def _fit_exclusive(
    task: Task,
    examples: Sequence[Example],
    probabilities: FloatArray,
    reading: TaskCalibration,
    *,
    precision: float,
    groups: Sequence[str],
) -> _Fitted:
    known = [row for row, example in enumerate(examples) if _knows(example, task.name, task)]
    if not known:
        return _Fitted(reading=reading)
    right: BoolArray = np.array(
        [task.labels[int(probabilities[row].argmax())] == examples[row].label for row in known]
    )
    classes = {examples[row].label for row in known}
    kinds = {examples[row].target_kind for row in known}
    made = (
        trade_off(
            task.name,
            probabilities[known].max(axis=1),
            right,
            precision=precision,
            present=reading.least_of(next(iter(kinds)) if len(kinds) == 1 else None),
            groups=[groups[row] for row in known],
        )
        if len(classes) > 1
        else None
    )
    if made is None:
        return _Fitted(reading=reading, too_few=(task.name,))
    if made.chosen is None:
        return _Fitted(reading=reading, trade_offs=(made,))
    least = made.chosen.threshold
    of_kinds = {
        kind: replace(own, least=least) if kind in kinds else own
        for kind, own in reading.of_kinds.items()
    }
    fitted = replace(reading, least=least, of_kinds=of_kinds)
    return _Fitted(reading=fitted, trade_offs=(made,))


def _knows(example: Example, name: TaskName, task: Task) -> bool:
    return name in tasks_of(example) and example.label in task.labels
