"""Pairs of a text and a target that nobody labelled, for a teacher to answer."""

import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer

from classifier.examples import Example

NEAREST = 15
_AT_ONCE = 1024


def pairs_with_near_targets(
    examples: Sequence[Example], *, of_each: int, seed: int
) -> list[Example]:
    """Return each text with targets of texts that are near it in words, but not with its own.

    Such a text may favour the target, oppose it or say nothing of it, which tells a student more
    of what its teacher knows than texts and targets at random, nearly always neutral.

    Parameters
    ----------
    examples : sequence of Example
        Of one corpus, with targets.
    of_each : int
        How many targets a text gets at most.
    seed : int
        Decides which.

    Returns
    -------
    list of Example
        Without a label; ``"unlabelled"`` follows the corpus's name.
    """
    draw = random.Random(seed)  # noqa: S311 - no secret
    one_of = {example.text: example for example in examples}
    targets: dict[str, list[str]] = defaultdict(list)
    for example in examples:
        targets[example.text].append(str(example.target))
    texts = list(one_of)
    pairs: list[Example] = []
    for text, near in zip(texts, _nearest(texts), strict=True):
        others = dict.fromkeys(target for each in near for target in targets[texts[each]])
        strange = [target for target in others if target not in targets[text]]
        pairs += [
            replace(
                one_of[text],
                target=target,
                label=None,
                corpus=f"{one_of[text].corpus}, unlabelled",
            )
            for target in draw.sample(strange, min(of_each, len(strange)))
        ]
    return pairs


def _nearest(texts: Sequence[str]) -> list[list[int]]:
    """Return the places of the texts most like each, by the cosine of their rare words."""
    if len(texts) <= 1:
        return [[] for _ in texts]
    vectors = TfidfVectorizer(sublinear_tf=True, stop_words="english").fit_transform(texts)
    nearest: list[list[int]] = []
    for start in range(0, len(texts), _AT_ONCE):
        likeness = (vectors[start : start + _AT_ONCE] @ vectors.T).toarray()
        likeness[np.arange(len(likeness)), start + np.arange(len(likeness))] = -1
        nearest += np.argsort(-likeness, axis=1, kind="stable")[:, :NEAREST].tolist()
    return nearest
