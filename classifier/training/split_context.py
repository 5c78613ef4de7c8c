"""Train the network that reads each paragraph in the context of its page."""

import logging
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from random import Random
from typing import cast

import numpy as np
import torch
from torch import nn
from torch.nn import functional
from torch.optim.swa_utils import AveragedModel

from classifier.splitting.context import OUTPUTS
from classifier.splitting.features import Matrix
from classifier.splitting.network import FARTHEST, SMALL, Block, Network
from classifier.training.split_context_loss import loss_of
from classifier.training.split_context_pages import ContextPage

log = logging.getLogger(__name__)

_DILATIONS = (1, 2, 4, 8, 16, 1)
_TAPS = 5
_AT_ONCE = 3000
_LONGEST = 600
_FIRST_STEPS = 9
_LEAST_SPREAD = 1e-3
_WARMUP = 0.06


@dataclass(frozen=True, slots=True, kw_only=True)
class ContextRecipe:
    """What the network is trained with.

    Parameters
    ----------
    width, hidden : int
        Numbers that stand for a paragraph, and those between a block's two layers.
    epochs : int
        Passes over the pages.
    rate, decay, dropout : float
        Peak learning rate, weight decay, and share of a block's numbers left out in training.
    averaging : float, in [0, 1)
        How much of the mean of the weights over steps a step leaves as it was; the mean is what is
        returned, since it errs less than the last step's weights (Izmailov et al. 2018).
    taught : float, in [0, 1]
        Where larger networks teach it: how much of the loss is their answers'.
    seed : int
        Decides the start and the order of pages.
    """

    width: int = 64
    hidden: int = 128
    epochs: int = 6
    rate: float = 2e-3
    decay: float = 0.02
    dropout: float = 0.1
    averaging: float = 0.999
    taught: float = 0.6
    seed: int = 0


def fit_context(pages: Sequence[ContextPage], *, recipe: ContextRecipe | None = None) -> Network:
    """Return the network trained on pages.

    The loss is the cross-entropy of the end over all places of a page, plus those of borders,
    kinds and pasted paragraphs over the paragraphs that they concern, to the truth and, where
    there are any, to teachers' answers.

    Parameters
    ----------
    pages : sequence of ContextPage
        Training pages, all taught or none; those of more than 600 paragraphs are left out.
    recipe : ContextRecipe, optional
        Sizes and rates.
    """
    recipe = recipe or ContextRecipe()
    torch.manual_seed(recipe.seed)
    order = Random(recipe.seed)  # noqa: S311 - no secret
    chosen = [page for page in pages if len(page.rows) <= _LONGEST]
    module = _Module(*_center_and_scale(chosen), recipe=recipe)
    optimizer = torch.optim.AdamW(module.parameters(), lr=recipe.rate, weight_decay=recipe.decay)
    averaged = AveragedModel(module, avg_fn=partial(_nearer, averaging=recipe.averaging))
    batches = [batch for _ in range(recipe.epochs) for batch in _batches(chosen, order)]
    module.train()
    for step, batch in enumerate(batches):
        progress = step / len(batches)
        for group in optimizer.param_groups:
            group["lr"] = recipe.rate * min(progress / _WARMUP, 1 - progress)
        loss = loss_of(module, batch, recipe.taught)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(module.parameters(), 1.0)
        optimizer.step()
        averaged.update_parameters(module)
        if not step % 500:
            log.info("step %d of %d, loss %.4f", step, len(batches), loss.item())
    return cast("_Module", averaged.module).network()


def _nearer(
    mean: torch.Tensor, weights: torch.Tensor, steps: torch.Tensor | int, *, averaging: float
) -> torch.Tensor:
    """Return the mean with a step's weights; the first few steps are forgotten soon."""
    share = max(1 - averaging, _FIRST_STEPS / (_FIRST_STEPS + 1 + int(steps)))
    return torch.lerp(mean, weights, share)


