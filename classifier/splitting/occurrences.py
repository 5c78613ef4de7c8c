"""Find where on a page the same hash stands again, with one sort of plain numbers."""

from dataclasses import dataclass

import numpy as np

from classifier.splitting.paragraphs import Hashes, Integers


@dataclass(frozen=True, slots=True)
class Occurrences:
    """The places of hashes, equal ones side by side in page order; arrays of one length.

    Parameters
    ----------
    place : array of int
        Where each hash stands.
    first : array of int
        Where the same hash stands for the first time.
    """

    place: Integers
    first: Integers


def occurrences_of(hashes: Hashes) -> Occurrences:
    """Return where equal hashes stand.

    The place of each hash takes the low bits of the number that is sorted, since plain numbers are
    sorted many times as fast as places by their hashes. Fewer bits tell hashes apart for it: 44 on
    a page of a million words.
    """
    size = len(hashes)
    low = np.uint64((1 << size.bit_length()) - 1)
    keys = (hashes & ~low) | np.arange(size, dtype=np.uint64)
    keys.sort()
    place = (keys & low).astype(np.int64)
    keys |= low
    begins = np.arange(size)
    begins[1:][keys[1:] == keys[:-1]] = 0
    return Occurrences(place, place[np.maximum.accumulate(begins)])


def first_places(hashes: Hashes) -> Integers:
    """Return, for each hash, the first place at which it stands."""
    found = occurrences_of(hashes)
    first = np.empty(len(hashes), dtype=np.int64)
    first[found.place] = found.first
    return first
