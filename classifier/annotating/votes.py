"""Judgements ordered by what they are about: label, text, person."""

from collections.abc import Sequence

from classifier.annotating.judgements import Judgement

About = tuple[str, str | None]
Votes = dict[About, dict[str, str]]

YES, NO = "yes", "no"


def votes_of(judgements: Sequence[Judgement]) -> dict[str, Votes]:
    """Return for each label who said what of each text.

    Parameters
    ----------
    judgements : sequence of Judgement
        In the order in which they were made: of a person's several the last counts.

    Returns
    -------
    dict of label to dict of (text, target) to dict of annotator to answer
        The label is ``stance`` or ``sentiment``, whose answers are labels, or a label that holds
        or not, whose answers are ``"yes"`` and ``"no"``.
    """
    votes: dict[str, Votes] = {}
    for judgement in judgements:
        given = {label: YES if holds else NO for label, holds in judgement.labels.items()}
        if judgement.label is not None:
            given["sentiment" if judgement.target is None else "stance"] = judgement.label
        for label, answer in given.items():
            of_text = votes.setdefault(label, {}).setdefault(judgement.about, {})
            of_text[judgement.annotator] = answer
    return votes
