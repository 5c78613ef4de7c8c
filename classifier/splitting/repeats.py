"""Find paragraphs that repeat earlier text: whole, shortened, snipped or lightly edited.

Runs of words that occurred before are found with an index of shingles (Broder 1997), so the time
grows with the page's length; only the few promising pairs are then aligned word by word.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass
from heapq import nsmallest

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import LCSseq

from classifier.splitting.occurrences import first_places, occurrences_of
from classifier.splitting.paragraphs import Hashes, Integers, Paragraphs

_SHORT, _LONG = 3, 5
_MIX = np.uint64(0xD6E8FEB86659FD93)
_ENOUGH_VOTES = 0.15
_LEADING = 2
_MARGIN = 12
_LONGEST = 2000
_WORTH_A_LOOK = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeats:
    """What each paragraph repeats; arrays with one element a paragraph.

    Parameters
    ----------
    share : array of float, in [0, 1]
        Share of its words that stand, in the same order, in the source.
    stray : array of int
        How many words stand together in it, at most, that are not in the source.
    source : array of int
        The paragraph in which the repeated text first stood; -1 where nothing is repeated.
    coverage : array of float, in [0, 1]
        Share of its words inside runs of five words that stood anywhere before.
    again : array of float, in [0, 1]
        Share of its words inside runs of five words that stand again later.
    opens_again : array of bool
        Whether a later paragraph begins with the same words: quotes often begin where posts do.
    first_stood : array of int, one element a word
        The paragraph in which each word of the page first stood.
    """

    share: NDArray[np.float64]
    stray: Integers
    source: Integers
    coverage: NDArray[np.float64]
    again: NDArray[np.float64]
    opens_again: NDArray[np.bool_]
    first_stood: Integers


def find_repeats(paragraphs: Paragraphs) -> Repeats:
    """Return what each paragraph repeats of the text before it."""
    of_word = paragraphs.word_paragraph
    words = np.maximum(paragraphs.word_counts, 1)
    first, again = _first_occurrences(_shingles(paragraphs.word, of_word, _LONG), of_word)
    coverage = _covered(first >= 0, of_word, len(paragraphs), _LONG) / words
    again_share = _covered(again, of_word, len(paragraphs), _LONG) / words

    first_short, _ = _first_occurrences(_shingles(paragraphs.word, of_word, _SHORT), of_word)
    share = np.zeros(len(paragraphs))
    stray = np.zeros(len(paragraphs), dtype=np.int64)
    source = np.full(len(paragraphs), -1, dtype=np.int64)
    word_from = paragraphs.word_from.tolist()
    for paragraph, earlier in _candidates(paragraphs, of_word, (first, first_short)):
        found = _aligned(paragraphs, word_from, paragraph, earlier)
        if found.share > share[paragraph]:
            share[paragraph], stray[paragraph] = found.share, found.stray
            source[paragraph] = found.source
    return Repeats(
        share=share,
        stray=stray,
        source=source,
        coverage=coverage,
        again=again_share,
        opens_again=_opens_again(paragraphs, first_short),
        first_stood=of_word[first_places(paragraphs.word)],
    )


def _shingles(word: Hashes, of_word: Integers, size: int) -> Hashes:
    """Return a hash of the run of words that begins at each word; 0 where it is cut short."""
    runs = np.zeros(len(word), dtype=np.uint64)
    total = len(word) - size + 1
    if total <= 0:
        return runs
    run = runs[:total]
    for place in range(size):
        run *= _MIX
        run += word[place : place + total]
    run[of_word[:total] != of_word[size - 1 :]] = 0
    return runs


def _first_occurrences(run: Hashes, of_word: Integers) -> tuple[Integers, NDArray[np.bool_]]:
    """Return where each run first stood in an earlier paragraph, or -1, and whether it recurs."""
    first = np.full(len(run), -1, dtype=np.int64)
    again = np.zeros(len(run), dtype=bool)
    found = occurrences_of(run)
    later = np.flatnonzero((found.first != found.place) & (run[found.place] != 0))
    origin, position = found.first[later], found.place[later]
    earlier = of_word[origin] < of_word[position]
    first[position[earlier]] = origin[earlier]
    again[origin[earlier]] = True
    return first, again


def _opens_again(paragraphs: Paragraphs, first: Integers) -> NDArray[np.bool_]:
    """Return which paragraphs' first words are the first words of a later paragraph too."""
    held = paragraphs.word_counts >= _SHORT
    begins = paragraphs.word_from[:-1]
    opened = np.zeros(len(first) + 1, dtype=bool)
    origin = first[begins[held]]
    opened[origin[origin >= 0]] = True
    again = np.zeros(len(paragraphs), dtype=bool)
    again[held] = opened[begins[held]]
    return again


