"""Which replies to ask people about first."""

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from classifier.annotating.items import Guess, Item

Order = Literal["doubtful", "random"]
Reason = Literal["uncertain", "disagreement", "random"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """An item and why it was chosen.

    Parameters
    ----------
    item : Item
        What is to be labelled.
    reason : {"uncertain", "disagreement", "random"}
        Which of the two orders put it here, or chance.
    uncertainty : float
        Of its least certain question, 0 to 1.
    disagreement : float
        Of the question on which transformer and baseline differ most, 0 to 1.
    """

    item: Item
    reason: Reason
    uncertainty: float
    disagreement: float


def choose(
    items: Iterable[Item],
    *,
    budget: int | None = None,
    order: Order = "doubtful",
    seed: int = 17,
) -> list[Chosen]:
    """Put items in the order in which they should be labelled.

    Two rankings take turns: least certain first (uncertainty sampling, Lewis & Gale 1994), and
    greatest difference between transformer and baseline first (query by committee, Seung, Opper
    & Sompolinsky 1992). Their figures need no common scale that way. A text that stands in
    several places is asked about once.

    Such a choice teaches much and represents nothing: shares, figures and thresholds that are to
    hold for all replies need a choice by chance.

    Parameters
    ----------
    items : iterable of Item
        What could be labelled.
    budget : int, optional
        How many at most.
    order : {"doubtful", "random"}
        As above, or by chance.
    seed : int
        Decides the chance.
    """
    unique = list({(each.text, each.target): each for each in items}.values())
    if order == "random":
        drawn = random.Random(seed).sample(unique, len(unique))  # noqa: S311 - no secret
        return [_chosen(item, "random") for item in drawn[:budget]]
    return [
        _chosen(unique[index], reason)
        for index, reason in _taking_turns(
            ("uncertain", _ranked([uncertainty(item) for item in unique])),
            ("disagreement", _ranked([disagreement(item) for item in unique])),
        )
    ][:budget]


def uncertainty(item: Item) -> float:
    """Return how unsure the transformer is of its least certain answer, from 0 to 1.

    For an exclusive task one minus the highest probability, for a label that holds or not one
    minus the higher of its two, as a share of the most that there can be (Lewis & Gale 1994).
    """
    return max(_uncertainty(guess) for guess in item.transformer.values())


def disagreement(item: Item) -> float:
    """Return how far the two families' probabilities are apart where they differ most, 0 to 1.

    The total variation distance: of an exclusive task over its labels, else of each label.
    """
    return max(
        (
            _distance(guess, item.baseline[name])
            for name, guess in item.transformer.items()
            if name in item.baseline
        ),
        default=0.0,
    )


def _uncertainty(guess: Guess) -> float:
    values = guess.probabilities.values()
    if not guess.exclusive:
        return max(2 * min(value, 1 - value) for value in values)
    size = len(values)
    return min(1.0, (1 - max(values)) * size / max(size - 1, 1))


def _distance(one: Guess, other: Guess) -> float:
    apart = [
        abs(own - other.probabilities.get(label, 0.0)) for label, own in one.probabilities.items()
    ]
    return sum(apart) / 2 if one.exclusive else max(apart)


def _ranked(values: Sequence[float]) -> list[int]:
    return sorted(range(len(values)), key=lambda index: -values[index])


def _taking_turns(
    *rankings: tuple[Reason, Sequence[int]],
) -> Iterator[tuple[int, Reason]]:
    taken: set[int] = set()
    queues = [(reason, iter(ranking)) for reason, ranking in rankings]
    for turn in range(sum(len(ranking) for _, ranking in rankings)):
        reason, queue = queues[turn % len(queues)]
        index = next((each for each in queue if each not in taken), None)
        if index is not None:
            taken.add(index)
            yield index, reason


def _chosen(item: Item, reason: Reason) -> Chosen:
    return Chosen(
        item=item, reason=reason, uncertainty=uncertainty(item), disagreement=disagreement(item)
    )
