"""What the paragraphs around each possible end of the article look like."""

import numpy as np
from numpy.typing import NDArray

from classifier.splitting.features import Columns
from classifier.splitting.kinds import AUTHOR, FURNITURE, Look
from classifier.splitting.paragraphs import Integers

_ALONE = (
    "length", "last", "first", "breaks", "first person", "second person", "news words",
    "post words", "opening", "capitals", "attribution", "again", "credit", "alike",
)  # fmt: skip
_TOGETHER = (
    "length", "first person", "second person", "attribution", "quotation marks", "apostrophes",
    "capitals", "again", "repeated", "alike", "opening", "credit", "post words", "news words",
    "furniture words", "past", "commas", "questions",
)  # fmt: skip
_BEYOND = (-3, -2, 1, 2)
_WINDOWS = (3, 12)
_BLANK = 2


def surrounding_columns(look: Look, kinds: NDArray[np.floating], ends: Integers) -> Columns:
    """Return features of the paragraphs near each end, alone and as means of several.

    Parameters
    ----------
    look : Look
        Features of the page's paragraphs.
    kinds : array, shape (paragraphs, kinds)
        Their kinds' probabilities.
    ends : array of int
        Numbers of paragraphs before the end.
    """
    size = len(kinds)
    alone = np.array([look[name] for name in _ALONE])
    columns: Columns = {}
    for offset in _BEYOND:
        place = ends + offset
        there = np.where((place < 0) | (place >= size), -1.0, alone[:, np.clip(place, 0, size - 1)])
        columns |= {f"{name} of {offset:+}": row for name, row in zip(_ALONE, there, strict=True)}
    together = {name: look[name] for name in _TOGETHER} | {
        "single breaks": look["breaks"] == 1,
        "blank lines": look["breaks"] == _BLANK,
        "furniture": kinds[:, FURNITURE],
        "authors": kinds[:, AUTHOR],
    }
    passed = np.zeros((len(together), size + 1))
    np.cumsum(np.array(list(together.values()), dtype=np.float64), axis=1, out=passed[:, 1:])
    for width in _WINDOWS:
        left, right = np.maximum(ends - width, 0), np.minimum(ends + width, size)
        before = (passed[:, ends] - passed[:, left]) / np.maximum(ends - left, 1)
        after = (passed[:, right] - passed[:, ends]) / np.maximum(right - ends, 1)
        for side, rows in (("before", before), ("after", after)):
            columns |= {
                f"{name} in {width} {side}": row for name, row in zip(together, rows, strict=True)
            }
    return columns
