"""Where the records of a WARC file begin and end, also where some of them are broken.

The format is ISO 28500: a version line, headers, an empty line, as many bytes as
``Content-Length`` says, two empty lines.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from classifier.reading.limits import Limits

_LONGEST_HEADERS = 1 << 16
# A record that was cut short is followed in mid-line.
_BEGIN = re.compile(rb"WARC/[01]\.[0-9]{1,2}\r?\n(?=[A-Za-z-]{1,40}:)")
_LONGEST_BEGIN = 64
_HEADERS_END = re.compile(rb"\r?\n\r?\n")
_LENGTH = re.compile(rb"\ncontent-length:[ \t]{0,100}([0-9]{1,15})[ \t]{0,100}\r?\n", re.IGNORECASE)
_GAP = re.compile(rb"[\r\n]{0,8}")
_SHORTEST_GAP = 2


@dataclass(frozen=True, slots=True)
class Fault:
    """A stretch of the file that is no whole record, and why."""

    reason: str


def records_in(chunks: Iterator[bytes], *, limits: Limits) -> Iterator[bytes | Fault]:
    """Yield each record with its headers, and a `Fault` for each that is broken or too large.

    After a fault the next version line is looked for, from the broken record's headers on: its
    length may be what is wrong. Memory holds one record of `Limits.page_size` bytes at most.
    """
    buffer = _Buffer(chunks)
    while buffer.has(1):
        size = _size_of_next(buffer, limits)
        if isinstance(size, int):
            yield buffer.take(size)
            buffer.skip_gap()
            continue
        yield size
        buffer.skip_to_next()


def _size_of_next(buffer: "_Buffer", limits: Limits) -> int | Fault:
    """Return how many bytes the next record takes."""
    buffer.has(_LONGEST_HEADERS)
    if not _BEGIN.match(buffer.held):
        return Fault("it does not begin as a WARC record does")
    end = _HEADERS_END.search(buffer.held, 0, _LONGEST_HEADERS)
    if end is None:
        return Fault("its headers do not end")
    if _BEGIN.search(buffer.held, 1, end.end()):
        return Fault("its headers are cut short")
    length = _LENGTH.search(buffer.held, 0, end.end())
    if length is None:
        return Fault("its headers give no length")
    return _checked(buffer, end.end() + int(length[1]), limits)


def _checked(buffer: "_Buffer", size: int, limits: Limits) -> int | Fault:
    """Return the size of a record if empty lines, another record, or nothing follows it."""
    if size > limits.page_size:
        return Fault(limits.excess)
    if not buffer.has(size):
        return Fault("it is cut short")
    buffer.has(size + _LONGEST_BEGIN)
    gap = _GAP.match(buffer.held, size)
    parted = gap is not None and gap.end() - size >= _SHORTEST_GAP
    if parted or len(buffer.held) == size or _BEGIN.match(buffer.held, size):
        return size
    return Fault("its length does not fit, or it is cut short")


class _Buffer:
    """The bytes that were read but not used yet."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self.held = bytearray()
        self._chunks = chunks

    def has(self, count: int) -> bool:
        """Read on until this many bytes are held, and tell whether there are so many."""
        while len(self.held) < count:
            chunk = next(self._chunks, None)
            if chunk is None:
                return False
            self.held += chunk
        return True

    def take(self, count: int) -> bytes:
        """Return the first bytes and let go of them."""
        taken = bytes(self.held[:count])
        del self.held[:count]
        return taken

    def skip_gap(self) -> None:
        """Let go of the empty lines before a record."""
        while self.has(1) and self.held[:1] in b"\r\n":
            gap = _GAP.match(self.held)
            del self.held[: gap.end() if gap else 1]

    def skip_to_next(self) -> None:
        """Let go of everything before the next version line."""
        del self.held[:1]
        while True:
            found = _BEGIN.search(self.held)
            if found:
                del self.held[: found.start()]
                return
            del self.held[: max(len(self.held) - _LONGEST_BEGIN, 0)]
            if not self.has(len(self.held) + 1):
                self.held.clear()
                return
