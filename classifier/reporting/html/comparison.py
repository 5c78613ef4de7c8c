"""Several threads side by side: the index of a page that reports on more than one."""

from collections.abc import Sequence
from dataclasses import dataclass

from classifier.reporting.html.anchors import Anchors
from classifier.reporting.html.charts.figure import Whisker, cell, whisker_of
from classifier.reporting.html.shown_text import first_words
from classifier.reporting.overview import count, headline
from classifier.summary import Findings, Mean, Share, Summary
from classifier.thread import Thread

_HEADLINE_CHARACTERS = 70
_LEFT, _RIGHT = 3.0, 97.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """A figure of one thread in words, drawn on a scale, and as a number to sort by."""

    words: str
    drawn: Whisker | None
    rank: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One thread of the index."""

    anchor: str
    headline: str
    replies: int
    against: Measure
    uncivil: Measure
    sentiment: Measure
    withheld: Measure


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """The index: its title, what stands out as sentences, and a row a thread."""

    title: str
    findings: tuple[str, ...]
    rows: tuple[Row, ...]


def comparison_of(
    pairs: Sequence[tuple[Thread, Summary]], anchors: Sequence[Anchors]
) -> Comparison:
    """Return the index of several threads.

    Parameters
    ----------
    pairs : sequence of (Thread, Summary)
        At least one.
    anchors : sequence of Anchors
        Their places in the page.
    """
    rows = tuple(
        _row(thread, summary, place)
        for (thread, summary), place in zip(pairs, anchors, strict=True)
    )
    replies = sum(row.replies for row in rows)
    return Comparison(
        title=f"{count(len(rows), 'thread')}, {count(replies, 'reply', 'replies')}",
        findings=tuple(_extremes(rows)),
        rows=rows,
    )


def _row(thread: Thread, summary: Summary, anchors: Anchors) -> Row:
    found = summary.transformer or summary.baseline
    asked = sum(each.asked for each in found.abstentions.values()) if found else 0
    withheld = sum(each.abstained for each in found.abstentions.values()) if found else 0
    share = withheld / asked if asked else None
    return Row(
        anchor=anchors.thread,
        headline=first_words(headline(thread), _HEADLINE_CHARACTERS),
        replies=summary.replies,
        against=_measure(_against(found)),
        uncivil=_measure(found.incivility.rate if found and found.incivility else None),
        sentiment=_measure(found.sentiment.mean if found and found.sentiment else None),
        withheld=_measure(Share(count=withheld, of=asked, share=share)),
    )


def _against(found: Findings | None) -> Share | None:
    """Return the share that is against the article, the one target that threads have in common."""
    stances = found.stance if found else ()
    return next((each.shares["against"] for each in stances if each.target_kind == "article"), None)


def _measure(value: Share | Mean | None) -> Measure:
    drawn = whisker_of(value, left=_LEFT, right=_RIGHT)
    if isinstance(value, Share) and value.low is None and value.share is not None:
        words = f"{value.count} of {value.of}, {value.share:.0%}"
    else:
        words = cell(value) if drawn else "-"
    return Measure(words=words, drawn=drawn, rank=drawn.at if drawn else -1.0)


def _extremes(rows: Sequence[Row]) -> list[str]:
    told = []
    uncivil = max(rows, key=lambda row: row.uncivil.rank)
    if uncivil.uncivil.rank > _LEFT:
        told.append(f"Most often uncivil: {uncivil.headline}: {uncivil.uncivil.words}.")
    against = max(rows, key=lambda row: row.against.rank)
    if against.against.rank > _LEFT:
        told.append(f"Most against its article: {against.headline}: {against.against.words}.")
    feeling = [row for row in rows if row.sentiment.drawn]
    if feeling:
        low = min(feeling, key=lambda row: row.sentiment.rank)
        told.append(f"Lowest in mood: {low.headline}: {low.sentiment.words}.")
    return told
