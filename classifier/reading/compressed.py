"""Compressed bytes, told by how they begin and decompressed as they are read.

Output comes in pieces of a mebibyte at most, however well the input was compressed; what bounds a
page or record after that is `Limits.page_size`. Zstandard's window may be as long as 2 GiB, which
dumps made with ``--long=31`` need; no other method takes more than 256 MiB.
"""

import bz2
import itertools
import lzma
import sys
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import PurePath
from types import ModuleType
from typing import Protocol

from classifier.errors import InputError
from classifier.reading.notices import Notice, Notify
from classifier.reading.opening import CHUNK_BYTES

SUFFIXES = (".gz", ".zst", ".bz2", ".xz")
_LONGEST_WINDOW = 31
_MOST_MEMORY = 1 << 28
# After damage the next member of a gzip file is looked for, but not over and over.
_MOST_DAMAGED = 100


class _Decompressor(Protocol):
    """What the standard library's decompressors have in common."""

    @property
    def eof(self) -> bool: ...
    @property
    def needs_input(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    def decompress(self, data: bytes, max_length: int = -1) -> bytes: ...


class _Gzip:
    """One member of a gzip file, with the same interface as the other decompressors."""

    def __init__(self) -> None:
        self._member = zlib.decompressobj(wbits=31)

    @property
    def eof(self) -> bool:
        return self._member.eof

    @property
    def needs_input(self) -> bool:
        return not self._member.unconsumed_tail

    @property
    def unused_data(self) -> bytes:
        return self._member.unused_data

    def decompress(self, data: bytes, max_length: int = -1) -> bytes:
        return self._member.decompress(self._member.unconsumed_tail + data, max_length)


def _zstandard_module() -> ModuleType:
    return import_module("compression.zstd" if sys.version_info >= (3, 14) else "backports.zstd")


def _zstandard() -> _Decompressor:
    zstd = _zstandard_module()
    options = {zstd.DecompressionParameter.window_log_max: _LONGEST_WINDOW}
    made: _Decompressor = zstd.ZstdDecompressor(options=options)
    return made


def _xz() -> _Decompressor:
    return lzma.LZMADecompressor(memlimit=_MOST_MEMORY)


@dataclass(frozen=True, slots=True)
class _Method:
    name: str
    magic: bytes
    new: Callable[[], _Decompressor]
    resumes: bool = False


_METHODS = (
    _Method("gzip", b"\x1f\x8b\x08", _Gzip, resumes=True),
    _Method("Zstandard", b"\x28\xb5\x2f\xfd", _zstandard),
    _Method("bzip2", b"BZh", bz2.BZ2Decompressor),
    _Method("xz", b"\xfd7zXZ\x00", _xz),
)


def plain_name(name: str) -> str:
    """Return a file's name without the suffix that tells its compression."""
    path = PurePath(name)
    return str(path.with_suffix("")) if path.suffix.lower() in SUFFIXES else name


def decompressed(chunks: Iterator[bytes], *, source: str, notify: Notify) -> Iterator[bytes]:
    """Yield a stream's bytes, decompressed if they are gzip, Zstandard, bzip2 or xz.

    Members that follow each other are read as one. Of a damaged file everything up to the
    damage is read, in a gzip file also the members after it, and a failure is noticed.

    Parameters
    ----------
    chunks : iterator of bytes
        The stream.
    source : str
        What messages call it.
    notify : callable
        Takes each `Notice`.

    Raises
    ------
    InputError
        If it is compressed, and damaged so that nothing can be read.
    """
    head = b""
    for chunk in chunks:
        head += chunk
        if len(head) >= max(len(method.magic) for method in _METHODS):
            break
    stream = itertools.chain([head], chunks) if head else chunks
    method = next((each for each in _METHODS if head.startswith(each.magic)), None)
    if method is None:
        yield from stream
        return
    unpacking = _Unpacking(method)
    anything = False
    for piece in unpacking.pieces(stream):
        anything = True
        yield piece
    if unpacking.fault is None:
        return
    if not anything:
        raise InputError(f"{source}: {unpacking.fault}, and nothing of it can be read")
    message = f"{unpacking.fault}: what cannot be decompressed was left out"
    notify(Notice(kind="failure", source=source, message=message))


class _Unpacking:
    """Decompresses the members of one stream, and remembers the first thing wrong with them."""

    def __init__(self, method: _Method) -> None:
        self.fault: str | None = None
        self._method = method
        self._attempts = _MOST_DAMAGED if method.resumes else 1

    def pieces(self, stream: Iterator[bytes]) -> Iterator[bytes]:
        member: _Decompressor | None = None
        waiting = b""
        for chunk in stream:
            waiting += chunk
            while waiting:
                if member is None:
                    waiting = self._from_next_member(waiting)
                    if not waiting.startswith(self._method.magic):
                        break
                    member = self._method.new()
                given, waiting = waiting, b""
                try:
                    yield from _outputs(member, given)
                except _faults() as error:
                    waiting, member = self._past_damage(given, error), None
                    continue
                if member.eof:
                    waiting, member = member.unused_data, None
            if not self._attempts:
                return
        if member is not None or waiting.strip(b"\0"):
            self._note("ends in mid-stream")

    def _from_next_member(self, waiting: bytes) -> bytes:
        """Return the bytes from the next member on; padding, and what was damaged, is passed."""
        magic = self._method.magic
        if not self.fault:
            waiting = waiting.lstrip(b"\0")
        if len(waiting) < len(magic) or waiting.startswith(magic):
            return waiting
        self._note("holds other bytes after the compressed ones")
        found = waiting.find(magic) if self._attempts else -1
        return waiting[found:] if found >= 0 else waiting[1 - len(magic) :]

    def _past_damage(self, given: bytes, error: Exception) -> bytes:
        self._note(f"its {self._method.name} data are damaged ({error})")
        self._attempts -= 1
        return given[1:] if self._attempts else b""

    def _note(self, fault: str) -> None:
        self.fault = self.fault or fault


def _outputs(member: _Decompressor, given: bytes) -> Iterator[bytes]:
    """Yield what a member makes of these bytes, a bounded piece at a time."""
    while not member.eof:
        piece = member.decompress(given, CHUNK_BYTES)
        given = b""
        if piece:
            yield piece
        elif member.needs_input:
            return


def _faults() -> tuple[type[Exception], ...]:
    return zlib.error, lzma.LZMAError, OSError, EOFError, ValueError, _zstandard_module().ZstdError
