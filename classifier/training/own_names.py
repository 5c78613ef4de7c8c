"""Examples in which a name is exchanged or added and the stance stays.

A model that has read of some people mostly where they are praised or attacked takes a name for a
stance. The same sentences with many people's names in them teach that it is none (counterfactual
data augmentation, Lu et al. 2020): some of our own writing, and many of the corpora's with a person
addressed, signing or named beside them. What is said in a comment is as rude, and as glad, whoever
is named in it.
"""

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import cycle
from pathlib import Path
from random import Random
from typing import Any

from classifier.examples import Example
from classifier.thread import STANCES

_FILE = Path(__file__).with_suffix(".toml")
_TIMES_EACH = 14
_IN_A_ROW = 6
_LONGEST_TEXT = 400
_IN_TEXT, _GIVEN_ALONE = 0.6, 0.4
_MASKED = re.compile(r"\[NAME\]")


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


def named_counterparts(
    examples: Sequence[Example], count: int, draw: Random
) -> Iterator[tuple[Example, Example]]:
    """Yield examples of corpora, and each again with a person named around text or target.

    Where a corpus put ``[NAME]`` in the place of people, people stand there again.

    Parameters
    ----------
    examples : sequence of Example
        Those with a long text are passed over.
    count : int
        How many at most.
    draw : Random
        Decides which examples, and who is named where.
    """
    content = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    short = [each for each in examples if len(each.text) <= _LONGEST_TEXT]
    for example in draw.sample(short, min(count, len(short))):
        name = _recombined(content["people"], draw)
        if _MASKED.search(example.text):
            unmasked = _MASKED.sub(lambda _: _recombined(content["people"], draw), example.text)
            named = replace(example, text=unmasked)
        elif not example.target or draw.random() < _IN_TEXT:
            around = draw.choice(content["around"]["text"])
            named = replace(example, text=around.format(name=name, text=example.text))
        else:
            around = draw.choice(content["around"]["target"])
            named = replace(example, target=around.format(name=name, target=example.target))
        yield example, named


def _recombined(people: Sequence[str], draw: Random) -> str:
    """Return a given name and a family name of one origin, or the given name alone."""
    row = draw.randrange(len(people) // _IN_A_ROW) * _IN_A_ROW
    given, family = draw.choices(people[row : row + _IN_A_ROW], k=2)
    first = given.rpartition(" ")[0]
    return first if draw.random() < _GIVEN_ALONE else f"{first} {family.rpartition(' ')[2]}"
