"""Read each paragraph in the context of its page, with a small convolutional network.

Dilated convolutions (Yu & Koltun 2016) over the paragraphs' features let every paragraph see some
sixty on either side, and a mean over the page all the others; a paragraph's kind, whether a post
begins at it, whether it was pasted, and whether the article ends before it are read off together.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from classifier.splitting.features import Matrix
from classifier.splitting.kinds import KINDS, Look, shared_among_alike
from classifier.splitting.network import Network
from classifier.splitting.paragraphs import Paragraphs
from classifier.splitting.repeats import Repeats

OUTPUTS = ("end", "border", *KINDS, "pasted")
"""What a network says of a paragraph: log-odds, those of `end` against all other ends."""

_END, _BORDER, _KINDS, _PASTED = 0, 1, slice(2, 2 + len(KINDS)), 2 + len(KINDS)

Floats = NDArray[np.floating]


@dataclass(frozen=True, slots=True, kw_only=True)
class InContext:
    """What the network says of a page.

    Parameters
    ----------
    ends : array of float, one element more than paragraphs
        How much speaks for an end of the article before each paragraph, and after the last.
    borders : array of float, in [0, 1]
        How likely each paragraph of a post is the first of its post.
    kinds : array of float, in [0, 1], shape (paragraphs, kinds)
        How likely each paragraph is of each kind.
    pasted : array of float, in [0, 1]
        How likely each paragraph of a post was pasted from elsewhere.
    """

    ends: Floats
    borders: Floats
    kinds: Matrix
    pasted: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A page's paragraphs: what they repeat, what they look like, what the network says of them."""

    paragraphs: Paragraphs
    repeats: Repeats
    look: Look
    context: InContext


def see(network: Network, paragraphs: Paragraphs, look: Look, repeats: Repeats) -> Seen:
    """Return a page's paragraphs with what the network says of them."""
    outputs = network.outputs(context_rows(look, repeats))
    raised = np.exp(outputs[:-1, _KINDS] - outputs[:-1, _KINDS].max(axis=1, keepdims=True))
    context = InContext(
        ends=outputs[:, _END],
        borders=_probability(outputs[:-1, _BORDER]),
        kinds=shared_among_alike(raised / raised.sum(axis=1, keepdims=True), paragraphs, look),
        pasted=_probability(outputs[:-1, _PASTED]),
    )
    return Seen(paragraphs=paragraphs, repeats=repeats, look=look, context=context)


def context_rows(look: Look, repeats: Repeats) -> Matrix:
    """Return what a network reads: a row for each paragraph, and one for the page's end.

    Beside the paragraph's features these are whether it is a quote, how far back its source is,
    how often it is quoted itself, and whether the row is the page's end.
    """
    size = len(repeats.source)
    quotes = repeats.source >= 0
    place = np.arange(size)
    known = len(look.values)
    rows = np.zeros((size + 1, known + 4), dtype=np.float32)
    rows[:-1, :known] = look.values.T
    rows[:-1, known] = quotes
    rows[:-1, known + 1] = np.where(quotes, np.log1p(place - repeats.source), 0)
    rows[:-1, known + 2] = np.bincount(repeats.source[quotes], minlength=size)
    rows[-1, known + 3] = 1
    return rows


def _probability(odds: Floats) -> Floats:
    probability: Floats = 1 / (1 + np.exp(-odds))
    return probability
