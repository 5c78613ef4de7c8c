"""A reply's labels as chips: a few words each, with how sure they are and what else was likely."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from classifier.thread import Labels, MultiLabel, SentimentLabel, StanceLabel

_Name = TypeVar("_Name", bound=str)
_WORTH_TELLING = 0.02
_TAKES = {"against": "against", "favor": "for", "neutral": "neutral on"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Chip:
    """One label of one reply.

    Parameters
    ----------
    text : str
        What it says.
    style : str
        Which kind of label it is, for its colours: ``against``, ``favor``, ``neutral``,
        ``uncivil``, ``tone``, ``positive``, ``negative``, ``civil`` or ``withheld``.
    detail : tuple of str
        Lines on how sure it is, shown on hover and focus.
    label : str
        The label as filters name it.
    target : tuple of (str, str) or None
        Kind and text of a stance's target.
    probability : float or None
        How sure the label is, from 0 to 1; None where it was withheld.
    differs : bool
        Whether the other model family gives another label.
    """

    text: str
    style: str
    detail: tuple[str, ...]
    label: str
    target: tuple[str, str] | None = None
    probability: float | None = None
    differs: bool = False


def chips_of(labels: Labels, baseline: Labels | None) -> tuple[Chip, ...]:
    """Return the chips of a reply's labels: incivility, stances, sentiment, tone; withheld last.

    Parameters
    ----------
    labels : Labels
        What is shown.
    baseline : Labels or None
        What it is compared with.
    """
    chips = (
        *_kinds("incivility", labels.incivility, baseline.incivility if baseline else None),
        *_stances(labels, baseline),
        *_sentiment(labels.sentiment, baseline.sentiment if baseline else None),
        *_kinds("tone", labels.tone, baseline.tone if baseline else None),
    )
    return tuple(sorted(chips, key=lambda chip: chip.label == "withheld"))


def unread(labels: Labels) -> str:
    """Return why nothing in the reply could be labelled, or an empty text."""
    tasks = (labels.incivility, labels.sentiment, labels.tone)
    reasons = {task.reason for task in tasks if task is not None}
    if "no_own_words" in reasons:
        return "Not labelled: no own words"
    if "language" in reasons:
        language = labels.language
        told = f" (read as {language.code}, {language.probability:.0%})" if language else ""
        return f"Not labelled: not in English{told}"
    return ""


def _kinds(task: str, given: MultiLabel | None, other: MultiLabel | None) -> Iterator[Chip]:
    if given is None or given.reason in ("language", "no_own_words"):
        return
    worth_telling = {
        name: value
        for name, value in given.probabilities.items()
        if value >= _WORTH_TELLING or name in given.labels
    }
    detail = _likely(worth_telling or given.probabilities)
    if given.abstained:
        yield _withheld(task, detail)
    elif not given.labels and task == "incivility":
        most = max(given.probabilities.values(), default=None)
        differs = other is not None and bool(other.labels)
        yield Chip(
            text="civil",
            style="civil",
            detail=(*detail, *_other(_spaced(other.labels) if other and differs else "")),
            label="civil",
            probability=None if most is None else 1 - most,
            differs=differs,
        )
    for name in given.labels:
        differs = other is not None and not other.abstained and name not in other.labels
        theirs = other.probabilities.get(name) if other else None
        words = name.replace("_", " ")
        yield Chip(
            text=words,
            style="uncivil" if task == "incivility" else "tone",
            detail=(*detail, *_other("" if theirs is None else f"{words} {theirs:.0%}")),
            label=name,
            probability=given.probabilities.get(name),
            differs=differs,
        )


def _stances(labels: Labels, baseline: Labels | None) -> Iterator[Chip]:
    others = {(s.target_kind, s.target): s for s in baseline.stance} if baseline else {}
    for stance in labels.stance:
        if stance.reason in ("language", "no_own_words"):
            continue
        target = (stance.target_kind, stance.target)
        detail = (*_likely(stance.probabilities), *_compared(others.get(target)))
        if stance.label is None:
            yield _withheld(f"stance on {towards(stance)}", detail, target=target)
            continue
        yield Chip(
            text=f"{_TAKES[stance.label]} {towards(stance)}",
            style=stance.label,
            detail=detail,
            label=stance.label,
            target=target,
            probability=stance.probabilities.get(stance.label),
            differs=_differs(stance, others.get(target)),
        )


def _sentiment(given: SentimentLabel | None, other: SentimentLabel | None) -> Iterator[Chip]:
    if given is None or given.reason in ("language", "no_own_words"):
        return
    detail = (*_likely(given.probabilities), *_compared(other))
    if given.label is None:
        yield _withheld("sentiment", detail)
        return
    yield Chip(
        text=given.label if given.label != "neutral" else "neutral in feeling",
        style=given.label,
        detail=detail,
        label=given.label if given.label != "neutral" else "neutral_feeling",
        probability=given.probabilities.get(given.label),
        differs=_differs(given, other),
    )


def towards(stance: StanceLabel) -> str:
    """Return a stance's target in a few words."""
    if stance.target_kind == "topic":
        return f"“{stance.target}”"
    return "the article" if stance.target_kind == "article" else "the reply answered"


def _spaced(names: tuple[str, ...]) -> str:
    return ", ".join(names).replace("_", " ")


def _withheld(task: str, detail: tuple[str, ...], *, target: tuple[str, str] | None = None) -> Chip:
    return Chip(
        text=f"unsure: {task}",
        style="withheld",
        detail=("withheld, too uncertain to say", *detail),
        label="withheld",
        target=target,
    )


def _likely(probabilities: Mapping[_Name, float]) -> tuple[str, ...]:
    order = sorted(probabilities.items(), key=lambda item: -item[1])
    return tuple(f"{name.replace('_', ' ')} {value:.0%}" for name, value in order)


def _compared(other: StanceLabel | SentimentLabel | None) -> tuple[str, ...]:
    if other is None:
        return ()
    if other.label is None:
        return ("baseline: withheld",)
    probabilities = {str(name): value for name, value in other.probabilities.items()}
    value = probabilities.get(other.label)
    return _other(other.label if value is None else f"{other.label} {value:.0%}")


def _other(words: str) -> tuple[str, ...]:
    return (f"baseline: {words}",) if words else ()


def _differs(
    given: StanceLabel | SentimentLabel, other: StanceLabel | SentimentLabel | None
) -> bool:
    return other is not None and other.label is not None and other.label != given.label
