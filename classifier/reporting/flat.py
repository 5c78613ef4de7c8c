"""Labelled threads as flat rows, one a reply, for tables."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from classifier.reporting.overview import headline
from classifier.tasks import TaskName
from classifier.thread import (
    INCIVILITIES,
    SENTIMENTS,
    STANCES,
    TONES,
    Labels,
    MultiLabel,
    Reply,
    SentimentLabel,
    StanceLabel,
    Thread,
)

Value = str | int | float | bool | None
Row = dict[str, Value]
Kind = Literal["text", "integer", "number", "flag"]

TOPICS = 5
_KINDS: Mapping[TaskName, tuple[str, ...]] = {"incivility": INCIVILITIES, "tone": TONES}


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column's name and what its cells hold; any cell may be empty."""

    name: str
    kind: Kind


def columns(*, topics: int = TOPICS) -> tuple[Column, ...]:
    """Return the columns of all rows, the baseline's after the transformer's.

    Parameters
    ----------
    topics : int
        For how many topics a reply has columns; what more it has is in ``further_topics``, as
        JSON.
    """
    about = [
        *_named("text", "thread_id", "headline", "source", "reply_id"),
        *_named("integer", "position"),
        *_named("text", "author", "posted_at", "parent_id"),
        *_named("integer", "start", "end"),
        *_named("text", "own_words"),
        *_named("integer", "quotes", "excerpts"),
        *_named("text", "quoted"),
    ]
    given = [column for family in ("", "baseline_") for column in _family(family, topics)]
    return (*about, *given)


def rows_of(thread: Thread, *, topics: int = TOPICS) -> Iterator[Row]:
    """Yield a row a reply, in page order; see `columns`.

    Parameters
    ----------
    thread : Thread
        A thread, labelled or not.
    topics : int
        As given to `columns`.

    Yields
    ------
    dict of str to value
        Every column named; probabilities from 0 to 1, None where nothing was asked or known.
    """
    names = [column.name for column in columns(topics=topics)]
    for position, reply in enumerate(thread.replies, start=1):
        row: Row = dict.fromkeys(names)
        row.update(_about(thread, reply, position))
        for prefix, labels in (("", reply.labels), ("baseline_", reply.baseline)):
            if labels is not None:
                row.update(_labels(prefix, labels, topics))
        yield row


def _named(kind: Kind, *names: str) -> list[Column]:
    return [Column(name=name, kind=kind) for name in names]


def _family(prefix: str, topics: int) -> Iterator[Column]:
    yield from _named("text", f"{prefix}language")
    yield from _named("number", f"{prefix}language_probability")
    for place in ("article", "parent", *(f"topic_{n}" for n in range(1, topics + 1))):
        yield from _named("text", f"{prefix}{place}", f"{prefix}{place}_stance")
        yield from _named("text", f"{prefix}{place}_withheld")
        yield from _named("number", *(f"{prefix}{place}_{name}" for name in STANCES))
    yield from _named("text", f"{prefix}further_topics")
    for task, kinds in _KINDS.items():
        yield from _named("text", f"{prefix}{task}", f"{prefix}{task}_withheld")
        for kind in kinds:
            yield from _named("flag", f"{prefix}{kind}")
            yield from _named("number", f"{prefix}{kind}_probability")
        if task == "incivility":
            yield from _named("text", f"{prefix}incivility_spans")
    yield from _named("text", f"{prefix}sentiment", f"{prefix}sentiment_withheld")
    yield from _named("number", *(f"{prefix}{name}" for name in SENTIMENTS))


def _about(thread: Thread, reply: Reply, position: int) -> Row:
    return {
        "thread_id": thread.id,
        "headline": headline(thread),
        "source": thread.source,
        "reply_id": reply.id,
        "position": position,
        "author": reply.author,
        "posted_at": reply.posted_at,
        "parent_id": reply.parent_id,
        "start": reply.start,
        "end": reply.end,
        "own_words": reply.text,
        "quotes": len(reply.quotes),
        "excerpts": len(reply.excerpts),
        "quoted": " ".join(dict.fromkeys(quote.reply_id or "?" for quote in reply.quotes)) or None,
    }


def _labels(prefix: str, labels: Labels, topics: int) -> Row:
    row: Row = {}
    if labels.language is not None:
        row[f"{prefix}language"] = labels.language.code
        row[f"{prefix}language_probability"] = labels.language.probability
    places: dict[str, StanceLabel] = {}
    named = [stance for stance in labels.stance if stance.target_kind == "topic"]
    for stance in labels.stance:
        if stance.target_kind != "topic":
            places.setdefault(stance.target_kind, stance)
    places.update({f"topic_{n}": stance for n, stance in enumerate(named[:topics], start=1)})
    for place, stance in places.items():
        row.update(_stance(f"{prefix}{place}", stance))
    if further := named[topics:]:
        row[f"{prefix}further_topics"] = json.dumps(
            [stance.model_dump(mode="json") for stance in further], ensure_ascii=False
        )
    if labels.incivility is not None:
        row.update(_multi(prefix, "incivility", labels.incivility))
    if labels.tone is not None:
        row.update(_multi(prefix, "tone", labels.tone))
    if labels.sentiment is not None:
        row.update(_sentiment(prefix, labels.sentiment))
    return row


def _stance(prefix: str, stance: StanceLabel) -> Row:
    return {
        prefix: stance.target,
        f"{prefix}_stance": stance.label,
        f"{prefix}_withheld": stance.reason,
        **{f"{prefix}_{name}": stance.probabilities.get(name) for name in STANCES},
    }


def _multi(prefix: str, task: TaskName, given: MultiLabel) -> Row:
    row: Row = {
        f"{prefix}{task}": None if given.abstained else " ".join(given.labels),
        f"{prefix}{task}_withheld": given.reason,
    }
    for kind in _KINDS[task]:
        row[f"{prefix}{kind}"] = None if given.abstained else kind in given.labels
        row[f"{prefix}{kind}_probability"] = given.probabilities.get(kind)
    if given.spans:
        row[f"{prefix}{task}_spans"] = " ".join(
            f"{span.label}:{span.start}-{span.end}:{span.probability:g}" for span in given.spans
        )
    return row


def _sentiment(prefix: str, given: SentimentLabel) -> Row:
    return {
        f"{prefix}sentiment": given.label,
        f"{prefix}sentiment_withheld": given.reason,
        **{f"{prefix}{name}": given.probabilities.get(name) for name in SENTIMENTS},
    }
