"""Replies with probabilities as the models would give them, and judgements of them."""

from collections.abc import Callable

import pytest

from classifier.annotating import Judgement
from classifier.thread import Labels, MultiLabel, Reply, SentimentLabel, StanceLabel, Thread

Labelled = Callable[..., Reply]
Says = Callable[..., Judgement]


def labels(*, insult: float, negative: float, against: float | None) -> Labels:
    stance = (
        (
            StanceLabel(
                target_kind="topic",
                target="the toll",
                label=None,
                probabilities={"favor": 1 - against, "against": against, "neutral": 0.0},
                abstained=True,
                reason="uncertain",
            ),
        )
        if against is not None
        else ()
    )
    return Labels(
        incivility=MultiLabel(
            labels=("insult",) if insult >= 0.5 else (),
            probabilities={"insult": insult, "threat": 0.0},
        ),
        sentiment=SentimentLabel(
            label="negative" if negative >= 0.5 else "positive",
            probabilities={"positive": 1 - negative, "neutral": 0.0, "negative": negative},
        ),
        stance=stance,
    )


@pytest.fixture
def labelled() -> Labelled:
    """Make a reply; by default the models are certain and agree."""

    def reply(
        name: str,
        text: str,
        *,
        insult: float = 0.0,
        negative: float = 1.0,
        against: float | None = None,
        baseline: dict[str, float] | None = None,
        parent: str | None = None,
    ) -> Reply:
        own = {"insult": insult, "negative": negative, "against": against}
        return Reply(
            id=name,
            start=0,
            end=len(text),
            text=text,
            own=((0, len(text)),),
            parent_id=parent,
            labels=labels(**own),  # type: ignore[arg-type]
            baseline=labels(**{**own, **(baseline or {})}),  # type: ignore[arg-type]
        )

    return reply


def thread_of(*replies: Reply) -> Thread:
    return Thread(id="toll", replies=replies)


@pytest.fixture
def says() -> Says:
    def say(
        who: str, text: str, label: str | None = None, *, target: str | None = None, **held: bool
    ) -> Judgement:
        return Judgement(
            text=text, target=target, annotator=who, label=label, labels=held, where=f"at {text}"
        )

    return say
