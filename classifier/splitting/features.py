"""What a paragraph looks like, in numbers, beside its neighbours and its page."""

from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from classifier.splitting import characters as chars
from classifier.splitting.lookup import Vocabulary, pairs_of
from classifier.splitting.occurrences import first_places
from classifier.splitting.paragraphs import Hashes, Integers, Paragraphs
from classifier.splitting.repeats import Repeats
from classifier.splitting.sums import sums_of
from classifier.splitting.vocabulary import GROUPS, listed_words

Matrix = NDArray[np.float32]
Columns = dict[str, Any]
"""Features by name, each a number a row, or one for all; the order of a matrix's columns."""

_SHARES = {
    "stops": chars.STOP,
    "exclamations": chars.EXCLAMATION,
    "questions": chars.QUESTION,
    "commas": chars.COMMA,
    "colons": chars.COLON,
    "quotation marks": chars.QUOTE_MARK,
    "apostrophes": chars.APOSTROPHE,
    "brackets": chars.BRACKET,
    "dashes": chars.DASH,
    "slashes": chars.SLASH,
    "digits": chars.DIGIT,
    "upper case": chars.UPPER,
    "other signs": chars.OTHER,
}
_EDGES = (
    chars.LOWER,
    chars.UPPER,
    chars.DIGIT,
    chars.STOP,
    chars.QUESTION,
    chars.EXCLAMATION,
    chars.COLON,
    chars.QUOTE_MARK,
    chars.ANGLE,
    chars.AT,
    chars.BRACKET,
)
_NEAR_EDGE = 4
_FEW = 8
_WIDE = 3
_SHORT_WORD = 5


@dataclass(frozen=True, slots=True)
class WordWeights:
    """A linear model over frequent words and pairs of words, one score a class.

    Parameters
    ----------
    vocabulary : Vocabulary
        Hashes of the words and pairs.
    weights : array of float, shape (vocabulary, classes)
        What each adds to the classes' scores.
    """

    vocabulary: Vocabulary
    weights: Matrix

    def scores(self, paragraphs: Paragraphs, *, first: int | None = None) -> Matrix:
        """Return the classes' scores of each paragraph, shape (paragraphs, classes).

        Parameters
        ----------
        paragraphs : Paragraphs
            The page.
        first : int, optional
            Look at so many words at the beginning of each paragraph only.
        """
        _, words, pairs = weighed_words(paragraphs, first=first)
        sizes = paragraphs.word_counts
        if first is not None:
            sizes = np.minimum(sizes, first)
        added = self._of(words)
        added += self._of(pairs)
        scaled: Matrix = sums_of(added, sizes)
        scaled /= np.sqrt(np.maximum(sizes, 1))[:, None]
        return scaled

    def _of(self, hashes: Hashes) -> Matrix:
        """Return what each word or pair adds; zeros where it is none of the vocabulary."""
        if not len(self.weights):
            return np.zeros((len(hashes), self.weights.shape[1]), dtype=np.float32)
        places = self.vocabulary.places(hashes)
        added: Matrix = self.weights.take(places, axis=0)
        added *= (places >= 0)[:, None]
        return added


def weighed_words(
    paragraphs: Paragraphs, *, first: int | None = None
) -> tuple[Integers, Hashes, Hashes]:
    """Return, for each word that is weighed, its paragraph, its hash, and that of its pair."""
    of_word, words, pairs = paragraphs.word_paragraph, paragraphs.word, pairs_of(paragraphs.word)
    if first is None:
        return of_word, words, pairs
    word_from = paragraphs.word_from
    places = word_from[:-1, None] + np.arange(first)
    chosen = places[places < word_from[1:, None]]
    return of_word[chosen], words[chosen], pairs[chosen]


def look_features(paragraphs: Paragraphs, repeats: Repeats, alike: Integers) -> Columns:
    """Return what each paragraph looks like by itself, by name; each of length paragraphs.

    Parameters
    ----------
    paragraphs : Paragraphs
        The page.
    repeats : Repeats
        What its paragraphs repeat.
    alike : array of int
        The groups that `alike_groups` returns.
    """
    size = len(paragraphs)
    length = paragraphs.end - paragraphs.start
    words = paragraphs.word_counts
    some = np.maximum(words, 1)
    of_word = paragraphs.word_paragraph
    held = np.maximum(paragraphs.counts.sum(axis=1), 1)
    columns: Columns = {
        "length": np.log1p(length),
        "words": np.log1p(words),
        "word length": held / some,
        "past": np.bincount(of_word[paragraphs.past], minlength=size) / some,
        "capitals": np.bincount(of_word[paragraphs.capital], minlength=size) / some,
        "shouting": np.bincount(of_word[paragraphs.shouted], minlength=size) / some,
        "numbers": np.bincount(of_word[paragraphs.number], minlength=size) / some,
        "repeated": repeats.share,
        "covered": repeats.coverage,
        "again": repeats.again,
        "alike": np.log1p(np.bincount(alike)[alike] - 1),
        "opens again": repeats.opens_again,
        "known words": _known_words(paragraphs, repeats, of_word, some),
    }
    columns |= {name: paragraphs.counts[:, kind] / held for name, kind in _SHARES.items()}
    columns |= _group_shares(paragraphs, of_word, some)
    first = chars.classes_of(paragraphs.first.astype(np.uint32))
    last = chars.classes_of(paragraphs.last.astype(np.uint32))
    columns["first"] = _edge(first)
    columns["last"] = _edge(last)
    return columns


