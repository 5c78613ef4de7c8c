"""Examples of our own writing, for what the corpora teach badly.

Corpora name some groups mostly where they are attacked, so that a model takes the name for the
attack (Dixon et al. 2018); they hold few threats, few insults that are reported or rejected, few
complaints in praising words, and hardly a forum reply to a headline. Sentences with places for
words are filled, evenly over groups, and roughened as people write. Every example is made again in
the same way.
"""

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import cycle, islice
from pathlib import Path
from random import Random
from typing import Any

from classifier.examples import Example
from classifier.tasks import ModelName
from classifier.thread import STANCES, TargetKind
from classifier.training.own_names import stances_with_names
from classifier.training.own_stances import sides_taken
from classifier.training.own_wording import capitalised, endless, roughened

CORPUS = "own sentences"
_FILE = Path(__file__).with_suffix(".toml")
_COMMENTS = tuple(_FILE.with_name(name) for name in ("own_incivility.toml", "own_sentiment.toml"))
_SEED = 7
_STANCES = 900
_VOWELS = frozenset("aeiou")
_ASKED: tuple[TargetKind, ...] = ("topic", "article", "parent")
_TO_A_POST = {"favor": "agree", "against": "disagree", "neutral": "unclear"}
_BESIDE_THE_POINT = 0.5


def own_examples(model: ModelName) -> list[Example]:
    """Return the examples for a model; none where the model has none.

    Parameters
    ----------
    model : {"comment", "stance", "tone"}
        Which model learns from them.
    """
    content = tomllib.loads(_read(_FILE))
    # A fixed seed makes the same examples everywhere; nothing here is a secret.
    draw = Random(_SEED)  # noqa: S311
    if model == "comment":
        parts = [part for file in _COMMENTS for part in tomllib.loads(_read(file))["comment"]]
        made = [each for part in parts for each in _comments(part, content["words"], draw)]
    elif model == "stance":
        made = [*_stances(content["stance"], draw), *_of_topics(stances_with_names(draw), draw)]
        made += _of_topics(sides_taken(draw), draw)
    else:
        made = []
    return list({(example.text, example.target): example for example in made}.values())


def _read(file: Path) -> str:
    return file.read_text(encoding="utf-8")


def _comments(
    part: Mapping[str, Any], given: Mapping[str, Sequence[str]], draw: Random
) -> Iterator[Example]:
    words = {kind: endless(each, draw) for kind, each in given.items()}
    sentences = endless(part["sentences"], draw)
    for _ in range(part["repeats"]):
        filled = {kind: next(given) for kind, given in words.items()}
        filled["a_fool"] = _with_article(filled["fool"])
        text = capitalised(next(sentences).format_map(filled))
        yield Example(
            text=roughened(text, draw),
            label=part.get("sentiment"),
            labels={label: float(value) for label, value in part.get("labels", {}).items()},
            corpus=CORPUS,
        )


def _stances(content: Mapping[str, Sequence[str]], draw: Random) -> Iterator[Example]:
    """Yield replies to a topic, a headline and another's post, in turn."""
    topics = endless(content["topic"], draw)
    for kind in islice(cycle(_ASKED), _STANCES):
        topic = target = next(topics)
        side: str = draw.choice(STANCES)
        words = side
        if kind == "article":
            target = _filled(draw.choice(content["headline"]), topic)
        elif kind == "parent":
            target = _filled(draw.choice([*content["claim"], *content["against"]]), topic)
            words = _TO_A_POST[side]
        elif side == "neutral" and draw.random() < _BESIDE_THE_POINT:
            words = "other"
        yield Example(
            text=roughened(_filled(draw.choice(content[words]), topic), draw),
            target=target,
            target_kind=kind,
            label=side,
            corpus=CORPUS,
        )


def _of_topics(made: Iterable[tuple[str, str, str]], draw: Random) -> Iterator[Example]:
    for text, target, stance in made:
        yield Example(
            text=roughened(capitalised(text), draw),
            target=target,
            target_kind="topic",
            label=stance,
            corpus=CORPUS,
        )


def _filled(sentence: str, topic: str) -> str:
    return capitalised(sentence.format(topic=topic))


def _with_article(word: str) -> str:
    return f"{'an' if word[0] in _VOWELS else 'a'} {word}"
