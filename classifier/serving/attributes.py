"""Which of our labels answers an attribute of the Perspective API, and our attributes beyond it.

All values are the calibrated probabilities of the loaded model (`calibration.json`): Platt scaling
for labels that may hold together, temperature scaling for exclusive ones, fitted on held-out
comments. Each of the API's six attributes has a label of its own; `data/labels.md` says what the
labels mean.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Literal

from classifier.thread import INCIVILITIES, TONES, Labels, Sentiment, Stance

Need = Literal["article", "parent", "tone"]
Value = Callable[[Labels], float | None]

_EXPERIMENTAL = "_EXPERIMENTAL"
_STANCE_TARGETS: dict[str, Need] = {"ARTICLE": "article", "PARENT": "parent"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribute:
    """Something that a comment can be scored for.

    Parameters
    ----------
    name : str
        As requests give it.
    answer : str
        What its value is, in words.
    value : callable
        Takes a comment's `Labels` and returns the value from 0 to 1, or None where there is none.
    needs : frozenset of {"article", "parent", "tone"}
        What must be there for it to be scored.
    of_parts : bool
        True if single sentences can be scored for it too.
    """

    name: str
    answer: str
    value: Value = field(repr=False)
    needs: frozenset[Need] = frozenset()
    of_parts: bool = True


def known_attributes(*, tone: bool) -> dict[str, Attribute]:
    """Return the attributes that a server answers, by name.

    Parameters
    ----------
    tone : bool
        Whether the tone model is there.
    """
    every = [*_incivilities(), *_sentiments(), *_stances(), *(_tones() if tone else ())]
    return {attribute.name: attribute for attribute in every}


def _incivilities() -> list[Attribute]:
    every = []
    for label in INCIVILITIES:
        name = label.upper()
        value: Value = partial(_incivility, label)
        answer = f"probability of the label {label}"
        if label == "severe_toxicity":
            value, answer = _severe_toxicity, f"{answer}, never above TOXICITY"
        every.append(Attribute(name=name, answer=answer, value=value))
        every.append(
            Attribute(name=name + _EXPERIMENTAL, answer=f"the same as {name}", value=value)
        )
    return every


def _sentiments() -> list[Attribute]:
    wanted: tuple[Sentiment, ...] = ("positive", "negative")
    return [
        Attribute(
            name=f"SENTIMENT_{label.upper()}",
            answer=f"probability that the sentiment is {label}",
            value=partial(_sentiment, label),
        )
        for label in wanted
    ]


def _stances() -> list[Attribute]:
    wanted: tuple[Stance, ...] = ("against", "favor")
    return [
        Attribute(
            name=f"{label.upper()}_{target}",
            answer=f"probability that the stance towards the {need} is {label}",
            value=partial(_stance, label, need),
            needs=frozenset({need}),
            of_parts=False,
        )
        for label in wanted
        for target, need in _STANCE_TARGETS.items()
    ]


def _tones() -> list[Attribute]:
    return [
        Attribute(
            name=label.upper(),
            answer=f"probability of the tone {label}",
            value=partial(_tone, label),
            needs=frozenset({"tone"}),
        )
        for label in TONES
    ]


def _incivility(label: str, labels: Labels) -> float | None:
    return labels.incivility.probabilities.get(label) if labels.incivility else None


def _severe_toxicity(labels: Labels) -> float | None:
    """Return the label's probability, held under that of the label that it implies."""
    severe, toxic = _incivility("severe_toxicity", labels), _incivility("toxicity", labels)
    return severe if severe is None or toxic is None else min(severe, toxic)


def _tone(label: str, labels: Labels) -> float | None:
    return labels.tone.probabilities.get(label) if labels.tone else None


def _sentiment(label: Sentiment, labels: Labels) -> float | None:
    return labels.sentiment.probabilities.get(label) if labels.sentiment else None


def _stance(label: Stance, need: Need, labels: Labels) -> float | None:
    for stance in labels.stance:
        if (stance.target_kind == "parent") == (need == "parent"):
            return stance.probabilities.get(label)
    return None
