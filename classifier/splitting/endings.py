"""Weigh the places at which the article may end and the replies begin.

The page is read as one change point between news and posts: the networks that know the whole page
say which places come into question, and those few are weighed by what stands around them and by
the cumulated log-odds of the paragraphs.
"""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from classifier.splitting.features import Columns, Matrix, matrix_of
from classifier.splitting.kinds import AUTHOR, FURNITURE, HEAD, NEWS, POST, Look
from classifier.splitting.paragraphs import Integers, Paragraphs
from classifier.splitting.repeats import Repeats
from classifier.splitting.subjects import subject_columns

_FAR = 6.0
_CLEAR = 1.0
_WIDE = 10
_A_FEW = 1.2
_SMALL = 1e-4
_WINDOWS = (1, 2, 4, 8)
_REPEATED = 0.6
_SEEN_BEFORE = (
    "length", "last", "credit", "attribution", "again", "capitals", "first person", "news words",
    "post words", "furniture words", "button", "words",
)  # fmt: skip
_SEEN_AFTER = (
    "length", "first", "repeated", "again", "opens again", "opening", "known words", "news words",
    "post words", "furniture words", "button", "words", "first person", "second person",
    "capitals", "slang", "attribution",
)  # fmt: skip
_CREDIT, _NAMED, _SHORT = 0.08, 0.25, float(np.log1p(30))

Floats = NDArray[np.floating]


def leaning(kinds: Matrix) -> Floats:
    """Return how much each paragraph speaks for news (above 0) or for a post (below 0)."""
    odds = np.log(kinds[:, NEWS] + _SMALL) - np.log(kinds[:, POST] + _SMALL)
    clipped: Floats = np.clip(odds, -_FAR, _FAR) * (kinds[:, NEWS] + kinds[:, POST])
    return clipped


def end_rows(
    paragraphs: Paragraphs, repeats: Repeats, look: Look, kinds: Matrix, ends: Integers
) -> Matrix:
    """Return what the model of article ends reads, one row for each of `ends`."""
    size = len(kinds)
    lean = leaning(kinds)
    total = np.append(0.0, np.cumsum(lean))
    before, after = np.maximum(ends - 1, 0), np.minimum(ends, size - 1)
    none, all_ = ends == 0, ends == size
    columns: Columns = {
        "short of best": total.max() - total[ends],
        "none": none,
        "all": all_,
        "log before": np.log1p(ends),
        "log after": np.log1p(size - ends),
        "mean before": total[ends] / np.maximum(ends, 1),
        "mean after": (total[-1] - total[ends]) / np.maximum(size - ends, 1),
    }
    for width in _WINDOWS:
        left, right = np.maximum(ends - width, 0), np.minimum(ends + width, size)
        columns[f"lean {width} before"] = (total[ends] - total[left]) / np.maximum(ends - left, 1)
        columns[f"lean {width} after"] = (total[right] - total[ends]) / np.maximum(right - ends, 1)
    for kind, name in ((NEWS, "news"), (POST, "post"), (FURNITURE, "furniture"), (HEAD, "head")):
        columns[f"{name} before"] = np.where(none, 0, kinds[before, kind])
        columns[f"{name} after"] = np.where(all_, 0, kinds[after, kind])
        columns[f"{name} second after"] = np.where(
            all_, 0, kinds[np.minimum(after + 1, size - 1), kind]
        )
    authors = np.append(0.0, np.cumsum(kinds[:, AUTHOR]))
    columns["authors before"] = authors[ends]
    columns["authors after"] = authors[-1] - authors[ends]
    columns["author next"] = authors[np.minimum(ends + 4, size)] - authors[ends]
    columns |= _rows_beside("before", look, _SEEN_BEFORE, before, none)
    columns |= _rows_beside("after", look, _SEEN_AFTER, after, all_)
    repeated = np.append(0, np.cumsum((look["repeated"] > _REPEATED) & (look["words"] > _A_FEW)))
    columns["repeated before"] = repeated[ends]
    columns["repeated after"] = repeated[-1] - repeated[ends]
    columns |= _credit_columns(look, ends)
    columns |= subject_columns(paragraphs, repeats, look.rare, ends)
    columns |= _stretch_columns(lean, total, kinds, ends)
    columns |= _border_columns(look, total, ends, after, all_ | none)
    return matrix_of(columns)


