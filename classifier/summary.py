"""What a labelled thread adds up to.

All values are immutable and serialise to JSON. Every interval is a 95 % interval that takes the
replies as a sample: of a discussion of which more could have been read, not of all readers.
"""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from classifier.tasks import TaskName
from classifier.thread import AbstentionReason, Sentiment, Stance, TargetKind, compact

Family = Literal["transformer", "baseline"]


class _Frozen(BaseModel):
    """An immutable record."""

    model_config = ConfigDict(frozen=True)

    def model_post_init(self, context: object, /) -> None:
        """Share the set of given fields: a summary by author holds tens of thousands of records."""
        del context
        compact(self)


class Share(_Frozen):
    """How many of how many, with the Wilson score interval (Wilson 1927).

    Parameters
    ----------
    count, of : int
        ``count`` of ``of`` have the property.
    share, low, high : float or None
        The share and its interval, from 0 to 1; None where `of` is 0.
    """

    count: int
    of: int
    share: float | None = None
    low: float | None = None
    high: float | None = None


class Mean(_Frozen):
    """A mean with its percentile bootstrap interval (Efron 1979).

    Parameters
    ----------
    n : int
        How many values.
    mean : float or None
        Their mean, from -1 to 1; None where there are none.
    low, high : float or None
        The interval; None for fewer than two values. Of fewer than about ten it is too narrow.
    """

    n: int
    mean: float | None = None
    low: float | None = None
    high: float | None = None


class Prevalence(_Frozen):
    """How common labels are of which several may hold at once.

    Parameters
    ----------
    rate : Share
        Scored replies with at least one label.
    kinds : dict of str to Share
        Scored replies with each label, every label of the task named.
    """

    rate: Share
    kinds: dict[str, Share]


class SentimentBalance(_Frozen):
    """Sentiment of the replies.

    Parameters
    ----------
    shares : dict of {"positive", "neutral", "negative"} to Share
        Of the replies with a label.
    mean : Mean
        Mean of the calibrated probability of positive minus that of negative, over all replies
        that were read, also those too uncertain for a label: to leave them out would push the
        mean to the extremes. A reply with a label but no probabilities counts 1, 0 or -1.
    """

    shares: dict[Sentiment, Share]
    mean: Mean


class StanceBalance(_Frozen):
    """Stances towards one target, or towards the parents, each reply its own.

    Parameters
    ----------
    target_kind : {"article", "parent", "topic"}
        What the target is.
    target : str or None
        The article's headline or lede, or the topic; None for parents.
    shares : dict of {"favor", "against", "neutral"} to Share
        Of the stances with a label.
    mean : Mean
        Probability of favor minus that of against, as in `SentimentBalance`.
    asked, abstained : int
        How many stances were asked for, and how many of these got no label.
    """

    target_kind: TargetKind
    target: str | None
    shares: dict[Stance, Share]
    mean: Mean
    asked: int
    abstained: int


class Abstentions(_Frozen):
    """How often no label was given.

    Parameters
    ----------
    asked, abstained : int
        Labels asked for, of them not given. One a reply; for stance one a reply and target.
    reasons : dict of {"language", "no_own_words", "uncertain"} to int
        Abstentions by reason, all reasons named.
    """

    asked: int
    abstained: int
    reasons: dict[AbstentionReason, int]


class Findings(_Frozen):
    """What one model family says of some replies; None or empty where a task was not run.

    Parameters
    ----------
    incivility, tone : Prevalence or None
        How common their kinds are.
    sentiment : SentimentBalance or None
        Shares and mean.
    stance : tuple of StanceBalance
        The article first, then parents, then topics, the most often labelled first.
    disagreement : Share or None
        Stances against the parent, of those towards a parent that have a label.
    abstentions : dict of task to Abstentions
        Tasks that were run.
    """

    incivility: Prevalence | None = None
    tone: Prevalence | None = None
    sentiment: SentimentBalance | None = None
    stance: tuple[StanceBalance, ...] = ()
    disagreement: Share | None = None
    abstentions: dict[TaskName, Abstentions] = Field(default_factory=dict)


class AuthorFindings(_Frozen):
    """What one author's replies add up to."""

    author: str
    replies: int
    findings: Findings


class StretchFindings(_Frozen):
    """What a stretch of the thread adds up to.

    Parameters
    ----------
    first, last : str
        Ids of its first and last reply.
    replies : int
        How many replies.
    findings : Findings
        What they add up to.
    """

    first: str
    last: str
    replies: int
    findings: Findings


class Agreement(_Frozen):
    """How far transformer and baseline give the same label, where both give one.

    Parameters
    ----------
    task : {"stance", "incivility", "sentiment", "tone"}
        What was asked.
    label : str or None
        For incivility and tone, the kind that each says holds or not; None for any kind.
    target_kind : {"article", "parent", "topic"} or None
        For stance, towards what; None for all targets.
    agreed : Share
        The same label, of all that both labelled.
    kappa : float or None
        Cohen's kappa (Cohen 1960), from -1 to 1; None where nothing was labelled by both, or
        where chance alone would make them agree always.
    """

    task: TaskName
    label: str | None = None
    target_kind: TargetKind | None = None
    agreed: Share
    kappa: float | None = None


class Summary(_Frozen):
    """What a thread adds up to.

    Parameters
    ----------
    thread_id : str
        Id of the thread.
    replies, with_own_words, answering, authors : int
        Replies; those with own words; those known to answer another reply; known authors.
    quotes, excerpts : int
        Quotes and pasted excerpts, none of them scored as own words.
    languages : dict of str to int
        Replies by language, the most frequent first, where languages were told.
    confidence : float
        Level of all intervals.
    transformer, baseline : Findings or None
        What each model family says, side by side; None where it did not run.
    agreement : tuple of Agreement
        How far they agree; empty unless both ran.
    family : {"transformer", "baseline"} or None
        Whose labels `by_author` and `along` sum up: the transformer's where it ran.
    by_author : tuple of AuthorFindings
        Known authors, the busiest first.
    along : tuple of StretchFindings
        Up to ten stretches of equal length in the thread's order, of five replies at the
        least; empty for threads that are too short for two.
    """

    thread_id: str
    replies: int
    with_own_words: int
    answering: int
    authors: int
    quotes: int
    excerpts: int
    languages: dict[str, int]
    confidence: float
    transformer: Findings | None = None
    baseline: Findings | None = None
    agreement: tuple[Agreement, ...] = ()
    family: Family | None = None
    by_author: tuple[AuthorFindings, ...] = ()
    along: tuple[StretchFindings, ...] = ()
