"""What the network that reads paragraphs in context learns of a page."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from classifier.splitting.context import context_rows
from classifier.splitting.kinds import Look
from classifier.splitting.network import Network
from classifier.training.split_rows import ReadPage, kept_in_replies

UNKNOWN = -1
"""Stands where a page gives no answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ContextPage:
    """What the network learns of a page; arrays with a row for each paragraph and for the end.

    Parameters
    ----------
    rows : array of float
        What it reads.
    end : int
        The row before which the article ends.
    begins, kind, pasted : arrays of int
        Whether a post begins, the kind's number, whether it was pasted; -1 where that is no
        question.
    said : array of float, shape (rows, outputs), optional
        What teachers say of it.
    """

    rows: NDArray[np.float16]
    end: int
    begins: NDArray[np.int64]
    kind: NDArray[np.int64]
    pasted: NDArray[np.int64]
    said: NDArray[np.float16] | None = None


def context_page(page: ReadPage, look: Look) -> ContextPage:
    """Return what the network learns of a read page."""
    size = len(page.paragraphs)
    begins, pasted = np.full(size + 1, UNKNOWN), np.full(size + 1, UNKNOWN)
    kept = kept_in_replies(page)
    begins[kept] = np.diff(page.reply[kept], prepend=-1) != 0
    pasted[kept] = page.pasted[kept]
    return ContextPage(
        rows=context_rows(look, page.repeats).astype(np.float16),
        end=page.end,
        begins=begins,
        kind=np.append(page.kind, UNKNOWN),
        pasted=pasted,
    )


def taught_by(networks: Sequence[Network], pages: Sequence[ContextPage]) -> list[ContextPage]:
    """Return the pages with what networks say of them, on average.

    A small network that learns their answers beside the truth comes near to all of them together
    (Hinton et al. 2015).
    """
    return [
        replace(
            page,
            said=np.mean(
                [each.outputs(page.rows.astype(np.float32)) for each in networks], axis=0
            ).astype(np.float16),
        )
        for page in pages
    ]
