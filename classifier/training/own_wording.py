"""How sentences of our own are filled with words, and typed as people type."""

from collections.abc import Iterator, Sequence
from itertools import cycle
from random import Random

_OPENERS = ("Well, ", "lol ", "tbh ", "Honestly, ", "Hm. ", "Look, ")
_OPENED, _LOWER, _UNPUNCTUATED, _MISTYPED = 0.15, 0.25, 0.25, 0.1


def endless(words: Sequence[str], draw: Random) -> Iterator[str]:
    """Yield every word equally often, in an order of its own."""
    return cycle(draw.sample(words, len(words)))


def capitalised(text: str) -> str:
    """Return a text with its first letter as a capital."""
    return text[:1].upper() + text[1:]


def roughened(text: str, draw: Random) -> str:
    """Return a sentence as people type it: some in lower case, unpunctuated, or mistyped."""
    if draw.random() < _OPENED:
        text = draw.choice(_OPENERS) + text[:1].lower() + text[1:]
    if draw.random() < _LOWER:
        text = text.lower()
    if draw.random() < _UNPUNCTUATED:
        text = text.removesuffix(".")
    if draw.random() < _MISTYPED:
        place = draw.randrange(len(text) - 1)
        text = text[:place] + text[place + 1] + text[place] + text[place + 2 :]
    return text
