"""Flatten scikit-learn's boosted trees into the arrays that splitting evaluates."""

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier

from classifier.splitting.trees import Trees


def flatten(model: HistGradientBoostingClassifier) -> Trees:
    """Return the same model as plain arrays; it gives the same scores.

    Parameters
    ----------
    model : HistGradientBoostingClassifier
        Fitted on rows without categories or missing values.
    """
    feature, threshold, children, value, root, score = [], [], [], [], [], []
    depth = 0
    offset = 0
    for stage in model._predictors:  # noqa: SLF001
        for number, tree in enumerate(stage):
            nodes = tree.nodes
            own = np.arange(len(nodes))
            leaf = nodes["is_leaf"].astype(bool)
            left = np.where(leaf, own, nodes["left"]) + offset
            right = np.where(leaf, own, nodes["right"]) + offset
            feature.append(np.where(leaf, 0, nodes["feature_idx"]))
            threshold.append(np.where(leaf, 0.0, nodes["num_threshold"]))
            children.append(np.column_stack([right, left]).ravel())
            value.append(nodes["value"])
            root.append(offset)
            score.append(number)
            depth = max(depth, int(nodes["depth"].max()))
            offset += len(nodes)
    return Trees(
        feature=np.concatenate(feature).astype(np.int32),
        threshold=np.concatenate(threshold).astype(np.float32),
        children=np.concatenate(children).astype(np.int32),
        value=np.concatenate(value).astype(np.float32),
        root=np.array(root, dtype=np.int32),
        score=np.array(score, dtype=np.int32),
        baseline=model._baseline_prediction.ravel().astype(np.float32),  # noqa: SLF001
        depth=depth,
    )
