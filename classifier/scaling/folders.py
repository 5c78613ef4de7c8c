"""The folder of a job: files in it are there whole or not at all."""

import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Protocol

from classifier.errors import UsageError

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

_BLOCK = 1 << 20
_LOCK = ".lock"
GO_ON = "with that mended, run the same command again: what is done is kept"


class Folder(Protocol):
    """Where shards, manifest and errors of a job go; ``str()`` names it in messages.

    All methods raise `OSError` where the folder cannot be read or written.
    """

    @property
    def address(self) -> str:
        """What `folder_at` makes the same folder of, in another process."""

    def held(self) -> "AbstractContextManager[None]":
        """Make the folder, keep other runs out of it, and sweep what a killed run had begun."""

    def read(self, name: str) -> bytes:
        """Return a file's content; raises `FileNotFoundError` where there is none."""

    def write(self, name: str, write: Callable[[BinaryIO], object]) -> None:
        """Write a file; what stood there before is untouched until all of it is written."""

    def append(self, name: str, line: bytes) -> bool:
        """Add a line to a file; False where that would take writing all of it anew."""

    def remove(self, name: str) -> None:
        """Remove a file, if it is there."""

    def sha256(self, name: str) -> str | None:
        """Return a file's checksum; None where it is missing or cannot be read."""


def folder_at(place: str | Path) -> Folder:
    """Return the folder at a path, or at the URI of a file system that pyarrow knows.

    Raises
    ------
    UsageError
        If there is no such file system.
    MissingExtraError
        If `place` is a URI and pyarrow is not installed.
    """
    if isinstance(place, str) and "://" in place:
        from classifier.scaling.remote_folder import RemoteFolder

        return RemoteFolder(place)
    return LocalFolder(Path(place))


class LocalFolder:
    """A folder of this machine.

    Parameters
    ----------
    path : Path
        Need not be there yet.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def __str__(self) -> str:
        return str(self._path)

    @property
    def address(self) -> str:
        """Its path from the root on, wherever the other process stands."""
        return str(self._path.absolute())

    @contextmanager
    def held(self) -> Iterator[None]:
        """Make the folder, lock it, and remove unfinished files."""
        self._path.mkdir(parents=True, exist_ok=True)
        with (self._path / _LOCK).open("wb") as lock:
            _hold(lock.fileno(), self._path)
            self._sweep()
            try:
                yield
            finally:  # an interrupt or a full disk ends workers while they write
                with suppress(OSError):
                    self._sweep()

    def _sweep(self) -> None:
        for part in self._path.glob(".*.part"):
            part.unlink(missing_ok=True)

    def read(self, name: str) -> bytes:
        """Return a file's content."""
        return (self._path / name).read_bytes()

    def write(self, name: str, write: Callable[[BinaryIO], object]) -> None:
        """Write beside the file, bring that to the disk, and give it the name."""
        part = self._path / f".{name}.{os.getpid()}.part"
        try:
            with part.open("wb") as stream:
                write(stream)
                stream.flush()
                os.fsync(stream.fileno())
            part.replace(self._path / name)
        except BaseException:
            with suppress(OSError):
                part.unlink(missing_ok=True)
            raise
        self._sync()

    def _sync(self) -> None:
        """Make sure that names outlast a loss of power, where the system can."""
        with suppress(OSError):
            handle = os.open(self._path, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)

    def append(self, name: str, line: bytes) -> bool:
        """Add a line to a file."""
        with (self._path / name).open("ab") as stream:
            stream.write(line)
        return True

    def remove(self, name: str) -> None:
        """Remove a file, if it is there."""
        (self._path / name).unlink(missing_ok=True)

    def sha256(self, name: str) -> str | None:
        """Return a file's checksum, or None."""
        content = hashlib.sha256()
        try:
            with (self._path / name).open("rb") as stream:
                while block := stream.read(_BLOCK):
                    content.update(block)
        except OSError:
            return None
        return content.hexdigest()


def reason_of(error: Exception) -> str:
    """Return one line that says why a file or folder could not be used."""
    told = error.strerror if isinstance(error, OSError) else None
    return told or str(error).partition("\n")[0]


def unwritable(folder: Folder, error: Exception) -> str:
    """Return one line that says why a job's folder takes no more, and how to go on."""
    return f"{folder}: cannot be written: {reason_of(error)}: {GO_ON}"


def _hold(handle: int, folder: Path) -> None:
    try:
        import fcntl
    except ImportError:  # a system without such locks
        return
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise UsageError(f"{folder}: another run is writing there: wait for its end") from error
