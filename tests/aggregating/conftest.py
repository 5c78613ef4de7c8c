from collections.abc import Callable

import pytest

from classifier.thread import (
    AbstentionReason,
    Labels,
    MultiLabel,
    Reply,
    Sentiment,
    SentimentLabel,
    Stance,
    StanceLabel,
    TargetKind,
    Thread,
)

MakeLabels = Callable[..., Labels]
MakeThread = Callable[..., Thread]


@pytest.fixture
def labels() -> MakeLabels:
    """Make labels from plain words; a reason in a label's place is an abstention."""

    def incivility(kinds: str) -> MultiLabel:
        if kinds in ("language", "no_own_words", "uncertain"):
            return MultiLabel(labels=(), probabilities={}, abstained=True, reason=kinds)
        return MultiLabel(labels=tuple(sorted(kinds.split())), probabilities={})

    def sentiment(label: Sentiment | AbstentionReason | float) -> SentimentLabel:
        if isinstance(label, float):
            positive = (1 + label) / 2
            probabilities = {"positive": positive, "neutral": 0.0, "negative": 1 - positive}
            return SentimentLabel(
                label="positive" if label > 0 else "negative", probabilities=probabilities
            )
        if label in ("positive", "neutral", "negative"):
            return SentimentLabel(label=label, probabilities={})
        return SentimentLabel(label=None, probabilities={}, abstained=True, reason=label)

    def stance(kind: TargetKind, target: str, label: Stance | AbstentionReason) -> StanceLabel:
        held = label in ("favor", "against", "neutral")
        return StanceLabel(
            target_kind=kind,
            target=target,
            label=label if held else None,
            probabilities={},
            abstained=not held,
            reason=None if held else label,
        )

    def make(
        *stances: tuple[TargetKind, str, Stance | AbstentionReason],
        uncivil: str | None = None,
        feeling: Sentiment | AbstentionReason | float | None = None,
    ) -> Labels:
        return Labels(
            stance=tuple(stance(*each) for each in stances),
            incivility=None if uncivil is None else incivility(uncivil),
            sentiment=None if feeling is None else sentiment(feeling),
        )

    return make


@pytest.fixture
def thread() -> MakeThread:
    """Make a thread of replies with these labels."""

    def make(
        *labels: Labels | None,
        baseline: tuple[Labels | None, ...] = (),
        authors: str | None = None,
    ) -> Thread:
        replies = tuple(
            Reply(
                id=f"r{number + 1}",
                start=2 * number,
                end=2 * number + 1,
                text="x",
                own=((2 * number, 2 * number + 1),),
                author=authors[number] if authors else None,
                labels=given,
                baseline=baseline[number] if baseline else None,
            )
            for number, given in enumerate(labels)
        )
        return Thread(id="t", replies=replies)

    return make
