"""Splitting takes time in proportion to the page."""

import tracemalloc
from collections.abc import Callable
from itertools import pairwise
from random import Random
from time import process_time

import pytest

from classifier.splitting import split
from classifier.splitting.paragraphs import find_paragraphs
from classifier.thread import Page

SIZE = 30_000
MOST_GROWTH = 3.2
MORE_THAN_A_CHUNK = 3_500_000

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


def peak_bytes(text: str) -> int:
    tracemalloc.start()
    find_paragraphs(text)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak


@pytest.mark.parametrize("line_end", [" ", "\r", "\u2028"])
def test_a_page_of_one_line_takes_no_more_memory_than_one_of_many(line_end: str) -> None:
    many = prose(MORE_THAN_A_CHUNK // 50) * 50
    one = many.replace("\n", line_end)

    assert peak_bytes(one) <= 1.15 * peak_bytes(many)


@pytest.mark.parametrize("gap", [" ", "\n", "\r\n", "\r", "\n\n\n", "\u2028"])
def test_long_pages_are_read_as_their_parts_would_be(gap: str) -> None:
    part = "It's never  the\u00a0same\ttwice, Osvald said "
    times = MORE_THAN_A_CHUNK // len(part)
    short, long = (find_paragraphs((part + gap) * count) for count in (2, times))

    words = len(short.word) // 2
    assert len(long.word) == words * times
    assert (long.word.reshape(times, words) == short.word[:words]).all()
    assert len(long) == (1 if len(short) == 1 else times)
    assert set(long.breaks[1:].tolist()) == set(short.breaks[1:].tolist())
    assert long.counts.sum() == short.counts.sum() * times // 2


def test_white_space_longer_than_what_is_read_at_once_parts_paragraphs() -> None:
    for wide in (" " * MORE_THAN_A_CHUNK, "\r\n" * (MORE_THAN_A_CHUNK // 2)):
        paragraphs = find_paragraphs(f"first{wide}second")

        lines = wide.count("\n")
        assert paragraphs.breaks.tolist() == ([0, lines] if lines else [0])
        assert paragraphs.end[-1] == len(wide) + len("firstsecond")
