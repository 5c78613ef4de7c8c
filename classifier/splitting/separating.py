"""Choose where replies begin, so that no reply quotes itself.

A paragraph that repeats another one word by word was not written by the same person in the same
post. Such pairs bind: of all ways to part the page that keep each pair apart, the likeliest is
chosen. Where no pair is violated, that is the same as to ask each place by itself.
"""

from collections import deque

import numpy as np
from numpy.typing import NDArray

from classifier.splitting.features import Columns
from classifier.splitting.paragraphs import Integers, Paragraphs
from classifier.splitting.repeats import Repeats
from classifier.splitting.sums import running_sums

_SURE_SHARE = 0.97
_FEWEST_WORDS = 5
_SMALL = 1e-4
_MOST = 20

Floats = NDArray[np.floating]


def binding_sources(paragraphs: Paragraphs, repeats: Repeats, kept: Integers) -> Integers:
    """Return for each kept paragraph the rank of the kept one that it surely quotes, or -1.

    Parameters
    ----------
    paragraphs, repeats
        The page's paragraphs and what they repeat.
    kept : array of int
        The paragraphs of replies, in page order.
    """
    rank = np.full(len(paragraphs), -1, dtype=np.int64)
    rank[kept] = np.arange(len(kept))
    source = repeats.source[kept]
    sure = (
        (source >= 0)
        & (repeats.share[kept] >= _SURE_SHARE)
        & (paragraphs.word_counts[kept] >= _FEWEST_WORDS)
    )
    return np.where(sure, rank[np.maximum(source, 0)], -1)


def parting_columns(sources: Integers, borders: Floats) -> Columns:
    """Return what the pairs that must be kept apart say of each place between kept paragraphs.

    Parameters
    ----------
    sources : array of int
        For each kept paragraph the earlier one that must not be in its reply, or -1.
    borders : array of float, in [0, 1]
        How likely a border is before each kept paragraph but the first.
    """
    size = len(sources)
    passed = running_sums(borders.astype(np.float64))
    quote = np.flatnonzero(sources >= 0)
    source = sources[quote]
    lacking = np.maximum(0.0, 1 - (passed[quote] - passed[source]))
    change = np.bincount(source + 1, weights=lacking, minlength=size + 1)
    change -= np.bincount(quote + 1, weights=lacking, minlength=size + 1)
    order = np.lexsort((quote, source))
    ordered = source[order]
    again = np.flatnonzero(ordered[1:] == ordered[:-1]) + 1
    since = np.full(size, -1.0)
    since[quote[order[again]]] = passed[quote[order[again]] - 1] - passed[quote[order[again - 1]]]
    return {
        "borders still lacking": np.cumsum(change)[1:size],
        "replies since the same quote": np.minimum(since, _MOST)[1:],
    }


def reply_starts(borders: Floats, threshold: float, sources: Integers) -> NDArray[np.bool_]:
    """Return which kept paragraphs begin a reply.

    Parameters
    ----------
    borders : array of float, in [0, 1]
        How likely a border is before each kept paragraph but the first.
    threshold : float, in (0, 1)
        From where on a border is likelier than none.
    sources : array of int
        For each kept paragraph the earlier one that must not be in its reply, or -1.
    """
    starts: NDArray[np.bool_] = np.append(True, borders >= threshold)
    reply = np.cumsum(starts)
    if not ((sources >= 0) & (reply[sources] == reply)).any():
        return starts
    odds = _log_odds(np.append(threshold, borders)) - _log_odds(np.array(threshold))
    return _likeliest(odds.tolist(), sources.tolist())


def _log_odds(probabilities: Floats) -> Floats:
    bounded = np.clip(probabilities.astype(np.float64), _SMALL, 1 - _SMALL)
    odds: Floats = np.log(bounded) - np.log1p(-bounded)
    return odds


def _likeliest(odds: list[float], sources: list[int]) -> NDArray[np.bool_]:
    """Return the starts with the highest sum of odds among those that part all pairs.

    The reply that ends before a place must begin after every source that is quoted in it, so the
    place of its beginning is bounded from below by a bound that never falls: the best beginning
    is the highest of a sliding window.
    """
    size = len(odds)
    total, before = [0.0] * size, [-1] * size
    best = deque([0])
    earliest = 0
    for place in range(1, size + 1):
        earliest = max(earliest, sources[place - 1] + 1)
        while best[0] < earliest:
            best.popleft()
        if place < size:
            before[place] = best[0]
            total[place] = total[best[0]] + odds[place]
            while best and total[best[-1]] <= total[place]:
                best.pop()
            best.append(place)
    starts = np.zeros(size, dtype=bool)
    place = best[0]
    while place >= 0:
        starts[place] = True
        place = before[place]
    return starts
