"""Sides taken in other ways than by plain words for or against, in sentences of our own writing.

A model that has learned words rather than sides takes who denies an opposition for an opponent,
lends a writer the opinion that is reported, and hears a condition as a no. Every sentence stands
beside its mirror image, and is asked about in several forms, some of which who is for a thing is
against.
"""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from itertools import cycle
from pathlib import Path
from random import Random
from typing import Any

from classifier.training.own_wording import capitalised, endless

_FILE = Path(__file__).with_suffix(".toml")
_TIMES_EACH = 10
_OPENED, _WITH_EMOJI = 0.12, 0.12
_OPPOSITE = {"favor": "against", "against": "favor", "neutral": "neutral"}


def sides_taken(draw: Random) -> Iterator[tuple[str, str, str]]:
    """Yield texts, targets and stances; every sentence with several things named and asked about.

    Parameters
    ----------
    draw : Random
        Decides what is named where, and how it is asked about.
    """
    content = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    words = {kind: endless(given, draw) for kind, given in content["words"].items()}
    others = cycle(reversed(content["words"]["topic"]))
    for part in content["sentences"]:
        for sentence in part["texts"]:
            for _ in range(_TIMES_EACH):
                filled = {kind: next(given) for kind, given in words.items()}
                filled["other"] = next(other for other in others if other != filled["topic"])
                text = capitalised(sentence.format_map(filled))
                about = "thing" if "{thing}" in sentence else "topic"
                target, stance = _asked(content["asked"][about], filled[about], part["label"], draw)
                yield _among_others(text, content["words"], draw), target, stance
                if "other" in part:
                    asked = content["asked"]["topic"]
                    target, stance = _asked(asked, filled["other"], part["other"], draw)
                    yield text, target, stance
    for part in content["composed"]:
        for text, topic in _composed(part, content["clauses"], words, draw):
            target, stance = _asked(content["asked"]["topic"], topic, part["label"], draw)
            yield _among_others(text, content["words"], draw), target, stance


def _composed(
    part: Mapping[str, Any],
    clauses: Mapping[str, Sequence[str]],
    words: Mapping[str, Iterator[str]],
    draw: Random,
) -> Iterator[tuple[str, str]]:
    """Yield texts of two clauses and the topic of both; somebody else is named in each clause."""
    first, second = (endless(clauses[name], draw) for name in part["parts"])
    for _ in range(part["times"]):
        topic = next(words["topic"])
        said = [next(each).format(topic=topic, who=next(words["who"])) for each in (first, second)]
        text = capitalised(draw.choice(part["joints"]).join(said))
        yield text if text[-1] in ".?" else f"{text}.", topic


def _asked(
    forms: Mapping[str, Sequence[str]], asked: str, stance: str, draw: Random
) -> tuple[str, str]:
    """Return a form of what is asked, and the stance towards that."""
    form = draw.choice([*forms["same"], *forms["opposed"]])
    target = form.format(asked=asked)
    if form != "{asked}":
        target = capitalised(target)
    return target, _OPPOSITE[stance] if form in forms["opposed"] else stance


def _among_others(text: str, words: Mapping[str, Any], draw: Random) -> str:
    """Return a text as it stands in a thread: now and then greeting, or with an emoji behind."""
    if draw.random() < _OPENED:
        text = draw.choice(words["opener"]) + text
    return f"{text} {draw.choice(words['emoji'])}" if draw.random() < _WITH_EMOJI else text
