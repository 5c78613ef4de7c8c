"""The scikit-learn models that the split model is made of, and their plain forms."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, vstack
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression

from classifier.splitting.features import Matrix, WordWeights, weighed_words
from classifier.splitting.lookup import Vocabulary
from classifier.splitting.paragraphs import Hashes, Integers
from classifier.splitting.trees import Trees
from classifier.training.split_rows import ReadPage

_STRENGTH = 0.3
_MOST_STEPS = 200


def fit_words(
    pages: Sequence[ReadPage],
    hashes: Hashes,
    label: Callable[[ReadPage], NDArray[np.generic]],
    *,
    first: int | None = None,
    within: Callable[[ReadPage], NDArray[np.bool_]] | None = None,
) -> LogisticRegression:
    """Return a logistic regression of paragraphs' labels on their words.

    Parameters
    ----------
    pages : sequence of ReadPage
        Training pages.
    hashes : array of unsigned int
        The words and pairs that are weighed.
    label : callable
        Returns the label of each paragraph of a page.
    first : int, optional
        Read so many words at the beginning of each paragraph only.
    within : callable, optional
        Returns which paragraphs to learn from; by default all.
    """
    vocabulary = Vocabulary.of(hashes)
    rows, labels = [], []
    for page in pages:
        chosen = within(page) if within else np.ones(len(page.paragraphs), dtype=bool)
        rows.append(_word_rows(page, vocabulary, first)[np.flatnonzero(chosen)])
        labels.append(label(page)[chosen])
    return LogisticRegression(C=_STRENGTH, max_iter=_MOST_STEPS).fit(
        vstack(rows).tocsr(), np.concatenate(labels)
    )


def word_weights(hashes: Hashes, model: LogisticRegression) -> WordWeights:
    """Return the regression's weights in the precision that they are released in."""
    weights = model.coef_.T.astype(np.float16).astype(np.float32)
    return WordWeights(Vocabulary.of(hashes), weights)


def fit_trees(
    rows: Matrix,
    labels: Integers,
    *,
    trees: int,
    leaves: int = 16,
    rate: float = 0.08,
    columns: float = 1.0,
) -> HistGradientBoostingClassifier:
    """Return boosted trees fitted to rows and labels.

    Parameters
    ----------
    rows, labels : arrays
        What to learn from.
    trees, leaves, rate
        How many trees of how many leaves, and how much each counts.
    columns : float, in (0, 1]
        Which share of the columns, drawn anew, each split chooses from.
    """
    return HistGradientBoostingClassifier(
        max_iter=trees,
        learning_rate=rate,
        max_leaf_nodes=leaves,
        max_depth=6,
        min_samples_leaf=40,
        l2_regularization=1.0,
        early_stopping=False,
        max_features=columns,
        random_state=0,
    ).fit(rows, labels)


def flatten(model: HistGradientBoostingClassifier) -> Trees:
    """Return boosted trees as plain arrays that give the same scores.

    Parameters
    ----------
    model : HistGradientBoostingClassifier
        Fitted on rows of two classes, without categories or missing values.
    """
    feature, threshold, child, value, root = [], [], [], [], []
    depth = offset = 0
    for (tree,) in model._predictors:  # noqa: SLF001
        order, right = _siblings_together(tree.nodes)
        nodes = tree.nodes[order]
        leaf = nodes["is_leaf"].astype(bool)
        feature.append(np.where(leaf, 0, nodes["feature_idx"]))
        threshold.append(np.where(leaf, -np.inf, nodes["num_threshold"]))
        child.append(right + offset)
        value.append(nodes["value"])
        root.append(offset)
        depth = max(depth, int(nodes["depth"].max()))
        offset += len(nodes)
    return Trees(
        feature=np.concatenate(feature).astype(np.intp),
        threshold=np.concatenate(threshold).astype(np.float32),
        right=np.concatenate(child).astype(np.intp),
        value=np.concatenate(value).astype(np.float32),
        root=np.array(root, dtype=np.intp),
        baseline=float(model._baseline_prediction.item()),  # noqa: SLF001
        depth=depth,
    )


def _siblings_together(nodes: NDArray[np.void]) -> tuple[Integers, Integers]:
    """Return an order in which left children follow right ones, and each node's right child."""
    order, right = [0], list[int]()
    for node in order:
        if nodes["is_leaf"][node]:
            right.append(len(right))
        else:
            right.append(len(order))
            order += [int(nodes["right"][node]), int(nodes["left"][node])]
    return np.array(order, dtype=np.int64), np.array(right, dtype=np.int64)


def _word_rows(page: ReadPage, vocabulary: Vocabulary, first: int | None) -> csr_matrix:
    """Return how often each weighed word stands in each paragraph, over the root of its length."""
    of_word, words, pairs = weighed_words(page.paragraphs, first=first)
    size = len(page.paragraphs)
    scale = 1 / np.sqrt(np.maximum(np.bincount(of_word, minlength=size), 1))
    places = np.concatenate([vocabulary.places(words), vocabulary.places(pairs)])
    row = np.concatenate([of_word, of_word])[places >= 0]
    return csr_matrix(
        (scale[row], (row, places[places >= 0])), shape=(size, len(vocabulary.hashes))
    )
