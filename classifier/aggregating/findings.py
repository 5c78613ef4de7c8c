"""What one model family's labels of some replies add up to."""

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, TypeVar, get_args

from classifier.aggregating.intervals import mean_of, share_of
from classifier.summary import (
    Abstentions,
    Findings,
    Prevalence,
    SentimentBalance,
    Share,
    StanceBalance,
)
from classifier.thread import (
    INCIVILITIES,
    SENTIMENTS,
    STANCES,
    TONES,
    AbstentionReason,
    Labels,
    MultiLabel,
    SentimentLabel,
    StanceLabel,
)

if TYPE_CHECKING:
    from classifier.tasks import TaskName

_Label = TypeVar("_Label", bound=str)
_REASONS: tuple[AbstentionReason, ...] = get_args(AbstentionReason)
_KINDS = ("article", "parent", "topic")


def findings_of(labels: Sequence[Labels], *, seed: int) -> Findings:
    """Return what the labels of some replies add up to.

    Parameters
    ----------
    labels : sequence of Labels
        One a reply, all of one model family.
    seed : int
        Seed of the bootstrap intervals.
    """
    incivility = [each.incivility for each in labels if each.incivility is not None]
    tone = [each.tone for each in labels if each.tone is not None]
    sentiment = [each.sentiment for each in labels if each.sentiment is not None]
    stances = [stance for each in labels for stance in each.stance]
    towards_parents = [stance for stance in stances if stance.target_kind == "parent"]
    tasks: dict[TaskName, Sequence[MultiLabel | SentimentLabel | StanceLabel]] = {
        "stance": stances,
        "incivility": incivility,
        "tone": tone,
        "sentiment": sentiment,
    }
    return Findings(
        incivility=_prevalence(incivility, INCIVILITIES) if incivility else None,
        tone=_prevalence(tone, TONES) if tone else None,
        sentiment=_sentiment(sentiment, seed=seed) if sentiment else None,
        stance=_balances(stances, seed=seed),
        disagreement=_shares(towards_parents, STANCES)["against"] if towards_parents else None,
        abstentions={name: _abstentions(asked) for name, asked in tasks.items() if asked},
    )


def _prevalence(given: Iterable[MultiLabel], names: Sequence[str]) -> Prevalence:
    scored = [label for label in given if not label.abstained]
    return Prevalence(
        rate=share_of(sum(bool(label.labels) for label in scored), len(scored)),
        kinds={
            name: share_of(sum(name in label.labels for label in scored), len(scored))
            for name in names
        },
    )


def _sentiment(given: Sequence[SentimentLabel], *, seed: int) -> SentimentBalance:
    differences = [_difference(label, "positive", "negative") for label in given]
    return SentimentBalance(
        shares=_shares(given, SENTIMENTS),
        mean=mean_of([value for value in differences if value is not None], seed=seed),
    )


def _balances(given: Iterable[StanceLabel], *, seed: int) -> tuple[StanceBalance, ...]:
    by_target: dict[tuple[str, str | None], list[StanceLabel]] = {}
    for stance in given:
        target = None if stance.target_kind == "parent" else stance.target
        by_target.setdefault((stance.target_kind, target), []).append(stance)
    balances = [_balance(stances, seed=seed) for stances in by_target.values()]
    return tuple(
        sorted(
            balances,
            key=lambda balance: (
                _KINDS.index(balance.target_kind),
                -balance.shares["favor"].count - balance.shares["against"].count,
                balance.abstained - balance.asked,
                balance.target or "",
            ),
        )
    )


def _balance(stances: Sequence[StanceLabel], *, seed: int) -> StanceBalance:
    kind = stances[0].target_kind
    differences = [_difference(stance, "favor", "against") for stance in stances]
    return StanceBalance(
        target_kind=kind,
        target=None if kind == "parent" else stances[0].target,
        shares=_shares(stances, STANCES),
        mean=mean_of([value for value in differences if value is not None], seed=seed),
        asked=len(stances),
        abstained=sum(stance.label is None for stance in stances),
    )


def _shares(
    given: Sequence[SentimentLabel] | Sequence[StanceLabel], names: Sequence[_Label]
) -> dict[_Label, Share]:
    counts = Counter[str](each.label for each in given if each.label is not None)
    return {name: share_of(counts[name], counts.total()) for name in names}


def _difference(label: SentimentLabel | StanceLabel, plus: str, minus: str) -> float | None:
    """Return how much likelier one end is than the other; None where the text was not read."""
    probabilities = {str(name): value for name, value in label.probabilities.items()}
    if plus in probabilities and minus in probabilities:
        return probabilities[plus] - probabilities[minus]
    if label.label is None:
        return None
    return float(label.label == plus) - float(label.label == minus)


def _abstentions(asked: Sequence[MultiLabel | SentimentLabel | StanceLabel]) -> Abstentions:
    reasons = [label.reason for label in asked if label.abstained]
    return _counted(len(asked), tuple(reasons.count(reason) for reason in _REASONS))


# As with shares, most authors have the same few.
@lru_cache(maxsize=1024)
def _counted(asked: int, of_reason: tuple[int, ...]) -> Abstentions:
    return Abstentions(
        asked=asked,
        abstained=sum(of_reason),
        reasons=dict(zip(_REASONS, of_reason, strict=True)),
    )
