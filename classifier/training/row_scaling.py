"""Layers as they are released: every row of numbers has a scale of its own.

Eight bits tell 256 numbers apart, over a range that one scale sets. Quantised as they come,
activations have one scale for all tokens of a text, which a separator or an emphatic word stretches
so far that the others' numbers fall together; most of what eight bits cost a fine-tuned model was
lost there. Dividing each token's numbers by the largest of them and multiplying the product by it
again changes no answer in single precision, and gives each token the whole range (scales per token
and per row as in Yao et al. 2022, ZeroQuant). Feed-forward layers, where the largest numbers arise,
and embeddings are so treated; attention gained too little for its time.
"""

import torch
from torch import nn
from torch.nn import functional

_SMALLEST = 1e-6
_LARGEST = 127


def scale_rows(model: nn.Module) -> None:
    """Replace, in place, a model's embeddings and the layers that widen or narrow its numbers.

    Parameters
    ----------
    model : torch.nn.Module
        An encoder that is only asked from now on: embeddings are in eight bits afterwards.
    """
    for parent in list(model.modules()):
        for name, child in list(parent.named_children()):
            if isinstance(child, nn.Embedding):
                setattr(parent, name, RowScaledEmbedding(child))
            elif isinstance(child, nn.Linear) and child.in_features != child.out_features:
                setattr(parent, name, RowScaledLinear(child))


class RowScaledLinear(nn.Module):
    """A linear layer that brings each row of its input to a largest magnitude of 1 meanwhile.

    Parameters
    ----------
    layer : torch.nn.Linear
        What it answers as.
    """

    def __init__(self, layer: nn.Linear) -> None:
        super().__init__()
        self.weight, self.bias = layer.weight, layer.bias

    def forward(self, given: torch.Tensor) -> torch.Tensor:
        """Return the layer's output, of shape (..., out_features)."""
        largest = given.abs().amax(dim=-1, keepdim=True).clamp(min=_SMALLEST)
        product = functional.linear(given * largest.reciprocal(), self.weight) * largest
        return product if self.bias is None else product + self.bias


class RowScaledEmbedding(nn.Module):
    """An embedding that holds a row's numbers as integers of eight bits and a scale.

    Parameters
    ----------
    embedding : torch.nn.Embedding
        What it answers as, to half a step of each row.
    """

    integers: torch.Tensor
    scales: torch.Tensor

    def __init__(self, embedding: nn.Embedding) -> None:
        super().__init__()
        weight = embedding.weight.detach()
        scales = weight.abs().amax(dim=-1, keepdim=True).clamp(min=_SMALLEST) / _LARGEST
        self.register_buffer("integers", (weight / scales).round().to(torch.int8))
        self.register_buffer("scales", scales)

    @property
    def weight(self) -> torch.Tensor:
        """All rows, for encoders that read the table itself, of shape (rows, width)."""
        return self.integers.to(self.scales.dtype) * self.scales

    def forward(self, ids: torch.Tensor) -> torch.Tensor:
        """Return the embeddings, of shape (..., width)."""
        return self.integers[ids].to(self.scales.dtype) * self.scales[ids]
