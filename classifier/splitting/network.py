"""A small convolutional network over the rows of a page, evaluated with numpy alone."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from classifier.splitting.features import Matrix

FARTHEST = 6.0
"""How many standard deviations a feature may lie from its mean."""

SMALL = 1e-6
"""What keeps a row of zeros from being divided by zero."""

_AT_ONCE = 8192
_MOST_AT_ONCE = 260_000
_PLAIN = ("center", "scale", "entry", "entry_shift", "norm", "exit", "exit_shift")

Floats = NDArray[np.floating]


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A residual block: a dilated convolution, the page's mean, and two layers upon both.

    Parameters
    ----------
    norm : array, shape (width,)
        Weights of the root-mean-square normalisation before it (Zhang & Sennrich 2019).
    taps : array, shape (taps, width)
        The convolution's weights, one channel by itself.
    shift : array, shape (width,)
        What is added to the convolution.
    whole : array, shape (width, width)
        What the page's mean adds to every paragraph.
    inner, outer : arrays, shape (width, hidden) and (hidden, width)
        The two layers; their biases are `inner_shift` and `outer_shift`.
    """

    norm: Matrix
    taps: Matrix
    shift: Matrix
    whole: Matrix
    inner: Matrix
    inner_shift: Matrix
    outer: Matrix
    outer_shift: Matrix

    def added(self, state: Matrix, dilation: int) -> Matrix:
        """Return what the block adds to the state of each paragraph."""
        seen = normalised(state, self.norm)
        reach = dilation * (len(self.taps) // 2)
        padded = np.zeros((len(seen) + 2 * reach, seen.shape[1]), dtype=np.float32)
        padded[reach : reach + len(seen)] = seen
        row, number = padded.strides
        around: Matrix = np.ndarray(
            shape=(len(seen), len(self.taps), seen.shape[1]),
            dtype=np.float32,
            buffer=padded,
            strides=(row, row * dilation, number),
        )
        mixed: Matrix = np.einsum("ptc,tc->pc", around, self.taps)
        mixed += seen
        mixed += np.add.reduce(seen, axis=0) / len(seen) @ self.whole + self.shift
        hidden = product(mixed, self.inner)
        hidden += self.inner_shift
        np.maximum(hidden, 0, out=hidden)
        added = product(hidden, self.outer)
        added += self.outer_shift
        return added


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """The network's weights, single precision.

    Parameters
    ----------
    center, scale : arrays, shape (features,)
        What is taken from each feature, and what the rest is multiplied by.
    entry, entry_shift : arrays
        From the features to the state of a paragraph.
    blocks : tuple of Block
        The residual blocks, in order.
    dilations : tuple of int
        How far apart the taps of each block's convolution are.
    norm, exit, exit_shift : arrays
        From the state of a paragraph to what is said of it.
    """

    center: Matrix
    scale: Matrix
    entry: Matrix
    entry_shift: Matrix
    blocks: tuple[Block, ...]
    dilations: tuple[int, ...]
    norm: Matrix
    exit: Matrix
    exit_shift: Matrix

    def outputs(self, rows: Matrix) -> Matrix:
        """Return what the network says of each row, shape (rows, outputs)."""
        return np.concatenate(
            [
                self._outputs(rows[start : start + _AT_ONCE])
                for start in range(0, len(rows), _AT_ONCE)
            ]
        )

    def _outputs(self, rows: Matrix) -> Matrix:
        shown = np.clip((rows - self.center) * self.scale, -FARTHEST, FARTHEST)
        state = product(shown, self.entry)
        state += self.entry_shift
        for block, dilation in zip(self.blocks, self.dilations, strict=True):
            state += block.added(state, dilation)
        return product(normalised(state, self.norm), self.exit) + self.exit_shift


def product(rows: Matrix, weights: Matrix) -> Matrix:
    """Return the matrix product, in one thread.

    Asked for all rows at once, BLAS starts a thread on each core, and they wait for each other
    longer than they work: twice the processor time on two cores, in no less time. Products of a few
    rows are too small for it to start any.
    """
    few = max(1, _MOST_AT_ONCE // weights.size)
    made = np.empty((len(rows), weights.shape[1]), dtype=np.float32)
    for start in range(0, len(rows), few):
        np.dot(rows[start : start + few], weights, out=made[start : start + few])
    return made


def normalised(state: Matrix, weights: Matrix) -> Matrix:
    """Return each row divided by the root of its mean square, times the weights."""
    squares: Floats = np.einsum("ij,ij->i", state, state) / state.shape[1]
    rows: Matrix = state / np.sqrt(squares + SMALL)[:, None]
    rows *= weights
    return rows


def to_arrays(network: Network) -> dict[str, NDArray[np.generic]]:
    """Return the weights by name, in half the precision, which is what they are released in."""
    arrays: dict[str, NDArray[np.generic]] = {"dilations": np.array(network.dilations)}
    for field in _PLAIN:
        arrays[field] = getattr(network, field).astype(np.float16)
    for number, block in enumerate(network.blocks):
        for each in fields(Block):
            arrays[f"{number}.{each.name}"] = getattr(block, each.name).astype(np.float16)
    return arrays


def from_arrays(arrays: Mapping[str, NDArray[Any]]) -> Network:
    """Return the network whose weights have these names."""
    dilations = tuple(int(each) for each in arrays["dilations"])
    blocks = tuple(
        Block(
            **{
                each.name: arrays[f"{number}.{each.name}"].astype(np.float32)
                for each in fields(Block)
            }
        )
        for number in range(len(dilations))
    )
    plain = {name: arrays[name].astype(np.float32) for name in _PLAIN}
    return Network(blocks=blocks, dilations=dilations, **plain)
