"""What the network that reads paragraphs in context is trained to lower."""

from collections.abc import Sequence

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from classifier.splitting.context import OUTPUTS
from classifier.training.split_context_pages import UNKNOWN, ContextPage

_NEVER = -1e4
_SHARES = (1.0, 1.0, 0.5, 0.3)
"""How much ends, borders, kinds and pasted paragraphs count."""


def loss_of(network: nn.Module, pages: Sequence[ContextPage], taught: float) -> torch.Tensor:
    """Return the loss of a batch of pages.

    Parameters
    ----------
    network : torch module
        Takes rows and which of them are held, shape (pages, rows, features) and (pages, rows, 1);
        gives outputs, shape (pages, rows, outputs).
    pages : sequence of ContextPage
        The batch, all taught or none.
    taught : float, in [0, 1]
        How much of the loss is the teachers', where there are any.
    """
    longest = max(len(page.rows) for page in pages)
    rows = torch.zeros(len(pages), longest, pages[0].rows.shape[1])
    held = torch.zeros(len(pages), longest, 1)
    wanted = torch.full((3, len(pages), longest), UNKNOWN)
    said = torch.zeros(len(pages), longest, len(OUTPUTS))
    for number, page in enumerate(pages):
        size = len(page.rows)
        rows[number, :size] = torch.from_numpy(page.rows.astype(np.float32))
        held[number, :size] = 1
        wanted[:, number, :size] = torch.from_numpy(np.stack([page.begins, page.kind, page.pasted]))
        if page.said is not None:
            said[number, :size] = torch.from_numpy(page.said.astype(np.float32))
    given = _masked_end(network(rows, held), held)
    ends = torch.tensor([page.end for page in pages])
    losses = _losses_by_truth(given, ends, wanted)
    if pages[0].said is not None:
        losses = (1 - taught) * losses + taught * _losses_by_teachers(
            given, _masked_end(said, held), wanted != UNKNOWN
        )
    total: torch.Tensor = losses @ torch.tensor(_SHARES)
    return total


def _masked_end(outputs: torch.Tensor, held: torch.Tensor) -> torch.Tensor:
    """Return outputs with no end where the rows of a shorter page are filled up."""
    end = outputs[..., :1].masked_fill(held == 0, _NEVER)
    return torch.cat([end, outputs[..., 1:]], dim=2)


def _losses_by_truth(given: torch.Tensor, ends: torch.Tensor, wanted: torch.Tensor) -> torch.Tensor:
    begins, kind, pasted = wanted
    losses = (
        functional.cross_entropy(given[..., 0], ends),
        _of_known(given[..., 1], begins.float(), begins != UNKNOWN),
        functional.cross_entropy(
            given[..., 2:-1].flatten(0, 1), kind.flatten(), ignore_index=UNKNOWN
        ),
        _of_known(given[..., -1], pasted.float(), pasted != UNKNOWN),
    )
    return torch.stack(losses)


def _losses_by_teachers(
    given: torch.Tensor, said: torch.Tensor, known: torch.Tensor
) -> torch.Tensor:
    begins, kind, pasted = known
    losses = (
        functional.cross_entropy(given[..., 0], said[..., 0].softmax(dim=1)),
        _of_known(given[..., 1], said[..., 1].sigmoid(), begins),
        functional.cross_entropy(given[..., 2:-1][kind], said[..., 2:-1][kind].softmax(dim=1)),
        _of_known(given[..., -1], said[..., -1].sigmoid(), pasted),
    )
    return torch.stack(losses)


def _of_known(given: torch.Tensor, wanted: torch.Tensor, known: torch.Tensor) -> torch.Tensor:
    if not known.any():
        return given.sum() * 0
    return functional.binary_cross_entropy_with_logits(given[known], wanted[known])
