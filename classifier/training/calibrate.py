"""Fit how raw outputs are read: calibration, thresholds and uncertain bands, on dev examples."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize, minimize_scalar
from sklearn.metrics import f1_score, precision_recall_curve

from classifier.examples import Example
from classifier.labelling.calibration import FloatArray, KindReading, TaskCalibration
from classifier.tasks import Task
from classifier.thread import TargetKind

IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]

_LABELLED = 0.8
_DOUBTFUL = 0.1
_SHRINKAGE = 1e-3
_AS_GOOD = 0.005
_FEWEST_OF_A_KIND = 100
_SHIFTS = tuple(round(step * 0.05, 2) for step in range(-40, 41))


def calibrate(
    logits: FloatArray,
    wanted: FloatArray,
    *,
    task: Task,
    weights: FloatArray,
    kinds: Sequence[TargetKind | None] | None = None,
    all_asked: BoolArray | None = None,
) -> TaskCalibration:
    """Fit one task's calibration.

    Exclusive tasks get one temperature by maximum likelihood (Guo et al. 2017), and abstain below
    the confidence that labels 80 % of the examples. For stance both are fitted for each kind of
    target with a hundred examples too, since a network is right less often about a headline than
    about a topic that it is as sure of. A bias a label would carry over how often the dev
    corpora hold each label, which is no reader's own thread; an output that is not reported gets
    one all the same, by which macro-F1 over all outputs is highest, for the most probable of them
    is too seldom the rarest (Menon et al. 2021). The others get a scale and a bias a
    label (Platt 1999), the highest threshold with an F1 as good as the best but for half a point,
    and for their first label an uncertain band under it that holds a tenth of the examples.

    Parameters
    ----------
    logits : array of shape (n, n_outputs)
        Raw outputs of the model as released.
    wanted : array of shape (n, n_outputs)
        What is right; not-a-number where unknown.
    task : Task
        The task.
    weights : array of shape (n,)
        Weight of each example.
    kinds : sequence of str or None, optional
        One an example: what kind of target it was asked about.
    all_asked : array of bool, of shape (n,), optional
        Which examples were labelled by people who might give outputs that are not reported; by
        default none.

    Returns
    -------
    TaskCalibration
    """
    size = len(task.labels)
    if task.exclusive:
        fitted = _calibrate_exclusive(logits, wanted, task=task, weights=weights, kinds=kinds)
        if all_asked is None or not all_asked.any():
            return fitted
        shift = _shift_of_unreported(logits[all_asked], wanted[all_asked], fitted, task)
        return replace(fitted, unreported=(shift,) * len(task.unreported))
    scales, biases, thresholds, doubtful, promised = [], [], [], [], []
    for place in range(size):
        known = ~np.isnan(wanted[:, place])
        scale, bias = _platt(logits[known, place], wanted[known, place], weights[known])
        probabilities = 1 / (1 + np.exp(-(scale * logits[known, place] + bias)))
        held = wanted[known, place] >= 0.5  # noqa: PLR2004 - one half
        threshold = _cautious(probabilities, held, weights[known])
        scales.append(scale)
        biases.append(bias)
        thresholds.append(threshold)
        given = probabilities >= threshold
        promised.append(float(np.average(held[given], weights=weights[known][given])))
        below = np.sort(probabilities[probabilities < threshold])[::-1]
        reach = int(_DOUBTFUL * len(probabilities))
        banded = place == 0 and len(below) > 0
        doubtful.append(float(below[min(reach, len(below) - 1)]) if banded else threshold)
    return TaskCalibration(
        scale=tuple(scales),
        bias=tuple(biases),
        thresholds=tuple(thresholds),
        uncertain_from=tuple(doubtful),
        promised=tuple(promised),
    )


def corpus_weights(examples: Sequence[Example]) -> FloatArray:
    """Return weights that let every corpus count the same, whatever its size."""
    counts = Counter(example.corpus for example in examples)
    weights = np.array([example.weight / counts[example.corpus] for example in examples])
    return np.asarray(weights * len(examples) / weights.sum())


def _calibrate_exclusive(
    logits: FloatArray,
    wanted: FloatArray,
    *,
    task: Task,
    weights: FloatArray,
    kinds: Sequence[TargetKind | None] | None,
) -> TaskCalibration:
    size = len(task.labels)
    known = ~np.isnan(wanted[:, 0]) & (wanted[:, :size].sum(axis=1) > 0)
    own, weight = logits[known, :size], weights[known]
    right = wanted[known, :size].argmax(axis=1)
    asked = [kinds[row] if kinds is not None else None for row in np.flatnonzero(known).tolist()]
    scale, least = _temperature_and_least(own, right, weight, task=task)
    of_kinds: dict[TargetKind, KindReading] = {}
    for kind in sorted({each for each in asked if each is not None}):
        rows = np.array([each == kind for each in asked])
        if rows.sum() >= _FEWEST_OF_A_KIND:
            own_scale, own_least = _temperature_and_least(
                own[rows], right[rows], weight[rows], task=task
            )
            of_kinds[kind] = KindReading(scale=own_scale, least=own_least)
    return TaskCalibration(
        scale=(scale,) * size, bias=(0.0,) * size, least=least, of_kinds=of_kinds
    )


def _shift_of_unreported(
    logits: FloatArray, wanted: FloatArray, fitted: TaskCalibration, task: Task
) -> float:
    """Return what, added to the outputs that are not reported, gives the highest macro-F1."""
    adjusted, right = fitted.adjusted(logits), wanted.argmax(axis=1)
    unreported = np.arange(logits.shape[1]) >= len(task.labels)

    def macro_f1(shift: float) -> float:
        given = (adjusted + shift * unreported).argmax(axis=1)
        return float(f1_score(right, given, average="macro"))

    return max(_SHIFTS, key=macro_f1)


def _temperature_and_least(
    logits: FloatArray, right: IntArray, weights: FloatArray, *, task: Task
) -> tuple[float, float]:
    """Return the factor for logits, and the confidence that labels 80 % of the examples."""
    size = len(task.labels)
    scale = _temperature(logits, right, weights)
    reading = TaskCalibration(scale=(scale,) * size, bias=(0.0,) * size)
    confidence = reading.probabilities(logits, task).max(axis=1)
    order = np.argsort(confidence)
    shares = np.cumsum(weights[order]) / weights.sum()
    return scale, float(confidence[order][np.searchsorted(shares, 1 - _LABELLED)])


def _temperature(logits: FloatArray, right: IntArray, weights: FloatArray) -> float:
    """Return the factor under which what is right is likeliest."""

    def loss(scale: float) -> float:
        adjusted = logits * np.exp(scale)
        adjusted = adjusted - adjusted.max(axis=1, keepdims=True)
        log_shares = adjusted - np.log(np.exp(adjusted).sum(axis=1, keepdims=True))
        return -float(np.average(log_shares[np.arange(len(right)), right], weights=weights))

    return float(np.exp(minimize_scalar(loss, bounds=(-4.0, 4.0), method="bounded").x))


def _platt(logits: FloatArray, wanted: FloatArray, weights: FloatArray) -> tuple[float, float]:
    def loss(parameters: FloatArray) -> float:
        adjusted = logits * np.exp(parameters[0]) + parameters[1]
        each = np.logaddexp(0, adjusted) - wanted * adjusted
        return float(np.average(each, weights=weights) + _SHRINKAGE * parameters[0] ** 2)

    scale, bias = minimize(loss, np.zeros(2), method="L-BFGS-B").x
    return float(np.exp(scale)), float(bias)


def _cautious(probabilities: FloatArray, held: FloatArray, weights: FloatArray) -> float:
    """Return the highest threshold whose F1 lacks at most half a point of the best.

    Dev does not tell thresholds that near apart, and of those the highest accuses fewest (after
    the one-standard-error rule, Breiman et al. 1984).
    """
    precision, recall, thresholds = precision_recall_curve(
        held, probabilities, sample_weight=weights
    )
    f1 = (2 * precision * recall / np.maximum(precision + recall, 1e-9))[:-1]
    return float(thresholds[np.flatnonzero(f1 >= f1.max() - _AS_GOOD)[-1]])
