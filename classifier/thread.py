"""What flows between the stages: a page becomes a thread, gains labels, and is summed up.

All values are immutable. They serialise to the JSON of schema version 1, and parse back from it.
Every offset is a character offset into the page's decoded text, end exclusive.
"""

import json
from typing import Annotated, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field
from pydantic_core import PydanticSerializationError

from classifier.terminal_text import plain_json

SCHEMA_VERSION: Literal[1] = 1

Span = tuple[int, int]
Excerpt = Span
Probability = Annotated[float, Field(ge=0.0, le=1.0)]

TargetKind = Literal["article", "parent", "topic"]
Stance = Literal["favor", "against", "neutral"]
Sentiment = Literal["positive", "neutral", "negative"]
AbstentionReason = Literal["language", "no_own_words", "uncertain"]

STANCES: tuple[Stance, ...] = ("favor", "against", "neutral")
SENTIMENTS: tuple[Sentiment, ...] = ("positive", "neutral", "negative")
INCIVILITIES = (
    "toxicity",
    "severe_toxicity",
    "insult",
    "profanity",
    "threat",
    "identity_attack",
)
TONES = (
    "antagonistic",
    "hostile",
    "dismissive",
    "condescending",
    "sarcastic",
    "generalising",
)


class _Frozen(BaseModel):
    """An immutable record."""

    model_config = ConfigDict(frozen=True)


_Record = TypeVar("_Record", bound=BaseModel)
_GIVEN: dict[frozenset[str], set[str]] = {}


def compact(record: _Record) -> _Record:
    """Return the record itself, its set of given fields shared with all records like it.

    pydantic keeps such a set for each record, in 700 bytes where five fields or more are given:
    half of what a label takes. Records are immutable, so nothing ever changes a shared one.
    """
    given = record.model_fields_set
    shared = _GIVEN.setdefault(frozenset(given), given)
    object.__setattr__(record, "__pydantic_fields_set__", shared)
    return record


class Page(_Frozen):
    """One document as it came, decoded.

    Parameters
    ----------
    id : str
        Name of the page, unique within one run; by default the file's stem.
    text : str
        The whole decoded text; line ends are kept as they were.
    source : str or None
        Path or URL that the page was read from.
    title : str or None
        Title, where the format carries one.
    """

    id: str
    text: str
    source: str | None = None
    title: str | None = None


class Target(_Frozen):
    """What a stance is towards.

    Parameters
    ----------
    kind : {"article", "parent", "topic"}
        What the words in `text` are.
    text : str
        The headline or lede, the parent's own words, or a topic phrase.
    """

    kind: TargetKind
    text: str


class Quote(_Frozen):
    """Text repeated from the article or from an earlier reply.

    Parameters
    ----------
    start, end : int
        Where the repeated text stands in the page.
    reply_id : str or None
        Id of the earlier reply that it repeats, ``"article"``, or None when its source is not
        on the page.
    """

    start: int
    end: int
    reply_id: str | None = None


class Article(_Frozen):
    """The news text or opening post that the thread discusses.

    Parameters
    ----------
    start, end : int
        Where the article stands in the page.
    text : str
        Exactly ``page_text[start:end]``.
    headline : str or None
        The headline, where the page has one that is marked or plain to see.
    """

    start: int
    end: int
    text: str
    headline: str | None = None


class Language(_Frozen):
    """Language of a reply's own words: ISO 639-1 code and its probability."""

    code: str
    probability: Probability


class StanceLabel(_Frozen):
    """Stance towards one target; `label` is None exactly when `abstained`."""

    target_kind: TargetKind
    target: str
    label: Stance | None
    probabilities: dict[Stance, Probability]
    abstained: bool = False
    reason: AbstentionReason | None = None


class LabelledSpan(_Frozen):
    """A stretch of own words that carries a label, with its probability."""

    start: int
    end: int
    label: str
    probability: Probability


