"""Stances of our own writing in which a name is exchanged and the answer stays.

A model that has read of some people mostly where they are praised or attacked takes a name for a
stance. The same sentences with many people's names in them teach that it is none (counterfactual
data augmentation, Lu et al. 2020).
"""

import tomllib
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path
from random import Random
from typing import Any

from classifier.thread import STANCES

_FILE = Path(__file__).with_suffix(".toml")
_TIMES_EACH = 14


def stances_with_names(draw: Random) -> Iterator[tuple[str, str, str]]:
    """Yield texts, targets and stances; every sentence with several people's names.

    Parameters
    ----------
    draw : Random
        Decides who is named where.
    """
    content = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    people = cycle(draw.sample(content["people"], len(content["people"])))
    for stance in STANCES:
        for sentence in content["of_topic"][stance]:
            yield from _of_topic(sentence, stance, content, people, draw)
        for sentence in content["of_office"][stance]:
            for _ in range(_TIMES_EACH):
                yield sentence, f"{next(people)} {draw.choice(content['offices'])}", stance


def _of_topic(
    sentence: str, stance: str, content: dict[str, Any], people: Iterator[str], draw: Random
) -> Iterator[tuple[str, str, str]]:
    for _ in range(_TIMES_EACH):
        topic = draw.choice(content["topics"])
        yield sentence.format(name=next(people), topic=topic), topic, stance
