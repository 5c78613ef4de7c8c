import io
from collections.abc import Callable

import pytest
from rich.console import Console

from classifier.aggregating import summarize
from classifier.reporting import render
from classifier.thread import (
    INCIVILITIES,
    Article,
    LabelledSpan,
    Labels,
    Language,
    MultiLabel,
    Quote,
    Reply,
    Sentiment,
    SentimentLabel,
    Stance,
    StanceLabel,
    TargetKind,
    Thread,
)

MakeLabels = Callable[..., Labels]
Show = Callable[..., str]


@pytest.fixture(autouse=True)
def _plain_surroundings(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the tester's own terminal settings out of what is printed."""
    for name in ("FORCE_COLOR", "NO_COLOR", "COLUMNS", "TTY_COMPATIBLE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm")


@pytest.fixture
def labels() -> MakeLabels:
    """Make labels of a reply that was read; a label of None is an uncertain one."""

    def stance(
        kind: TargetKind, target: str, label: Stance | None, probability: float
    ) -> StanceLabel:
        return StanceLabel(
            target_kind=kind,
            target=target,
            label=label,
            probabilities={} if label is None else {label: probability},
            abstained=label is None,
            reason=None if label else "uncertain",
        )

    def make(
        *stances: tuple[TargetKind, str, Stance | None],
        uncivil: str = "",
        feeling: Sentiment | None = "neutral",
        probability: float = 0.9,
    ) -> Labels:
        held = tuple(sorted(uncivil.split()))
        return Labels(
            language=Language(code="en", probability=0.99),
            stance=tuple(stance(*each, probability) for each in stances),
            incivility=MultiLabel(
                labels=held,
                probabilities={
                    name: probability if name in held else 0.01 for name in INCIVILITIES
                },
            ),
            sentiment=SentimentLabel(
                label=feeling,
                probabilities={},
                abstained=feeling is None,
                reason=None if feeling else "uncertain",
            ),
        )

    return make


@pytest.fixture
def discussion(labels: MakeLabels) -> Thread:
    """A thread of four replies, labelled by both families."""
    article = "Council delays the ferry\nThe council met on Monday."

    def reply(number: int, text: str, given: Labels, other: Labels, **more: str) -> Reply:
        start = 100 * number
        return Reply(
            id=f"r{number}",
            start=start,
            end=start + len(text),
            text=text,
            own=((start, start + len(text)),),
            labels=given,
            baseline=other,
            **more,
        )

    def towards(stance: Stance | None) -> tuple[TargetKind, str, Stance | None]:
        return ("article", "Council delays the ferry", stance)

    plain = labels(towards("neutral"))
    replies = (
        reply(
            1,
            "Cowards, the lot of them.",
            labels(towards("against"), uncivil="insult toxicity", feeling="negative"),
            labels(towards("against"), uncivil="toxicity", feeling="negative"),
            author="ana",
        ),
        reply(
            2,
            "They did the right thing.",
            labels(towards("favor"), ("parent", "Cowards", "against"), feeling="positive"),
            labels(towards("against"), ("parent", "Cowards", "against"), feeling="positive"),
            author="ben",
            parent_id="r1",
        ),
        reply(3, "When is the next vote?", labels(towards(None), feeling=None), plain),
        reply(4, "Delay after delay.", labels(towards("against"), feeling="negative"), plain),
    )
    return Thread(
        id="harbour",
        source="harbour.txt",
        article=Article(start=0, end=len(article), text=article),
        replies=replies,
        split_confidence=0.97,
    )


def _with_span(given: Labels, start: int, end: int) -> Labels:
    """Mark where an insult stands, if there is one."""
    incivility = given.incivility
    if incivility is None or not incivility.labels:
        return given
    span = LabelledSpan(start=start, end=end, label="insult", probability=0.9)
    marked = incivility.model_copy(update={"spans": (span,)})
    return given.model_copy(update={"incivility": marked})


@pytest.fixture
def forum(labels: MakeLabels) -> Thread:
    """A page of our own writing with quotes, an excerpt, uncivil words, French and Hebrew."""
    article = "Council delays the ferry\n\nThe night boat will not sail before May."
    first = "Cowards, the lot of them. I want my boat back."
    pasted = "Harbour News: fares rise by a tenth in June."
    unread = Labels(
        language=Language(code="fr", probability=0.97),
        sentiment=SentimentLabel(label=None, probabilities={}, abstained=True, reason="language"),
    )
    posts = (
        ("ana", first, None, (), labels(("article", "Ferry", "against"), uncivil="insult")),
        (
            "ben",
            "Oh come on.",
            "r1",
            ("Cowards, the lot of them.",),
            labels(("parent", "Cowards", "against"), feeling=None),
        ),
        ("ana", "Read this.", None, (pasted,), labels(("article", "Ferry", "favor"))),
        ("zoé", "Le bateau est vieux, voilà tout.", "article", (), unread),
        ("דנה", "אני בעד המעבורת, למה לא?", "r2", (), labels(("parent", "Oh", "favor"))),
    )
    text = article + "\n"
    replies = []
    for number, (author, words, parent, repeated, given) in enumerate(posts, start=1):
        start = len(text)
        quotes, excerpts = [], []
        for block in repeated:
            span = (len(text), len(text) + len(block))
            if block == pasted:
                excerpts.append(span)
            else:
                quotes.append(Quote(start=span[0], end=span[1], reply_id=parent))
            text += block + "\n"
        own = (len(text), len(text) + len(words))
        text += words + "\n"
        replies.append(
            Reply(
                id=f"r{number}",
                author=author,
                start=start,
                end=own[1],
                text=words,
                own=(own,),
                quotes=tuple(quotes),
                excerpts=tuple(excerpts),
                parent_id=parent,
                labels=_with_span(given, own[0], own[0] + len("Cowards, the lot of them.")),
                baseline=labels(("article", "Ferry", "against"), feeling="negative"),
            )
        )
    return Thread(
        id="ferry",
        source="ferry.txt",
        article=Article(
            start=0, end=len(article), text=article, headline="Council delays the ferry"
        ),
        replies=tuple(replies),
        page_text=text,
    )


@pytest.fixture
def show() -> Show:
    """Render a thread and return what is printed, as a pipe gets it."""

    def rendered(thread: Thread, *, width: int = 80, terminal: bool = False) -> str:
        stream = io.StringIO()
        console = Console(file=stream, width=width, force_terminal=terminal)
        render(thread, summarize(thread), console=console)
        return stream.getvalue()

    return rendered