class MultiLabel(_Frozen):
    """Labels of which several may hold at once (incivility, tone).

    Parameters
    ----------
    labels : tuple of str
        The labels whose probability reaches their fitted threshold, in alphabetical order.
    probabilities : dict of str to float
        Calibrated probability of each label; empty when no model was run.
    abstained : bool
        True when no label is given and at least one is too uncertain to be denied, or when
        nothing could be scored.
    reason : {"language", "no_own_words", "uncertain"} or None
        Why, when `abstained`.
    spans : tuple of LabelledSpan
        Where in the page the labels are carried.
    """

    labels: tuple[str, ...]
    probabilities: dict[str, Probability]
    abstained: bool = False
    reason: AbstentionReason | None = None
    spans: tuple[LabelledSpan, ...] = ()


class SentimentLabel(_Frozen):
    """Sentiment of own words; `label` is None exactly when `abstained`."""

    label: Sentiment | None
    probabilities: dict[Sentiment, Probability]
    abstained: bool = False
    reason: AbstentionReason | None = None


class Labels(_Frozen):
    """All that one model family says of one reply; None where a task was not asked for."""

    language: Language | None = None
    stance: tuple[StanceLabel, ...] = ()
    incivility: MultiLabel | None = None
    tone: MultiLabel | None = None
    sentiment: SentimentLabel | None = None


class Reply(_Frozen):
    """One post by one person.

    Parameters
    ----------
    id : str
        ``r1``, ``r2``, … in page order, or the id that the format gives.
    start, end : int
        The whole post with its quotes and excerpts. Where the input gave replies as records of
        their own, the page text is those records joined by newlines.
    text : str
        Own words only: the spans of `own`, joined by blank lines.
    own : tuple of (int, int)
        Where the own words stand.
    quotes : tuple of Quote
        Repeated text, linked to where it comes from.
    excerpts : tuple of (int, int)
        Text pasted from elsewhere.
    parent_id : str or None
        Id of the reply that is answered, ``"article"`` where markup says so, None if unknown.
    targets : tuple of Target
        Targets that the input itself names for this reply.
    labels, baseline : Labels or None
        What the transformer and the scikit-learn baseline say, once labelled.
    """

    id: str
    author: str | None = None
    posted_at: str | None = None
    start: int
    end: int
    text: str
    own: tuple[Span, ...] = ()
    quotes: tuple[Quote, ...] = ()
    excerpts: tuple[Excerpt, ...] = ()
    parent_id: str | None = None
    targets: tuple[Target, ...] = ()
    labels: Labels | None = None
    baseline: Labels | None = None


class Thread(_Frozen):
    """A discussion: an article, if the page has one, and the replies to it, in page order.

    Parameters
    ----------
    schema_version : int
        Version of this layout; written as ``schema``.
    preamble : tuple of (int, int)
        Page furniture outside article and replies: dates, buttons, menus.
    page_text : str or None
        The text that all offsets refer to, where it is not the file's own decoded text or was
        asked to be kept.
    split_confidence : float or None
        Probability that article and replies were told apart rightly, where it was estimated.
    """

    model_config = ConfigDict(frozen=True, populate_by_name=True)

    schema_version: Literal[1] = Field(default=SCHEMA_VERSION, alias="schema")
    id: str
    source: str | None = None
    title: str | None = None
    preamble: tuple[Span, ...] = ()
    article: Article | None = None
    replies: tuple[Reply, ...] = ()
    page_text: str | None = None
    split_confidence: Probability | None = None

    def to_json(self) -> str:
        """Return the thread as one line of JSON, schema version 1, ends of lines in it escaped."""
        return json_of(self)


def json_of(record: BaseModel) -> str:
    """Return a record as one line of JSON, ends of lines in it escaped.

    It is written without its values as dictionaries between, which would take ten times its size.
    """
    try:
        return plain_json(record.model_dump_json(by_alias=True))
    except PydanticSerializationError:  # lone surrogates, which only JSON of ASCII can hold
        return json.dumps(record.model_dump(by_alias=True), separators=(",", ":"))