def page_features(paragraphs: Paragraphs) -> Columns:
    """Return where each paragraph stands and how its page is laid out, by name."""
    size = len(paragraphs)
    place = np.arange(size)
    breaks = paragraphs.breaks
    after = np.append(breaks[1:], 0)
    inner = breaks[1:] if size > 1 else np.zeros(1, dtype=np.int64)
    words = paragraphs.word_counts
    shares = np.bincount(np.minimum(inner, _WIDE), minlength=_WIDE + 1) / len(inner)
    return {
        "from start": np.minimum(place, _NEAR_EDGE),
        "from end": np.minimum(size - 1 - place, _NEAR_EDGE),
        "breaks": np.minimum(breaks, _WIDE),
        "breaks after": np.minimum(after, _WIDE),
        "single breaks": shares[1],
        "blank lines": shares[2],
        "wide gaps": shares[_WIDE],
        "short lines": np.count_nonzero(words < _FEW) / size,
    }


def beside(column: NDArray[np.floating], offset: int) -> NDArray[np.floating]:
    """Return the column moved so that each element is its neighbour's; zero beyond the edge."""
    moved = np.zeros_like(column)
    if abs(offset) >= len(column):
        return moved
    if offset > 0:
        moved[:-offset] = column[offset:]
    else:
        moved[-offset:] = column[:offset]
    return moved


def middle_of(values: NDArray[np.floating]) -> float:
    """Return the median of one value or more; of few, in a tenth of the time numpy's takes."""
    ordered, half = np.sort(values), len(values) // 2
    return float(ordered[half] if len(values) % 2 else (ordered[half - 1] + ordered[half]) / 2)


def matrix_of(columns: Columns) -> Matrix:
    """Return the columns side by side, in their order."""
    size = len(next(iter(columns.values())))
    by_column = np.empty((len(columns), size), dtype=np.float32)
    for place, column in enumerate(columns.values()):
        by_column[place] = column
    return by_column.T


def alike_groups(paragraphs: Paragraphs) -> Integers:
    """Return the first paragraph that reads like each, numbers aside."""
    of_word = paragraphs.word_paragraph
    place = np.arange(len(of_word)) - paragraphs.word_from[of_word]
    word = np.where(paragraphs.number, np.uint64(7), paragraphs.word)
    mixed = word * (np.uint64(2) * place.astype(np.uint64) + np.uint64(0x9E3779B1))
    return first_places(sums_of(mixed, paragraphs.word_counts))


def long_words(paragraphs: Paragraphs) -> NDArray[np.bool_]:
    """Return which words are long enough to tell what a text is about."""
    return paragraphs.word_length > _SHORT_WORD


def _known_words(
    paragraphs: Paragraphs, repeats: Repeats, of_word: Integers, some: Integers
) -> NDArray[np.floating]:
    """Return the share of each paragraph's long words that stood before on the page."""
    long = long_words(paragraphs)
    owner = of_word[long]
    known = repeats.first_stood[long] < owner
    return np.bincount(owner, weights=known, minlength=len(some)) / np.maximum(
        np.bincount(owner, minlength=len(some)), 1
    )


def _group_shares(
    paragraphs: Paragraphs, of_word: NDArray[np.int64], some: NDArray[np.int64]
) -> Columns:
    vocabulary, groups = listed_words()
    places = vocabulary.places(paragraphs.word)
    listed = np.flatnonzero(places >= 0)
    sizes = np.bincount(of_word[listed], minlength=len(some))
    counts = sums_of(groups.take(places[listed], axis=0), sizes)
    return dict(zip(GROUPS, counts.T / some, strict=True))


def _edge(kinds: NDArray[np.uint8]) -> NDArray[np.floating]:
    """Return a rank for the class of a first or last character; unlisted ones rank last."""
    return _edge_ranks()[kinds]


@cache
def _edge_ranks() -> NDArray[np.float32]:
    ranks = np.full(chars.CLASS_COUNT, len(_EDGES), dtype=np.float32)
    ranks[list(_EDGES)] = np.arange(len(_EDGES))
    return ranks
