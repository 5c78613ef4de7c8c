"""Texts on which a released model can rehearse what it knows, where no corpus is at hand."""

import random
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

import numpy as np

from classifier.labelling.baseline import TARGET_MARK, Baseline

_FEWEST, _MOST = 4, 45
_LONGEST_TARGET = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class RehearsalText:
    """A made-up text, and a target where the model takes one."""

    text: str
    target: str | None


def rehearsal_texts(
    baseline: Baseline, size: int, *, with_target: bool, seed: int = 17
) -> list[RehearsalText]:
    """Make texts of the words that the released model was trained on.

    A text is a random walk over the word pairs of the baseline's vocabulary, each as likely as it
    is common. It means nothing, but it meets the network's units much as real texts do: held to
    its old answers on such texts, a network forgets less of what it learned from the lost ones
    (pseudorehearsal, Robins 1995).

    Parameters
    ----------
    baseline : Baseline
        The released model's own.
    size : int
        How many.
    with_target : bool
        Whether each has a target.
    seed : int
        Decides the texts.
    """
    chance = random.Random(seed)  # noqa: S311 - no secret
    words, target_words = _chains(baseline)
    if not words.starts or (with_target and not target_words.starts):
        return []
    return [
        RehearsalText(
            text=words.walk(chance.randint(_FEWEST, _MOST), chance),
            target=target_words.walk(chance.randint(1, _LONGEST_TARGET), chance).replace(
                TARGET_MARK, ""
            )
            if with_target
            else None,
        )
        for _ in range(size)
    ]


class _Chain:
    """Which word may follow which, and how often."""

    def __init__(self, common: Mapping[str, float]) -> None:
        self.starts: dict[str, float] = {}
        pairs: dict[str, dict[str, float]] = defaultdict(dict)
        for feature, weight in common.items():
            first, _, second = feature.partition(" ")
            if second:
                pairs[first][second] = weight
            else:
                self.starts[first] = weight
        self._start = _Draw(self.starts)
        self._next = {word: _Draw(following) for word, following in pairs.items()}

    def walk(self, length: int, chance: random.Random) -> str:
        word = self._start.draw(chance)
        words = [word]
        while len(words) < length:
            word = self._next.get(word, self._start).draw(chance)
            words.append(word)
        return " ".join(words)


class _Draw:
    """Words that are drawn as often as they are common."""

    def __init__(self, weights: Mapping[str, float]) -> None:
        self._words: Sequence[str] = list(weights)
        self._sums = list(accumulate(weights.values()))

    def draw(self, chance: random.Random) -> str:
        return chance.choices(self._words, cum_weights=self._sums)[0]


def _chains(baseline: Baseline) -> tuple[_Chain, _Chain]:
    arrays = baseline.arrays
    features = arrays["vocabulary"].tolist()
    common = np.exp(-arrays["idf"].astype(np.float64)).tolist()
    own: dict[str, float] = {}
    of_targets: dict[str, float] = {}
    for feature, weight in zip(features, common, strict=True):
        marked = [word.startswith(TARGET_MARK) for word in feature.split(" ")]
        if all(marked):
            of_targets[feature] = weight
        elif not any(marked):
            own[feature] = weight
    return _Chain(own), _Chain(of_targets)
