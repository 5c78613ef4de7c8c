"""Look many word hashes up in a fixed vocabulary at once."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from classifier.splitting.paragraphs import Hashes, Integers

_BITS = 16
_SHIFT = np.uint64(64 - _BITS)
_MIX = np.uint64(0x9E3779B97F4A7C15)
_NEXT_WORD = np.uint64(0xC2B2AE3D27D4EB4F)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """A fixed set of hashes; a hash's place in the set is found through its leading bits.

    Parameters
    ----------
    hashes : array of unsigned int
        The set. Of several hashes with the same leading bits only one can be found, which is why
        vocabularies are drawn up with `without_clashes`.
    slots : array of int
        For each value of the leading bits, the place of the hash that has them, or -1.
    """

    hashes: Hashes
    slots: NDArray[np.int32]

    @classmethod
    def of(cls, hashes: Hashes) -> "Vocabulary":
        """Return the vocabulary of these hashes."""
        slots = np.full(1 << _BITS, -1, dtype=np.int32)
        slots[_slot(hashes)] = np.arange(len(hashes), dtype=np.int32)
        return cls(hashes, slots)

    def places(self, words: Hashes) -> Integers:
        """Return the place of each word, or -1."""
        if not len(self.hashes):
            return np.full(len(words), -1, dtype=np.int64)
        found = self.slots[_slot(words)]
        found[self.hashes[found] != words] = -1
        return found.astype(np.int64)


def without_clashes(hashes: Hashes) -> Hashes:
    """Return the hashes, in order, less those whose leading bits an earlier one has."""
    _, kept = np.unique(_slot(hashes), return_index=True)
    return hashes[np.sort(kept)]


def pairs_of(words: Hashes) -> Hashes:
    """Return a hash of each word and its successor; the last word pairs with itself."""
    following = np.append(words[1:], words[-1:])
    return words * _NEXT_WORD + following


def _slot(hashes: Hashes) -> Integers:
    return ((hashes * _MIX) >> _SHIFT).astype(np.int64)
