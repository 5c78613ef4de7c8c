"""Whether the text around each possible end of the article goes on about the same."""

import numpy as np
from numpy.typing import NDArray

from classifier.splitting.features import Columns, long_words
from classifier.splitting.paragraphs import Integers, Paragraphs
from classifier.splitting.repeats import Repeats

_NEAR, _AROUND = 30, 120
_REPEATED = 0.6
_RARE_WINDOWS = (6, 20, 60)
_OPENING = 20

Floats = NDArray[np.floating]


def subject_columns(
    paragraphs: Paragraphs, repeats: Repeats, rare: NDArray[np.bool_], ends: Integers
) -> Columns:
    """Return how much the text around each end has in common with what stands further before.

    An article goes on about its own people and places; a post, and a story that a post brings,
    share fewer of its words.

    Parameters
    ----------
    paragraphs, repeats
        The page's paragraphs and what they repeat.
    rare : array of bool, one element a word
        Words that few pages show, so that they tell what this one is about.
    ends : array of int
        Numbers of paragraphs before the end.
    """
    long = long_words(paragraphs)
    columns = _long_word_columns(paragraphs, repeats, np.flatnonzero(long), ends)
    columns |= _rare_word_columns(paragraphs, repeats, np.flatnonzero(long & rare), ends)
    sources = np.sort(repeats.source[repeats.share > _REPEATED])
    columns["sources before"] = np.searchsorted(sources, ends)
    columns["sources after"] = len(sources) - columns["sources before"]
    return columns


def _long_word_columns(
    paragraphs: Paragraphs, repeats: Repeats, long: Integers, ends: Integers
) -> Columns:
    stood = repeats.first_stood[long]
    named = np.append(paragraphs.capital[long], False)
    at = np.searchsorted(long, paragraphs.word_from[ends])
    owner = np.append(paragraphs.word_paragraph[long], 0)
    columns: Columns = {}
    for width in (_NEAR, _AROUND):
        after = _window(len(long), at, width)
        before = _window(len(long), at - width, width)
        since = owner[np.maximum(at - width, 0)]
        for name, window, bound in (("after", after, ends), ("before", before, since)):
            known = np.append(stood, 0)[window] < bound[:, None]
            inside = window < len(long)
            columns[f"known in {width} {name}"] = _share_of(known, inside)
            columns[f"names in {width} {name}"] = _share_of(known, inside & named[window])
    return columns


def _rare_word_columns(
    paragraphs: Paragraphs, repeats: Repeats, rare: Integers, ends: Integers
) -> Columns:
    """Return which of the rare words around each end stood before it, and which come again."""
    size = len(rare)
    owner = paragraphs.word_paragraph[rare]
    stood = np.append(repeats.first_stood[rare], 0)
    comes = np.append(_last_stood(repeats.first_word[rare], owner), 0)
    owner = np.append(owner, 0)
    opening = owner[min(_OPENING, max(size - 1, 0))] + 1
    at = np.searchsorted(rare, paragraphs.word_from[ends])
    columns: Columns = {}
    for width in _RARE_WINDOWS:
        after, before = _window(size, at, width), _window(size, at - width, width)
        follows, precedes = after < size, before < size
        since = owner[np.clip(at - width, 0, max(size - 1, 0))]
        columns[f"rare known in {width} after"] = _share_of(stood[after] < ends[:, None], follows)
        columns[f"rare of the opening in {width}"] = _share_of(stood[after] < opening, follows)
        columns[f"rare again of {width} before"] = _share_of(
            comes[before] >= ends[:, None], precedes
        )
        columns[f"rare known in {width} before"] = _share_of(
            stood[before] < since[:, None], precedes
        )
    return columns


def _last_stood(words: Integers, owner: Integers) -> Integers:
    """Return, for each word, the last paragraph in which it stands."""
    last = np.zeros(words.max(initial=-1) + 1, dtype=np.int64)
    last[words] = owner
    return last[words]


def _window(size: int, start: Integers, width: int) -> Integers:
    """Return the places from each start on; `size` for those beyond either edge."""
    places = start[:, None] + np.arange(width)
    places[places < 0] = size
    bounded: Integers = np.minimum(places, size)
    return bounded


def _share_of(flags: NDArray[np.bool_], among: NDArray[np.bool_]) -> Floats:
    """Return the share of each row's flags that are set among some of them; -1 of none."""
    total = among.sum(axis=1)
    return np.where(total > 0, (flags & among).sum(axis=1) / np.maximum(total, 1), -1.0)
