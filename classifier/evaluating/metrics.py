"""Measures of classifications and rankings.

They are computed from counts and take leading axes, so that thousands of resamples are measured
in one call; that is what scikit-learn's, with which they agree, do not offer.
"""

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]
IntArray = NDArray[np.int64]

CALIBRATION_BINS = 15


def precision_recall_f1(confusion: IntArray) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return precision, recall and F1 of each class.

    Parameters
    ----------
    confusion : array of shape (..., n_classes, n_classes)
        Counts; rows are the true class, columns the class that was given.

    Returns
    -------
    precision, recall, f1 : arrays of shape (..., n_classes)
        Between 0 and 1; 0 where a class was never given, or is never true.
    """
    right = np.diagonal(confusion, axis1=-2, axis2=-1).astype(np.float64)
    true = confusion.sum(axis=-1)
    given = confusion.sum(axis=-2)
    return _share(right, given), _share(right, true), _share(2 * right, true + given)


def accuracy(confusion: IntArray) -> FloatArray:
    """Return the share of right answers, from counts of shape (..., n_classes, n_classes)."""
    right = np.trace(confusion, axis1=-2, axis2=-1)
    return _share(right, confusion.sum(axis=(-2, -1)))


def roc_auc(negatives: IntArray, positives: IntArray) -> FloatArray:
    """Return the area under the ROC curve: how often a positive outranks a negative.

    Parameters
    ----------
    negatives, positives : arrays of shape (..., n_scores)
        How many negatives and positives have each distinct score, lowest score first. Ties
        count half.

    Returns
    -------
    array of shape (...)
        Between 0 and 1; not-a-number where there are no negatives or no positives.
    """
    below = np.cumsum(negatives, axis=-1) - negatives / 2
    pairs = negatives.sum(axis=-1) * positives.sum(axis=-1)
    outranked = (positives * below).sum(axis=-1)
    return _share(outranked, pairs, otherwise=np.nan)


def average_precision(negatives: IntArray, positives: IntArray) -> FloatArray:
    """Return the mean of precision over the positives, best score first, not interpolated.

    Parameters
    ----------
    negatives, positives : arrays of shape (..., n_scores)
        As in `roc_auc`.

    Returns
    -------
    array of shape (...)
        Between 0 and 1; not-a-number where there are no positives.
    """
    from_best = positives[..., ::-1]
    found = np.cumsum(from_best, axis=-1)
    taken = found + np.cumsum(negatives[..., ::-1], axis=-1)
    precision = _share(found, taken)
    return _share((from_best * precision).sum(axis=-1), found[..., -1], otherwise=np.nan)


def expected_calibration_error(
    probabilities: FloatArray, outcomes: BoolArray, *, bins: int = CALIBRATION_BINS
) -> float:
    """Return by how much probabilities miss the frequencies, on average.

    Examples are put in bins of equal width by probability; each bin's mean probability is held
    against the share of its outcomes that are true (Guo et al. 2017, "On calibration of modern
    neural networks").

    Parameters
    ----------
    probabilities : array of shape (n,)
        Probability of the label given, or of the one label asked about; 0 to 1.
    outcomes : array of shape (n,)
        Whether that label was right.
    bins : int
        Number of bins.

    Returns
    -------
    float
        Between 0 and 1; 0 is best.
    """
    chosen = np.minimum((probabilities * bins).astype(np.int64), bins - 1)
    surplus = np.bincount(chosen, weights=probabilities - outcomes, minlength=bins)
    return float(np.abs(surplus).sum() / len(probabilities))


def _share(
    part: NDArray[np.generic], whole: NDArray[np.generic], *, otherwise: float = 0.0
) -> FloatArray:
    shares = np.full(np.broadcast_shapes(part.shape, whole.shape), otherwise)
    np.divide(part, whole, out=shares, where=whole != 0)
    return shares
