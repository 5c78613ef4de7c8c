"""Weigh which paragraphs of replies were pasted from elsewhere."""

import numpy as np
from numpy.typing import NDArray

from classifier.splitting.context import Seen
from classifier.splitting.features import Columns, Matrix, beside, matrix_of, middle_of
from classifier.splitting.kinds import NEWS, POST
from classifier.splitting.paragraphs import Integers
from classifier.splitting.sums import running_sums, sizes_between

_QUOTED = 0.6
_FAR = 6.0
_SMALL = 1e-4
_SHOWN = (
    "length", "words", "news words", "post words", "first person", "second person", "attribution",
    "slang", "credit", "past", "capitals", "quotation marks", "questions", "exclamations", "link",
    "last", "first", "breaks", "breaks after", "dashes", "commas", "known words", "repeated",
    "numbers", "alike", "single breaks", "blank lines", "wide gaps",
)  # fmt: skip

_BESIDE = (
    "length", "first person", "second person", "attribution", "post words", "news words", "last",
    "first", "past", "quotation marks", "known words",
)  # fmt: skip

Floats = NDArray[np.floating]


def leaning(kinds: Matrix) -> Floats:
    """Return how much each paragraph speaks for news (above 0) or for a post (below 0)."""
    odds = np.log(kinds[:, NEWS] + _SMALL) - np.log(kinds[:, POST] + _SMALL)
    clipped: Floats = np.clip(odds, -_FAR, _FAR) * (kinds[:, NEWS] + kinds[:, POST])
    return clipped


def excerpt_rows(seen: Seen, kept: Integers, starts: NDArray[np.bool_]) -> Matrix:
    """Return what the model of excerpts reads, one row for each kept paragraph.

    Parameters
    ----------
    seen : Seen
        The page's paragraphs.
    kept : array of int
        The paragraphs after the article that are no furniture, in page order.
    starts : array of bool
        Which of them begin a reply.
    """
    look, kinds, pasted = seen.look, seen.context.kinds, seen.context.pasted[kept]
    lean = leaning(kinds)[kept]
    usual = middle_of(lean) if len(lean) else 0.0
    columns: Columns = {
        "lean": lean,
        "lean above usual": lean - usual,
        "usual": usual,
        "news": kinds[kept, NEWS],
        "post": kinds[kept, POST],
        "pasted": pasted,
        "pasted at -1": beside(pasted, -1),
        "pasted at +1": beside(pasted, 1),
    }
    columns |= _reply_columns(lean, look["repeated"][kept] < _QUOTED, starts)
    for offset in (-3, -2, -1, 1, 2, 3):
        columns[f"lean at {offset:+}"] = beside(lean, offset)
        columns[f"breaks at {offset:+}"] = beside(look["breaks"][kept], offset)
    of_beside = look.of(_BESIDE, kept)
    moved = np.zeros((2, *of_beside.shape), dtype=np.float32)
    moved[0, :, 1:], moved[1, :, :-1] = of_beside[:, :-1], of_beside[:, 1:]
    for name, before, after in zip(_BESIDE, *moved, strict=True):
        columns[f"{name} at -1"] = before
        columns[f"{name} at +1"] = after
    columns |= dict(zip(_SHOWN, look.of(_SHOWN, kept), strict=True))
    return matrix_of(columns)


def _reply_columns(
    lean: NDArray[np.floating], plain: NDArray[np.bool_], starts: NDArray[np.bool_]
) -> Columns:
    """Return where each paragraph stands in its reply and how the reply leans, quotes aside."""
    if not len(lean):
        return dict.fromkeys(("before", "after", "lowest", "highest", "others", "same"), lean)
    begins = np.flatnonzero(starts)
    sizes = sizes_between(begins, len(starts))
    counted = running_sums(plain)
    start, stop = np.repeat(begins, sizes), np.repeat(begins + sizes, sizes)
    place = np.arange(len(lean))
    total = np.repeat(np.add.reduceat(np.where(plain, lean, 0.0), begins), sizes)
    others = np.maximum(counted[stop] - counted[start] - 1, 0)
    return {
        "before": counted[place] - counted[start],
        "after": counted[stop] - counted[place + 1],
        "lowest": np.repeat(np.minimum.reduceat(np.where(plain, lean, np.inf), begins), sizes),
        "highest": np.repeat(np.maximum.reduceat(np.where(plain, lean, -np.inf), begins), sizes),
        "others": others,
        "same": np.where(others > 0, (total - lean) / np.maximum(others, 1), 0.0),
    }
