"""Decide which paragraphs are quotes, and of which earlier paragraph."""

import numpy as np

from classifier.splitting.paragraphs import Integers, Paragraphs
from classifier.splitting.repeats import Repeats

QUOTED_SHARE = 0.85
"""Share of a paragraph's words from which it counts as a quote, as a rule."""

_SHORT, _VERY_SHORT = 8, 6
_SHORT_SHARE = 0.8
_LONGEST_CHAIN = 4
_MOST_STRAY = 2
_STRAY_SHARE = 0.1
_FEWEST_WORDS = 3
_FEWEST_CHARACTERS = 12


def quote_sources(paragraphs: Paragraphs, repeats: Repeats, share: float) -> Integers:
    """Return the earlier paragraph that each quote repeats; -1 for paragraphs that are none.

    Parameters
    ----------
    paragraphs, repeats
        The page's paragraphs and what they repeat.
    share : float, in (0, 1)
        Share of its words that a long paragraph must repeat. A short one must repeat all, for
        people say "five of a kind" without quoting who said "three of a kind"; where it has six
        words or more, one between the first and the last may differ. A run of the writer's own
        words in a long one makes it a sentence that cites, which is no quote.
    """
    words = paragraphs.word_counts
    long_enough = (words >= _FEWEST_WORDS) & (
        paragraphs.end - paragraphs.start >= _FEWEST_CHARACTERS
    )
    needed = np.where(words < _SHORT, 1.0, share)
    for number in np.flatnonzero(
        (words < _SHORT) & (words >= _VERY_SHORT) & (repeats.share >= _SHORT_SHARE)
    ).tolist():
        if _edges_stand(paragraphs, number, int(repeats.source[number])):
            needed[number] = _SHORT_SHARE
    whole = repeats.stray <= np.maximum(_MOST_STRAY, _STRAY_SHARE * words)
    found = long_enough & whole & (repeats.share >= needed)
    return _traced(_carried_on(paragraphs, np.where(found, repeats.source, -1)))


def _traced(sources: Integers) -> Integers:
    """Return the sources with those that are quotes themselves led back to what they quote."""
    for _ in range(_LONGEST_CHAIN):
        further = np.where(sources >= 0, sources[np.maximum(sources, 0)], -1)
        sources = np.where(further >= 0, further, sources)
    return sources


def _carried_on(paragraphs: Paragraphs, sources: Integers) -> Integers:
    """Add the short paragraphs that stand beside a quote just as they stand beside its source."""
    carried = sources.tolist()
    for step in (1, -1):
        quotes = [number for number, source in enumerate(carried) if source >= 0]
        for quote in quotes[::step]:
            number, source = quote + step, carried[quote] + step
            while (
                0 <= number < len(carried)
                and carried[number] < 0 <= source < number - 1
                and _same_line(paragraphs, number, source)
            ):
                carried[number] = source
                number, source = number + step, source + step
    return np.array(carried, dtype=np.int64)


def _edges_stand(paragraphs: Paragraphs, number: int, source: int) -> bool:
    """Tell whether a paragraph's first and last words stand in its source."""
    begin, end = paragraphs.word_from[number : number + 2].tolist()
    start, stop = paragraphs.word_from[source : source + 2].tolist()
    edges = {int(paragraphs.word[begin]), int(paragraphs.word[end - 1])}
    return edges <= set(paragraphs.word[start:stop].tolist())


def _same_line(paragraphs: Paragraphs, one: int, other: int) -> bool:
    """Tell whether two paragraphs hold the same words, or, without any, the same characters."""
    begin, end = paragraphs.word_from[one : one + 2].tolist()
    start, stop = paragraphs.word_from[other : other + 2].tolist()
    if end - begin != stop - start:
        return False
    if end == begin:
        return bool(
            (paragraphs.counts[one] == paragraphs.counts[other]).all()
            and paragraphs.first[one] == paragraphs.first[other]
        )
    return bool((paragraphs.word[begin:end] == paragraphs.word[start:stop]).all())
