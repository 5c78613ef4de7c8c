"""From calibrated probabilities to labels, or to saying that there is none."""

from collections.abc import Sequence

import numpy as np

from classifier.labelling.calibration import FloatArray, TaskCalibration
from classifier.thread import (
    SENTIMENTS,
    STANCES,
    AbstentionReason,
    MultiLabel,
    SentimentLabel,
    StanceLabel,
    Target,
    compact,
)


def decide_stance(target: Target, row: FloatArray, reading: TaskCalibration) -> StanceLabel:
    """Return the stance that probabilities of `STANCES` give, or an abstention."""
    best = int(np.argmax(row))
    sure = bool(row[best] >= reading.least_of(target.kind))
    return compact(
        StanceLabel(
            target_kind=target.kind,
            target=target.text,
            label=STANCES[best] if sure else None,
            probabilities=dict(zip(STANCES, _rounded(row), strict=True)),
            abstained=not sure,
            reason=None if sure else "uncertain",
        )
    )


def decide_sentiment(row: FloatArray, reading: TaskCalibration) -> SentimentLabel:
    """Return the sentiment that probabilities of `SENTIMENTS` give, or an abstention."""
    best = int(np.argmax(row))
    sure = bool(row[best] >= reading.least)
    return compact(
        SentimentLabel(
            label=SENTIMENTS[best] if sure else None,
            probabilities=dict(zip(SENTIMENTS, _rounded(row), strict=True)),
            abstained=not sure,
            reason=None if sure else "uncertain",
        )
    )


def decide_multi(names: Sequence[str], row: FloatArray, reading: TaskCalibration) -> MultiLabel:
    """Return the labels whose probability reaches their threshold.

    Where none does but one lies in its uncertain band, nothing is said.
    """
    held = sorted(
        name
        for name, probability, threshold in zip(names, row, reading.thresholds, strict=True)
        if probability >= threshold
    )
    doubtful = not held and any(
        probability >= low for probability, low in zip(row, reading.uncertain_from, strict=True)
    )
    return compact(
        MultiLabel(
            labels=tuple(held),
            probabilities=dict(zip(names, _rounded(row), strict=True)),
            abstained=doubtful,
            reason="uncertain" if doubtful else None,
        )
    )


def no_stance(target: Target, reason: AbstentionReason) -> StanceLabel:
    """Return the abstention of a reply that cannot be scored."""
    return compact(
        StanceLabel(
            target_kind=target.kind,
            target=target.text,
            label=None,
            probabilities={},
            abstained=True,
            reason=reason,
        )
    )


def no_sentiment(reason: AbstentionReason) -> SentimentLabel:
    """Return the abstention of a reply that cannot be scored."""
    return compact(SentimentLabel(label=None, probabilities={}, abstained=True, reason=reason))


def no_labels(reason: AbstentionReason) -> MultiLabel:
    """Return the abstention of a reply that cannot be scored."""
    return compact(MultiLabel(labels=(), probabilities={}, abstained=True, reason=reason))


def _rounded(row: FloatArray) -> list[float]:
    return [round(float(value), 6) for value in row]
