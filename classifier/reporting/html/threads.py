"""A thread as the page shows it: what it is, what was found, charts, and its replies."""

from collections.abc import Iterator
from dataclasses import dataclass

from classifier.reporting.html.anchors import Anchors
from classifier.reporting.html.articles import QuotedArticle, Stretch
from classifier.reporting.html.attention import to_look_at
from classifier.reporting.html.charts import (
    Chart,
    answers_chart,
    course_chart,
    families_chart,
    kinds_chart,
    stances_chart,
)
from classifier.reporting.html.replies import ReplyView, ReplyViews
from classifier.reporting.html.shown_text import first_words
from classifier.reporting.overview import counts, doubt, headline
from classifier.reporting.sentences import findings_in_words
from classifier.summary import Summary
from classifier.tasks import TaskName
from classifier.thread import Thread

_HEADLINE_CHARACTERS = 140
_LEDE_CHARACTERS = 320
_WORDS_SHOWN = 150
_TARGET_CHARACTERS = 60
_LABELS = (
    ("uncivil", "uncivil"),
    ("threat", "threat"),
    ("identity_attack", "identity attack"),
    ("severe_toxicity", "severe toxicity"),
    ("insult", "insult"),
    ("toxicity", "toxicity"),
    ("profanity", "profanity"),
    ("civil", "civil"),
    ("against", "against"),
    ("favor", "for"),
    ("neutral", "neutral on"),
    ("negative", "negative"),
    ("neutral_feeling", "neutral in feeling"),
    ("positive", "positive"),
    ("antagonistic", "antagonistic"),
    ("hostile", "hostile"),
    ("dismissive", "dismissive"),
    ("condescending", "condescending"),
    ("sarcastic", "sarcastic"),
    ("generalising", "generalising"),
    ("withheld", "a label withheld"),
    ("differs", "baseline disagrees"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Notable:
    """A reply to look at: its link, who wrote it, why, and its first words."""

    anchor: str
    name: str
    reason: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ThreadView:
    """All that the templates show of one thread.

    Parameters
    ----------
    anchors : Anchors
        Its places in the page.
    headline, lede, source, doubt : str
        What it is about, where it comes from, and a warning about its split; may be empty.
    counts : tuple of str
        What it holds.
    findings : tuple of (str, str)
        Sentences, each as its finding and the rest.
    notable : tuple of Notable
        The replies to read first.
    charts : tuple of Chart
        Those that the labels allow.
    article : tuple of Stretch
        The article's text.
    article_words : int
        Its length.
    replies : tuple of ReplyView
        In page order.
    labels, authors, targets : tuple of (str, str)
        What filters offer: values and their names.
    withheld : tuple of (str, int, int)
        Task, labels asked for, labels not given.
    """

    anchors: Anchors
    headline: str
    lede: str
    source: str
    doubt: str
    counts: tuple[str, ...]
    findings: tuple[tuple[str, str], ...]
    notable: tuple[Notable, ...]
    charts: tuple[Chart, ...]
    article: tuple[Stretch, ...]
    article_words: int
    replies: tuple[ReplyView, ...]
    labels: tuple[tuple[str, str], ...]
    authors: tuple[tuple[str, str], ...]
    targets: tuple[tuple[str, str], ...]
    withheld: tuple[tuple[TaskName, int, int], ...]


def thread_view(thread: Thread, summary: Summary, *, number: int | None = None) -> ThreadView:
    """Return what the page shows of a thread.

    Parameters
    ----------
    thread : Thread
        A labelled thread; an unlabelled one shows its split.
    summary : Summary
        What it adds up to.
    number : int or None
        Its place among several in one page, from 1.
    """
    anchors = Anchors(thread, number=number)
    quoted = QuotedArticle(thread, anchors=anchors)
    views = ReplyViews(thread, anchors=anchors, article=quoted)
    replies = tuple(views)
    given = {entry.split(":")[0] for reply in replies for entry in reply.entries.split()}
    found = summary.transformer or summary.baseline
    article = thread.article.text if thread.article else ""
    title = headline(thread)
    return ThreadView(
        anchors=anchors,
        headline=first_words(title, _HEADLINE_CHARACTERS),
        lede=_lede(article, title),
        source=thread.source or "",
        doubt=doubt(thread),
        counts=counts(thread, summary),
        findings=tuple(_parts(sentence) for sentence in findings_in_words(summary)),
        notable=tuple(_notable(thread, anchors)),
        charts=tuple(_charts(thread, summary, anchors)),
        article=quoted.stretches,
        article_words=len(article.split()),
        replies=replies,
        labels=tuple(each for each in _LABELS if each[0] in given),
        authors=tuple(
            (str(place), first_words(name, _TARGET_CHARACTERS))
            for name, place in views.authors.items()
        ),
        targets=tuple((str(place), _target(key)) for key, place in views.targets.items()),
        withheld=tuple(
            (task, each.asked, each.abstained)
            for task, each in (found.abstentions.items() if found else ())
        ),
    )


def _charts(thread: Thread, summary: Summary, anchors: Anchors) -> Iterator[Chart]:
    for chart in (
        stances_chart(summary),
        kinds_chart(summary, "incivility"),
        course_chart(thread, summary, anchors=anchors),
        answers_chart(thread, summary),
        kinds_chart(summary, "tone"),
        families_chart(summary),
    ):
        if chart is not None:
            yield chart


def _notable(thread: Thread, anchors: Anchors) -> Iterator[Notable]:
    for position, reason in to_look_at(thread):
        reply = thread.replies[position]
        name = f"{reply.id} {reply.author}" if reply.author else reply.id
        yield Notable(
            anchor=anchors.at(position),
            name=first_words(name, _TARGET_CHARACTERS),
            reason=reason,
            words=first_words(reply.text, _WORDS_SHOWN),
        )


def _lede(article: str, title: str) -> str:
    """Return the article's first lines without the headline that stands above them."""
    rest = article.strip()
    if rest.startswith(title):
        without = rest[len(title) :].strip()
        rest = without or rest
    return first_words(rest, _LEDE_CHARACTERS)


def _parts(sentence: str) -> tuple[str, str]:
    finding, border, rest = sentence.partition(" (")
    return finding, border + rest


def _target(key: tuple[str, str]) -> str:
    kind, text = key
    if kind == "parent":
        return "the reply answered"
    return "the article" if kind == "article" else first_words(text, _TARGET_CHARACTERS)
