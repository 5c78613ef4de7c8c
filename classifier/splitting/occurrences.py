"""Find where on a page the same hash stands again, with one sort of plain numbers."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from classifier.splitting.paragraphs import Hashes, Integers


@dataclass(frozen=True, slots=True)
class Occurrences:
    """The places of hashes, equal ones together; arrays of one length.

    Parameters
    ----------
    order : array of int
        The places, those of equal hashes side by side in page order.
    again : array of bool
        Whether the hash at each of these places stands at an earlier one too.
    """

    order: Integers
    again: NDArray[np.bool_]


def occurrences_of(hashes: Hashes) -> Occurrences:
    """Return where equal hashes stand.

    The place of each hash takes the low bits of the number that is sorted, since plain numbers are
    sorted many times as fast as places by their hashes. Fewer bits tell hashes apart for it: 44 on
    a page of a million words.
    """
    places = np.uint64((1 << len(hashes).bit_length()) - 1)
    keys = (hashes & ~places) | np.arange(len(hashes), dtype=np.uint64)
    keys.sort()
    order = (keys & places).astype(np.int64)
    keys |= places
    again = np.zeros(len(keys), dtype=bool)
    np.equal(keys[1:], keys[:-1], out=again[1:])
    return Occurrences(order, again)


def first_places(hashes: Hashes) -> Integers:
    """Return, for each hash, the first place at which it stands."""
    found = occurrences_of(hashes)
    begins = np.where(found.again, 0, np.arange(len(hashes)))
    first = np.empty(len(hashes), dtype=np.int64)
    first[found.order] = found.order[np.maximum.accumulate(begins)]
    return first
