"""What quotes tell of the posts that they were taken from, and of the post that they stand in."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from classifier.splitting.features import Columns
from classifier.splitting.paragraphs import Integers
from classifier.splitting.repeats import Repeats
from classifier.splitting.sums import running_sums

_QUOTED = 0.6
_MOST = 3
_NO_QUOTE = 9
_ELSEWHERE = -2

Floats = NDArray[np.floating]


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotedRuns:
    """Where the kept paragraphs are quoted from, as ranks among the kept; arrays of their length.

    Parameters
    ----------
    source : array of int
        Rank of the paragraph that each one quotes; -1 for none, -2 for one outside the replies.
    before : array of int
        Rank of the last quote before each one, or -1.
    """

    source: Integers
    before: Integers


def quoted_runs(repeats: Repeats, kept: Integers) -> QuotedRuns:
    """Return which kept paragraphs quote which."""
    rank = np.full(len(repeats.source), _ELSEWHERE)
    rank[kept] = np.arange(len(kept))
    quoted = repeats.share[kept] > _QUOTED
    source = np.where(quoted, rank[repeats.source[kept]], -1)
    place = np.where(quoted, np.arange(len(kept)), -1)
    before = np.append(-1, np.maximum.accumulate(place)[:-1]) if len(kept) else place
    return QuotedRuns(source=source, before=before)


def run_columns(runs: QuotedRuns, breaks: Integers) -> Columns:
    """Return what the quotes say of each place between two successive kept paragraphs.

    Who quotes two successive paragraphs together shows that no border is between them; where
    quotes begin and end, posts often do.

    Parameters
    ----------
    runs : QuotedRuns
        Who quotes what.
    breaks : array of int
        How many line ends stand at each place.
    """
    source, size = runs.source, len(runs.source)
    follows = (source[1:] >= 0) & (source[:-1] >= 0) & (source[1:] - source[:-1] == 1)
    held = source >= 0
    begins = held & ~np.append(False, follows)
    stops = held & ~np.append(follows, False)
    together = np.bincount(source[:-1][follows], minlength=size)[: size - 1]
    breaks = np.minimum(breaks, _MOST)
    of_kind = np.bincount(breaks[together > 0], minlength=_MOST + 1)
    here, last = source[1:], source[np.maximum(runs.before[1:], 0)]
    both = (here != -1) & (runs.before[1:] >= 0)
    return {
        "quoted together": np.minimum(together, _MOST),
        "quotes begin right": np.minimum(np.bincount(source[begins], minlength=size), _MOST)[1:],
        "quotes stop left": np.minimum(np.bincount(source[stops], minlength=size), _MOST)[:-1],
        "like breaks quoted together": np.log1p(of_kind)[breaks],
        "breaks quoted together": np.log1p(together.astype(bool).sum()),
        "runs quoted": np.log1p(begins.sum()),
        "from last source": np.where(both, np.clip(here - last, -5, _NO_QUOTE - 1), _NO_QUOTE),
    }


def reply_columns(runs: QuotedRuns, borders: Floats) -> Columns:
    """Return what the quotes say once it is roughly known where replies begin.

    Parameters
    ----------
    runs : QuotedRuns
        Who quotes what.
    borders : array of float, in [0, 1]
        How likely a border is at each place.
    """
    size = len(runs.source)
    passed = running_sums(borders.astype(np.float64))
    left = np.arange(size - 1)
    source, before = runs.source[1:], runs.before[1:]
    inside = source >= 0
    last_source = runs.source[np.maximum(before, 0)]
    same = inside & (before >= 0) & (last_source >= 0)
    return {
        "replies since source": np.where(
            inside, np.minimum(passed[left] - passed[np.maximum(source, 0)], 20), -1
        ),
        "replies between sources": np.where(
            same, np.abs(passed[np.maximum(source, 0)] - passed[np.maximum(last_source, 0)]), -1
        ),
    }
