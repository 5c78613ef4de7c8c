"""Stance by target: against to the left, in favor to the right, neutral in the middle."""

from dataclasses import dataclass

from classifier.reporting.html.charts.figure import Chart, Whisker, cell, lead
from classifier.reporting.html.shown_text import first_words
from classifier.reporting.sentences import findings_in_words
from classifier.summary import Share, StanceBalance, Summary
from classifier.thread import Stance

_PARTS: tuple[tuple[Stance, str], ...] = (
    ("against", "against"),
    ("neutral", "neutral"),
    ("favor", "for"),
)
_MOST_BARS = 7
_MOST_ROWS = 50
_TARGET_CHARACTERS = 26
_CENTRE = 50.0
_HALF = 48.0


@dataclass(frozen=True, slots=True, kw_only=True)
class StanceBar:
    """One target's bar: where its three parts begin and how wide they are, in percent."""

    target: str
    counts: str
    against: tuple[float, float]
    neutral: tuple[float, float]
    favor: tuple[float, float]
    whiskers: tuple[Whisker, ...]


def stances_chart(summary: Summary) -> Chart | None:
    """Return the chart of the stances towards each target; None without any that are sure.

    The neutral part lies around the middle, half to either side. The interval of the share that
    is against, and of that in favor, is drawn from the inner end of its part.

    Parameters
    ----------
    summary : Summary
        Of one thread.
    """
    found = summary.transformer or summary.baseline
    labelled = [each for each in found.stance if each.asked > each.abstained] if found else []
    if not labelled:
        return None
    note = "Lines are 95 % intervals of the share against and of the share for."
    if len(labelled) > _MOST_BARS:
        note += f" {len(labelled) - _MOST_BARS} more targets are in the table."
    return Chart(
        name="stances",
        title=lead(findings_in_words(summary)[0]),
        note=note,
        drawing=tuple(_bar(each) for each in labelled[:_MOST_BARS]),
        columns=("Target", "Asked", "Withheld", "Against", "Neutral", "For"),
        rows=tuple(_row(each) for each in labelled[:_MOST_ROWS]),
    )


def target_name(balance: StanceBalance) -> str:
    """Return what stances are towards, in a few words."""
    if balance.target_kind == "article":
        return "the article"
    if balance.target_kind == "parent":
        return "the reply answered"
    return f"“{first_words(balance.target or '', _TARGET_CHARACTERS)}”"


def _bar(balance: StanceBalance) -> StanceBar:
    against, neutral, favor = (balance.shares[name].share or 0.0 for name, _ in _PARTS)
    half = neutral / 2
    counts = " · ".join(f"{balance.shares[name].count} {word}" for name, word in _PARTS)
    return StanceBar(
        target=target_name(balance),
        counts=counts,
        against=(_x(-half - against), against * _HALF),
        neutral=(_x(-half), neutral * _HALF),
        favor=(_x(half), favor * _HALF),
        whiskers=(
            _whisker(balance.shares["against"], half, side=-1),
            _whisker(balance.shares["favor"], half, side=1),
        ),
    )


def _whisker(share: Share, inner: float, *, side: int) -> Whisker:
    low, at, high = (
        _x(side * min(1.0, inner + (value or 0.0)))
        for value in (share.low, share.share, share.high)
    )
    return Whisker(low, at, high)


def _x(value: float) -> float:
    return _CENTRE + _HALF * value


def _row(balance: StanceBalance) -> tuple[str, ...]:
    shares = (cell(balance.shares[name]) for name, _ in _PARTS)
    return (target_name(balance), str(balance.asked), str(balance.abstained), *shares)
