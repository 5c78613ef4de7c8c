"""From which probability on a place is a border, and a paragraph pasted."""

import numpy as np
from sklearn.metrics import precision_recall_curve

from classifier.splitting.features import Matrix
from classifier.splitting.paragraphs import Integers

_PRECISION_OF_EXCERPTS = 0.99
"""Own words that are taken for pasted get no labels, so no more than one in a hundred may be."""

_AS_GOOD = 0.0015
"""How much F1 a threshold of borders may lack: dev does not tell thresholds that near apart."""


_UNLIKELY = 0.3


def lowest_as_good(probabilities: Matrix, labels: Integers) -> float:
    """Return the lowest threshold whose F1 is as good as the best one's.

    A border too many cuts a reply in two; one too few lays words in another's mouth, and a quote
    of either is then resolved to the wrong reply. So the doubt goes to the border, but not where
    one is unlikely, which few places to measure on may make look as good.
    """
    precision, recall, thresholds = precision_recall_curve(labels, probabilities)
    f1 = (2 * precision * recall / np.maximum(precision + recall, 1e-9))[:-1]
    lowest = float(thresholds[np.flatnonzero(f1 >= f1.max() - _AS_GOOD)[0]])
    return max(lowest, _UNLIKELY)


def precise_threshold(probabilities: Matrix, labels: Integers) -> float:
    """Return the lowest threshold with the precision asked for, or the highest there is."""
    precision, _, thresholds = precision_recall_curve(labels, probabilities)
    enough = np.flatnonzero(precision[:-1] >= _PRECISION_OF_EXCERPTS)
    return float(thresholds[enough[0] if len(enough) else -1])
