"""Weigh which paragraphs of replies were pasted from elsewhere."""

import numpy as np
from numpy.typing import NDArray

from classifier.splitting.endings import leaning
from classifier.splitting.features import Matrix, beside, matrix_of
from classifier.splitting.kinds import NEWS, POST, Look
from classifier.splitting.paragraphs import Integers

_SHOWN = (
    "length", "words", "news words", "post words", "first person", "second person", "attribution",
    "slang", "credit", "past", "capitals", "quotation marks", "questions", "exclamations", "link",
    "last", "first", "breaks", "breaks after", "dashes", "commas", "known words", "repeated",
    "numbers", "alike",
)  # fmt: skip


def excerpt_rows(look: Look, kinds: Matrix, kept: Integers) -> Matrix:
    """Return what the model of excerpts reads, one row for each kept paragraph."""
    lean = leaning(kinds)[kept]
    usual = np.median(lean) if len(lean) else 0.0
    columns: dict[str, NDArray[np.floating]] = {
        "lean": lean,
        "lean above usual": lean - usual,
        "usual": np.full(len(kept), usual),
        "news": kinds[kept, NEWS],
        "post": kinds[kept, POST],
    }
    for offset in (-3, -2, -1, 1, 2, 3):
        columns[f"lean at {offset:+}"] = beside(lean, offset)
        columns[f"breaks at {offset:+}"] = beside(look["breaks"][kept], offset)
    for name in ("length", "first person", "attribution", "post words", "news words"):
        for offset in (-1, 1):
            columns[f"{name} at {offset:+}"] = beside(look[name][kept], offset)
    columns |= {name: look[name][kept] for name in _SHOWN}
    for name in ("single breaks", "blank lines", "wide gaps"):
        columns[name] = look[name][kept]
    return matrix_of(columns)
