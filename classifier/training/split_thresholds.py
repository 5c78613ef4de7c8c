"""From which probability on a place is a border, and a paragraph pasted."""

import numpy as np
from sklearn.metrics import precision_recall_curve

from classifier.splitting.features import Matrix
from classifier.splitting.paragraphs import Integers

_PRECISION_OF_EXCERPTS = 0.99
"""Own words that are taken for pasted get no labels, so no more than one in a hundred may be."""

_AS_GOOD = 0.0005
"""How much F1 the usual threshold may lack: dev does not tell thresholds that near apart."""


def best_threshold(probabilities: Matrix, labels: Integers, *, usual: float) -> float:
    """Return the threshold with the highest F1, the usual one if it is as good."""
    precision, recall, thresholds = precision_recall_curve(labels, probabilities)
    f1 = (2 * precision * recall / np.maximum(precision + recall, 1e-9))[:-1]
    of_usual = f1[min(int(np.searchsorted(thresholds, usual)), len(f1) - 1)]
    return usual if of_usual >= f1.max() - _AS_GOOD else float(thresholds[np.argmax(f1)])


def precise_threshold(probabilities: Matrix, labels: Integers) -> float:
    """Return the lowest threshold with the precision asked for, or the highest there is."""
    precision, _, thresholds = precision_recall_curve(labels, probabilities)
    enough = np.flatnonzero(precision[:-1] >= _PRECISION_OF_EXCERPTS)
    return float(thresholds[enough[0] if len(enough) else -1])