def _covered(flagged: NDArray[np.bool_], of_word: Integers, count: int, size: int) -> Integers:
    """Return how many words of each paragraph lie inside a flagged run."""
    inside = np.zeros(len(flagged), dtype=bool)
    for place in range(size):
        inside[place:] |= flagged[: max(len(flagged) - place, 0)]
    return np.bincount(of_word[inside], minlength=count)


def _candidates(
    paragraphs: Paragraphs, of_word: Integers, firsts: tuple[Integers, ...]
) -> list[tuple[int, int]]:
    """Return pairs of paragraphs (later, earlier) that share enough runs of words."""
    pairs: set[tuple[int, int]] = set()
    size = len(paragraphs)
    enough = np.maximum(1, _ENOUGH_VOTES * paragraphs.word_counts)
    for first in firsts:
        at = np.flatnonzero(first >= 0)
        votes = Counter((of_word[at] * size + of_word[first[at]]).tolist())
        promising: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for key, count in votes.items():
            later, earlier = divmod(key, size)
            if count >= enough[later]:
                promising[later].append((-count, earlier))
        for later, found in promising.items():
            pairs.update((later, earlier) for _, earlier in nsmallest(_LEADING, found))
    return sorted(pairs)


@dataclass(frozen=True, slots=True)
class _Alignment:
    """How a paragraph reads beside earlier text; the fields are those of `Repeats`."""

    share: float
    stray: int
    source: int


def _aligned(
    paragraphs: Paragraphs, word_from: list[int], paragraph: int, earlier: int
) -> _Alignment:
    """Align a paragraph word by word with an earlier one and what stands around that."""
    begin, end = word_from[paragraph], word_from[paragraph + 1]
    words = paragraphs.word[begin : min(end, begin + _LONGEST)].tolist()
    held, until = word_from[earlier], word_from[earlier + 1]
    if words == paragraphs.word[held : min(until, held + len(words))].tolist():
        return _Alignment(1.0, 0, earlier)
    start, stop = _around(word_from, earlier, len(words))
    stop = min(stop, begin)
    window = paragraphs.word[start:stop].tolist()
    share = LCSseq.similarity(words, window) / len(words)
    if share < _WORTH_A_LOOK:
        return _Alignment(share, len(words), earlier)
    longest = passed = 0
    owner = paragraphs.word_paragraph[start:stop].tolist()
    matched = Counter[int]()
    for step in LCSseq.opcodes(words, window):
        if step.tag == "equal":
            longest = max(longest, step.src_start - passed)
            passed = step.src_end
            matched.update(owner[step.dest_start : step.dest_end])
    source = max(matched, key=lambda number: (matched[number], -number))
    return _Alignment(share, max(longest, len(words) - passed), source)


def _around(word_from: list[int], earlier: int, size: int) -> tuple[int, int]:
    """Return which words near a paragraph to align so many words with.

    A quote that is longer than the paragraph joins several: it may begin and end in others.
    """
    begin, end = word_from[earlier], word_from[earlier + 1]
    start = word_from[max(earlier - 1, 0)]
    stop = min(word_from[min(earlier + 4, len(word_from) - 1)], end + 2 * size + _MARGIN)
    beyond = size - (end - begin)
    if beyond > _MARGIN:
        start, stop = min(start, max(begin - beyond - _MARGIN, 0)), max(stop, end + beyond)
    return start, stop
