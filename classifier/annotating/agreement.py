"""How far people agree, beyond what chance would give."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from classifier.annotating.judgements import Judgement
from classifier.annotating.votes import Votes, votes_of
from classifier.errors import MissingExtraError


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelAgreement:
    """Agreement on one question.

    Parameters
    ----------
    label : str
        ``stance``, ``sentiment``, or an incivility or tone label that holds or not.
    items : int
        Texts that at least two people judged.
    annotators : int
        Who judged any of them.
    agreed : int
        Texts of which all said the same.
    alpha : float or None
        Krippendorff's alpha for nominal data: 1 is perfect, 0 is chance, below 0 is worse than
        chance. None where no text has two judgements, or all answers are the same.
    """

    label: str
    items: int
    annotators: int
    agreed: int
    alpha: float | None


def agreements(judgements: Sequence[Judgement]) -> list[LabelAgreement]:
    """Return the agreement on every label that somebody judged.

    Parameters
    ----------
    judgements : sequence of Judgement
        Everything that was said; of a person's several answers about a text the last counts.

    Raises
    ------
    MissingExtraError
        If several people judged a text and the ``annotate`` extra is not installed.
    """
    return [_agreement(label, votes) for label, votes in votes_of(judgements).items()]


def _agreement(label: str, votes: Votes) -> LabelAgreement:
    shared = [by_annotator for by_annotator in votes.values() if len(by_annotator) > 1]
    return LabelAgreement(
        label=label,
        items=len(shared),
        annotators=len({name for by_annotator in shared for name in by_annotator}),
        agreed=sum(len(set(by_annotator.values())) == 1 for by_annotator in shared),
        alpha=krippendorff_alpha([by.items() for by in shared]),
    )


def krippendorff_alpha(items: Sequence[Iterable[tuple[str, object]]]) -> float | None:
    """Return Krippendorff's alpha for nominal data (Krippendorff 2011).

    Parameters
    ----------
    items : sequence of iterable of (annotator, answer)
        One a text; who did not judge it is left out. Texts with one answer do not count.

    Returns
    -------
    float or None
        At most 1; None where it is not defined.
    """
    triples = [
        (annotator, number, answer)
        for number, answers in enumerate(items)
        for annotator, answer in answers
    ]
    if len({answer for _, _, answer in triples}) < 2:  # noqa: PLR2004 - no difference is possible
        return None
    try:
        from nltk.metrics.agreement import AnnotationTask
    except ImportError as error:
        raise MissingExtraError("agreement between annotators", "annotate") from error
    alpha = float(AnnotationTask(data=triples).alpha())
    return alpha if math.isfinite(alpha) else None