class _Module(nn.Module):
    """The network in torch; its parameters have the names that `Network` gives them."""

    def __init__(self, center: Matrix, scale: Matrix, *, recipe: ContextRecipe) -> None:
        super().__init__()
        width, outputs = recipe.width, len(OUTPUTS)
        self.center, self.scale = torch.from_numpy(center), torch.from_numpy(scale)
        self.entry, self.entry_shift = _weights(len(center), width), _zeros(width)
        self.blocks = nn.ModuleList(_BlockModule(recipe, dilation) for dilation in _DILATIONS)
        self.norm = nn.Parameter(torch.ones(width))
        self.exit, self.exit_shift = _weights(width, outputs), _zeros(outputs)

    def forward(self, rows: torch.Tensor, held: torch.Tensor) -> torch.Tensor:
        shown = ((rows - self.center) * self.scale).clip(-FARTHEST, FARTHEST)
        state = (shown @ self.entry + self.entry_shift) * held
        for block in self.blocks:
            state = state + block(state, held)
        return _normalised(state, self.norm) @ self.exit + self.exit_shift

    def network(self) -> Network:
        """Return the weights as arrays, in the precision that they are released in."""
        arrays = {name: _released(value) for name, value in self.named_parameters()}
        return Network(
            center=_released(self.center),
            scale=_released(self.scale),
            blocks=tuple(
                Block(**{name: _released(value) for name, value in block.named_parameters()})
                for block in self.blocks
            ),
            dilations=_DILATIONS,
            **{name: array for name, array in arrays.items() if "." not in name},
        )


class _BlockModule(nn.Module):
    def __init__(self, recipe: ContextRecipe, dilation: int) -> None:
        super().__init__()
        width, hidden = recipe.width, recipe.hidden
        self.dilation = dilation
        self.dropout = nn.Dropout(recipe.dropout)
        self.norm = nn.Parameter(torch.ones(width))
        self.taps, self.shift = nn.Parameter(torch.randn(_TAPS, width) / _TAPS), _zeros(width)
        self.whole = _weights(width, width)
        self.inner, self.inner_shift = _weights(width, hidden), _zeros(hidden)
        self.outer, self.outer_shift = _weights(hidden, width), _zeros(width)

    def forward(self, state: torch.Tensor, held: torch.Tensor) -> torch.Tensor:
        seen = _normalised(state, self.norm) * held
        mean = seen.sum(dim=1, keepdim=True) / held.sum(dim=1, keepdim=True)
        mixed = functional.conv1d(
            seen.transpose(1, 2),
            self.taps.T[:, None, :],
            self.shift,
            padding=self.dilation * (_TAPS // 2),
            dilation=self.dilation,
            groups=len(self.shift),
        ).transpose(1, 2)
        hidden = torch.relu((seen + mixed + mean @ self.whole) @ self.inner + self.inner_shift)
        added: torch.Tensor = self.dropout(hidden @ self.outer + self.outer_shift)
        return added * held


def _weights(inputs: int, outputs: int) -> nn.Parameter:
    return nn.Parameter(torch.empty(inputs, outputs).uniform_(-1, 1) / math.sqrt(inputs))


def _zeros(size: int) -> nn.Parameter:
    return nn.Parameter(torch.zeros(size))


def _normalised(state: torch.Tensor, weights: torch.Tensor) -> torch.Tensor:
    return state * torch.rsqrt(state.square().mean(dim=2, keepdim=True) + SMALL) * weights


def _released(value: torch.Tensor) -> Matrix:
    return value.detach().numpy().astype(np.float16).astype(np.float32)


def _center_and_scale(pages: Sequence[ContextPage]) -> tuple[Matrix, Matrix]:
    count = sum(len(page.rows) for page in pages)
    center = np.sum([page.rows.sum(axis=0, dtype=np.float64) for page in pages], axis=0) / count
    squares = np.sum([((page.rows - center) ** 2).sum(axis=0) for page in pages], axis=0) / count
    spread = np.sqrt(squares) + _LEAST_SPREAD
    return center.astype(np.float32), (1 / spread).astype(np.float32)


def _batches(pages: Sequence[ContextPage], order: Random) -> list[list[ContextPage]]:
    """Return an epoch's batches, in random order, of pages of about the same length each."""
    jittered = sorted(pages, key=lambda page: len(page.rows) + order.uniform(0, 10))
    batches: list[list[ContextPage]] = [[]]
    for page in jittered:
        if batches[-1] and (len(batches[-1]) + 1) * len(page.rows) > _AT_ONCE:
            batches.append([])
        batches[-1].append(page)
    order.shuffle(batches)
    return batches
