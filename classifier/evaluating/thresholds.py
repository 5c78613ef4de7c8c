"""What a threshold costs: how many would be flagged, how many of them wrongly, how many missed."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from classifier.evaluating.metrics import BoolArray, FloatArray

_SHOWN = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
_FOLDS = 5
_FEWEST = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class CutOff:
    """What comes of flagging everything from a probability on.

    Parameters
    ----------
    threshold : float
        The probability.
    flagged, right, missed : int
        Texts flagged; those of them to which the label was given; those to which it was given
        and that are not flagged.
    """

    threshold: float
    flagged: int
    right: int
    missed: int

    @property
    def precision(self) -> float | None:
        """Share of the flagged that are right; None where nothing is flagged."""
        return self.right / self.flagged if self.flagged else None

    @property
    def recall(self) -> float | None:
        """Share of what there is that is flagged; None where there is nothing."""
        there = self.right + self.missed
        return self.right / there if there else None


@dataclass(frozen=True, slots=True, kw_only=True)
class TradeOff:
    """What thresholds of one label cost on past decisions.

    Parameters
    ----------
    label : str
        The label; of an exclusive task the task, whose most probable label is given or withheld.
    n, positives : int
        Decisions, and how many of them gave the label (or agree with the most probable one).
    present : CutOff
        At the model's present threshold.
    cut_offs : tuple of CutOff
        At several, lowest first.
    chosen : CutOff or None
        At the lowest threshold with the precision asked for; None where there is none.
    expected : CutOff or None
        Counts for decisions that took no part in the choice of the threshold, from five folds
        that keep threads together; its threshold is their mean. None where none was chosen.
    """

    label: str
    n: int
    positives: int
    present: CutOff
    cut_offs: tuple[CutOff, ...]
    chosen: CutOff | None
    expected: CutOff | None


def cut_off(probabilities: FloatArray, given: BoolArray, threshold: float) -> CutOff:
    """Return what comes of one threshold.

    Parameters
    ----------
    probabilities : array of shape (n,)
        Of the label, 0 to 1.
    given : array of shape (n,)
        Whether people gave it.
    threshold : float
        From which probability on a text is flagged.
    """
    flagged = probabilities >= threshold
    return CutOff(
        threshold=float(threshold),
        flagged=int(flagged.sum()),
        right=int((flagged & given).sum()),
        missed=int((~flagged & given).sum()),
    )


def lowest_threshold(
    probabilities: FloatArray, given: BoolArray, *, precision: float
) -> float | None:
    """Return the lowest threshold at which at least that share of the flagged is right.

    It lies halfway between two probabilities that were seen, so that rounding does not decide.
    None if no threshold reaches the precision with at least five right ones.
    """
    order = np.argsort(-probabilities, kind="stable")
    scores, right = probabilities[order], np.cumsum(given[order])
    last_of_ties = np.append(scores[1:] < scores[:-1], True)
    reached = np.flatnonzero(last_of_ties & (right >= precision * np.arange(1, len(scores) + 1)))
    if not len(reached) or right[reached[-1]] < _FEWEST:
        return None
    place = int(reached[-1])
    below = scores[place + 1] if place + 1 < len(scores) else 0.0
    return float((scores[place] + below) / 2)


def trade_off(
    label: str,
    probabilities: FloatArray,
    given: BoolArray,
    *,
    precision: float,
    present: float,
    groups: Sequence[Hashable],
) -> TradeOff | None:
    """Return what thresholds of a label cost, and the one that a precision asks for.

    Parameters
    ----------
    label : str
        Its name.
    probabilities, given : arrays of shape (n,)
        What the model says and what people decided.
    precision : float
        Share of the flagged that is to be right, 0 to 1.
    present : float
        The threshold that the model has.
    groups : sequence of hashable
        Decisions of one group stay in one fold.

    Returns
    -------
    TradeOff or None
        None where fewer than five decisions gave the label, or fewer than five denied it.
    """
    positives = int(given.sum())
    if min(positives, len(given) - positives) < _FEWEST:
        return None
    threshold = lowest_threshold(probabilities, given, precision=precision)
    return TradeOff(
        label=label,
        n=len(given),
        positives=positives,
        present=cut_off(probabilities, given, present),
        cut_offs=tuple(cut_off(probabilities, given, each) for each in _SHOWN),
        chosen=None if threshold is None else cut_off(probabilities, given, threshold),
        expected=None
        if threshold is None
        else _expected(probabilities, given, precision=precision, folds=_folds(groups)),
    )


def _folds(groups: Sequence[Hashable]) -> Iterable[BoolArray]:
    """Yield which decisions each fold holds, whole groups dealt out the largest first."""
    members: dict[Hashable, list[int]] = {}
    for index, group in enumerate(groups):
        members.setdefault(group, []).append(index)
    folds: list[list[int]] = [[] for _ in range(min(_FOLDS, len(members)))]
    for indices in sorted(members.values(), key=len, reverse=True):
        min(folds, key=len).extend(indices)
    for indices in folds:
        held = np.zeros(len(groups), dtype=bool)
        held[indices] = True
        yield held


def _expected(
    probabilities: FloatArray, given: BoolArray, *, precision: float, folds: Iterable[BoolArray]
) -> CutOff | None:
    counted: list[CutOff] = []
    thresholds = []
    for held in folds:
        threshold = lowest_threshold(probabilities[~held], given[~held], precision=precision)
        if threshold is not None:
            thresholds.append(threshold)
        nothing = 2.0
        counted.append(
            cut_off(probabilities[held], given[held], nothing if threshold is None else threshold)
        )
    if not thresholds:
        return None
    return CutOff(
        threshold=float(np.mean(thresholds)),
        flagged=sum(each.flagged for each in counted),
        right=sum(each.right for each in counted),
        missed=sum(each.missed for each in counted),
    )


def to_json(trade_offs: Iterable[TradeOff]) -> list[Mapping[str, object]]:
    """Return the trade-offs as plain values that `json` can write."""
    return [
        {
            "label": each.label,
            "n": each.n,
            "positives": each.positives,
            "present": _plain(each.present),
            "chosen": _plain(each.chosen),
            "expected": _plain(each.expected),
            "cut_offs": [_plain(cut) for cut in each.cut_offs],
        }
        for each in trade_offs
    ]


def _plain(cut: CutOff | None) -> Mapping[str, float | int | None] | None:
    if cut is None:
        return None
    return {
        "threshold": cut.threshold,
        "flagged": cut.flagged,
        "right": cut.right,
        "missed": cut.missed,
        "precision": cut.precision,
        "recall": cut.recall,
    }