def _rows_beside(
    side: str, look: Look, names: tuple[str, ...], places: Integers, beyond: NDArray[np.bool_]
) -> Columns:
    """Return features of the paragraph beside each end; 0 where there is none."""
    rows = look.of(names, places)
    rows[:, beyond] = 0
    return {f"{name} {side}": row for name, row in zip(names, rows, strict=True)}


def _credit_columns(look: Look, ends: Integers) -> Columns:
    """Return how far before each end the last short line of credits stands, and how many there are.

    Such lines, full of names, stand where a story ends, and nowhere else in a discussion.
    """
    of_credits = (
        (look["credit"] >= _CREDIT) & (look["capitals"] >= _NAMED) & (look["words"] <= _SHORT)
    )
    passed = np.append(0, np.cumsum(of_credits))
    places = np.append(np.flatnonzero(of_credits), -_WIDE)
    last = places[passed[ends] - 1]
    return {
        "since credits": np.minimum(ends - last, _WIDE),
        "credits before": passed[ends],
        "credits after": passed[-1] - passed[ends],
    }


def _stretch_columns(lean: Floats, total: Floats, kinds: Matrix, ends: Integers) -> Columns:
    """Return what stands between each end and the one that the cumulated odds like best."""
    best = int(np.argmax(total))
    windows = sliding_window_view(np.pad(lean, _WIDE), _WIDE)
    other = np.append(0.0, np.cumsum(kinds[:, FURNITURE] + kinds[:, AUTHOR]))
    posts = np.append(0, np.cumsum(lean < -_CLEAR))
    news = np.append(0, np.cumsum(lean > _CLEAR))
    return {
        "from best": ends - best,
        "furniture to best": other[best] - other[ends],
        "posts to best": posts[best] - posts[ends],
        "news to best": news[best] - news[ends],
        "posts before": posts[ends],
        "news after": news[-1] - news[ends],
        "posts in ten before": posts[ends] - posts[np.maximum(ends - _WIDE, 0)],
        "news in ten after": news[np.minimum(ends + _WIDE, len(lean))] - news[ends],
        "lowest in ten before": windows.min(axis=1)[ends],
        "highest in ten after": windows.max(axis=1)[ends + _WIDE],
    }


def _share_of_each(values: Floats) -> Floats:
    """Return, for each value, which share of the values is the same."""
    kinds = np.minimum(values, 3).astype(np.int64)
    return np.bincount(kinds, minlength=4)[kinds] / len(kinds)


def _border_columns(
    look: Look, total: Floats, ends: Integers, after: Integers, outside: NDArray[np.bool_]
) -> Columns:
    """Return what the white space at each end says, and the runs of text that it separates."""
    size = len(total) - 1
    breaks = look["breaks"]
    run = np.cumsum(breaks == 1)
    begins = np.flatnonzero(np.diff(run, prepend=-1))
    stops = np.append(begins[1:], size)
    here = np.searchsorted(begins, after, side="right") - 1
    previous = np.searchsorted(begins, np.maximum(ends - 1, 0), side="right") - 1
    return {
        "breaks": np.where(outside, -1, breaks[after]),
        "as wide": _share_of_each(breaks)[after],
        "single breaks": look["single breaks"][after],
        "blank lines": look["blank lines"][after],
        "wide gaps": look["wide gaps"][after],
        "lean of run before": (total[stops[previous]] - total[begins[previous]])
        / (stops[previous] - begins[previous]),
        "lean of run after": (total[stops[here]] - total[ends]) / np.maximum(stops[here] - ends, 1),
        "rest of run": stops[here] - ends,
        "short lines": look["short lines"][after],
    }
