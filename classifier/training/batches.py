"""Batches of similar length under a token budget: little padding, even memory."""

from collections.abc import Sequence

import numpy as np

_SORTED_RUN = 2048


def batches_by_length(
    lengths: Sequence[int], *, token_budget: int, most: int, seed: int
) -> list[list[int]]:
    """Group example indices so that a padded batch stays under the token budget.

    Examples are shuffled, sorted by length within runs of some thousands, cut into batches, and
    the batches shuffled: near-equal lengths meet, and no epoch shows the same batches.

    Parameters
    ----------
    lengths : sequence of int
        Tokens of each example.
    token_budget : int
        Most tokens of a batch, padding included; one longer example still makes a batch.
    most : int
        Most examples of a batch.
    seed : int
        Decides the order; the same seed gives the same batches.

    Returns
    -------
    list of list of int
        Every index exactly once.
    """
    generator = np.random.default_rng(seed)
    order = generator.permutation(len(lengths))
    batches: list[list[int]] = []
    for start in range(0, len(order), _SORTED_RUN):
        run = sorted(order[start : start + _SORTED_RUN].tolist(), key=lambda i: lengths[i])
        batch: list[int] = []
        for index in run:
            full = len(batch) == most or lengths[index] * (len(batch) + 1) > token_budget
            if batch and full:
                batches.append(batch)
                batch = []
            batch.append(index)
        if batch:
            batches.append(batch)
    return [batches[i] for i in generator.permutation(len(batches))]
