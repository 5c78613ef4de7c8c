"""Boosted decision trees evaluated with numpy alone, so that no learner is imported to split."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float32]

_ROWS = 4096


@dataclass(frozen=True, slots=True, kw_only=True)
class Trees:
    """Additive trees for one or more scores, their nodes in flat arrays.

    A leaf's children are the leaf itself, so that every row can take the same number of steps.

    Parameters
    ----------
    feature : array of int, shape (nodes,)
        Column that the node looks at.
    threshold : array of float, shape (nodes,)
        A row goes left if its value is not above this.
    children : array of int, shape (2 * nodes,)
        Right and left child of each node, in this order.
    value : array of float, shape (nodes,)
        What a leaf adds to its score.
    root : array of int, shape (trees,)
        Node at which each tree begins.
    score : array of int, shape (trees,)
        Which score each tree adds to.
    baseline : array of float, shape (scores,)
        The scores before any tree.
    depth : int
        Longest way from a root to a leaf.
    """

    feature: NDArray[np.int32]
    threshold: Matrix
    children: NDArray[np.int32]
    value: Matrix
    root: NDArray[np.int32]
    score: NDArray[np.int32]
    baseline: Matrix
    depth: int

    def scores(self, rows: Matrix) -> Matrix:
        """Return the raw scores of each row, shape (rows, scores)."""
        return np.concatenate(
            [self._scores(rows[at : at + _ROWS]) for at in range(0, max(len(rows), 1), _ROWS)]
        )

    def probabilities(self, rows: Matrix) -> Matrix:
        """Return class probabilities: of "yes" for one score, else by softmax over the scores."""
        raw = self.scores(rows)
        if raw.shape[1] == 1:
            positive: Matrix = (1.0 / (1.0 + np.exp(-raw[:, 0]))).astype(np.float32)
            return positive
        raised = np.exp(raw - raw.max(axis=1, keepdims=True))
        shares: Matrix = raised / raised.sum(axis=1, keepdims=True)
        return shares

    def _scores(self, rows: Matrix) -> Matrix:
        """Walk all trees at once; `take` on flat arrays is what makes it fast."""
        flat = np.ravel(rows.T)
        row = np.arange(len(rows), dtype=np.int32)[:, None]
        node = np.repeat(self.root[None, :], len(rows), axis=0)
        for _ in range(self.depth):
            at = np.take(self.feature, node)
            at *= len(rows)
            at += row
            left = np.take(flat, at) <= np.take(self.threshold, node)
            node *= 2
            node += left
            node = np.take(self.children, node)
        leaves = np.take(self.value, node)
        total = np.tile(self.baseline, (len(rows), 1))
        for number in range(len(self.baseline)):
            total[:, number] += leaves[:, self.score == number].sum(axis=1)
        return total
