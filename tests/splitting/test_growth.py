"""Splitting takes time in proportion to the page."""

from collections.abc import Callable
from itertools import pairwise
from random import Random
from time import process_time

import pytest

from classifier.splitting import split
from classifier.thread import Page

SIZE = 30_000
MOST_GROWTH = 3.2

WORDS = [f"{start}{end}" for start in "abdefgklmnoprst" for end in ("an", "el", "ion", "ur", "osk")]


def prose(length: int) -> str:
    rng = Random(3)
    lines = []
    while sum(map(len, lines)) < length:
        lines.append(" ".join(rng.choices(WORDS, k=rng.randint(3, 60))) + rng.choice(".!?"))
    return "\n".join(lines)[:length]


def repeated_quotes(length: int) -> str:
    line = "and I still say that the whole plan was wrong from the very first day on, you know it\n"
    return (line * (length // len(line) + 1))[:length]


def mentions(length: int) -> str:
    return ("@@@ @a @b wrote: > > >\n" * (length // 20 + 1))[:length]


def unbroken(length: int) -> str:
    return "a" * length


def only_marks(length: int) -> str:
    return (">" * 50 + "\n") * (length // 51)


def short_lines(length: int) -> str:
    return "no\n" * (length // 9)


@pytest.mark.parametrize(
    "make", [prose, repeated_quotes, mentions, unbroken, only_marks, short_lines]
)
def test_twice_the_page_takes_about_twice_the_time(make: Callable[[int], str]) -> None:
    split(Page(id="warm", text=make(1000)))
    seconds = []
    for factor in (1, 2, 4):
        text = make(SIZE * factor)
        best = float("inf")
        for _ in range(2):
            began = process_time()
            split(Page(id="p", text=text))
            best = min(best, process_time() - began)
        seconds.append(best)

    assert all(after <= MOST_GROWTH * max(before, 0.05) for before, after in pairwise(seconds)), (
        seconds
    )
