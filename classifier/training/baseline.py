"""Fit the scikit-learn baseline on the examples that the transformer learns from."""

from collections.abc import Sequence

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from classifier.examples import Example
from classifier.labelling.baseline import WORD_PATTERN, Baseline, baseline_inputs
from classifier.tasks import Task, columns_of
from classifier.training.targets import target_matrix

_FEATURES = 60_000
_ROUNDS = 300


def fit_baseline(
    examples: Sequence[Example], *, tasks: tuple[Task, ...], seed: int = 17
) -> Baseline:
    """Fit TF-IDF features of words and word pairs, and a logistic regression a label.

    Each regression is fitted on the examples that know its label: a multinomial one for an
    exclusive task, a balanced binary one a label otherwise. A soft label counts as held from one
    half on.

    Parameters
    ----------
    examples : sequence of Example
        Training records.
    tasks : tuple of Task
        What is to be answered, in the order of the outputs.
    seed : int
        Seed of the solver.

    Returns
    -------
    Baseline
    """
    with_target = any(example.target is not None for example in examples)
    texts = baseline_inputs(
        [example.text for example in examples],
        [example.target or "" for example in examples] if with_target else None,
    )
    vectorizer = TfidfVectorizer(
        ngram_range=(1, 2),
        max_features=_FEATURES,
        sublinear_tf=True,
        strip_accents="unicode",
        dtype=np.float32,
        token_pattern=WORD_PATTERN,
    )
    features = vectorizer.fit_transform(texts)
    wanted = target_matrix(examples, tasks)
    weights = np.array([example.weight for example in examples])
    width = wanted.shape[1]
    coefficients = np.zeros((features.shape[1], width), dtype=np.float32)
    intercepts = np.zeros(width, dtype=np.float32)
    for task, columns in zip(tasks, columns_of(tasks).values(), strict=True):
        own = wanted[:, columns]
        groups = (
            [(columns, own.argmax(axis=1), ~np.isnan(own[:, 0]))]
            if task.exclusive
            else [
                (
                    slice(columns.start + place, columns.start + place + 1),
                    (own[:, place] >= 0.5).astype(int),  # noqa: PLR2004 - one half
                    ~np.isnan(own[:, place]),
                )
                for place in range(own.shape[1])
            ]
        )
        for place, right, known in groups:
            model = LogisticRegression(
                C=4.0,
                max_iter=_ROUNDS,
                random_state=seed,
                class_weight=None if task.exclusive else "balanced",
            )
            model.fit(features[known], right[known], sample_weight=weights[known])
            coefficients[:, place] = model.coef_.T
            intercepts[place] = model.intercept_
    return Baseline(
        vocabulary=vectorizer.get_feature_names_out().astype(np.str_),
        idf=vectorizer.idf_,
        coefficients=coefficients,
        intercepts=intercepts,
    )
