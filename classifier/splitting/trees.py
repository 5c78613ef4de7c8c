"""Boosted decision trees evaluated with numpy alone, so that no learner is imported to split."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float32]

_AT_ONCE = 16_384
"""How many pairs of a row and a tree are walked at once: few enough to stay in a core's cache."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trees:
    """Additive trees for the log-odds of "yes", their nodes in flat arrays.

    A leaf's right child is the leaf itself and no value is below its threshold, so that every row
    can take the same number of steps.

    Parameters
    ----------
    feature : array of int, shape (nodes,)
        Column that the node looks at.
    threshold : array of float, shape (nodes,)
        A row goes left if its value is not above this.
    right : array of int, shape (nodes,)
        Right child of each node; the left child comes right after it.
    value : array of float, shape (nodes,)
        What a leaf adds to the log-odds.
    root : array of int, shape (trees,)
        Node at which each tree begins.
    baseline : float
        The log-odds before any tree.
    depth : int
        Longest way from a root to a leaf.
    """

    feature: NDArray[np.intp]
    threshold: Matrix
    right: NDArray[np.intp]
    value: Matrix
    root: NDArray[np.intp]
    baseline: float
    depth: int

    def scores(self, rows: Matrix) -> Matrix:
        """Return the log-odds of each row, shape (rows,)."""
        step = max(1, _AT_ONCE // len(self.root))
        return np.concatenate(
            [self._scores(rows[at : at + step]) for at in range(0, max(len(rows), 1), step)]
        )

    def probabilities(self, rows: Matrix) -> Matrix:
        """Return the probability of "yes" for each row."""
        positive: Matrix = (1.0 / (1.0 + np.exp(-self.scores(rows)))).astype(np.float32)
        return positive

    def _scores(self, rows: Matrix) -> Matrix:
        """Walk all trees at once; `take` on flat arrays is what makes it fast."""
        size, columns = rows.shape
        flat = np.ascontiguousarray(rows).ravel()
        first = (np.arange(size) * columns)[:, None]
        node = np.repeat(self.root[None, :], size, axis=0)
        for _ in range(self.depth):
            at = self.feature.take(node)
            at += first
            left = flat.take(at) <= self.threshold.take(node)
            node = self.right.take(node)
            node += left
        odds: Matrix = self.value.take(node).sum(axis=1) + np.float32(self.baseline)
        return odds
