"""The manifest: which shards of a job are done, and from what."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from classifier.errors import UsageError
from classifier.scaling.pieces import Piece
from classifier.scaling.shards import sha256_of, sweep, write_durably

MANIFEST = "manifest.jsonl"
JOB = "job.json"
_LOCK = ".lock"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One shard that is done.

    Parameters
    ----------
    shard : str
        Name of its file.
    number : int
        Place of its piece in the job.
    digest : str
        Checksum of what was labelled.
    threads, replies : int
        What it holds.
    sha256 : str
        Checksum of its file.
    left_out : tuple of dict
        Threads of the piece that could not be labelled: ``source`` and ``reason``.
    """

    shard: str
    number: int
    digest: str
    threads: int
    replies: int
    sha256: str
    left_out: tuple[Mapping[str, Any], ...] = ()


class Manifest:
    """What is done in a job's folder; one run at a time may hold it.

    Its file gains a line with each shard. A line that a crash cut short is passed over: its
    shard is written again.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._file = folder / MANIFEST
        self._entries = {entry.number: entry for entry in self._listed()}
        self._renew()

    @classmethod
    @contextmanager
    def opened(cls, folder: Path, *, job: Mapping[str, Any]) -> Iterator["Manifest"]:
        """Open the manifest of a folder for one run, which is made where there is none.

        Raises
        ------
        UsageError
            If the folder cannot be written, another run holds it, or it has shards that were
            made with other options or models.
        """
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with (folder / _LOCK).open("wb") as lock:
                _hold(lock.fileno(), folder)
                sweep(folder)
                _settle(folder, job)
                yield cls(folder)
        except OSError as error:
            raise UsageError(f"{folder}: cannot be written: {error.strerror}") from error

    def holds(self, piece: Piece) -> bool:
        """Tell whether a piece's shard is done, from the same threads, and undamaged."""
        entry = self._entries.get(piece.number)
        return (
            entry is not None
            and entry.digest == piece.digest
            and sha256_of(self._folder / entry.shard) == entry.sha256
        )

    def add(self, entry: Entry) -> None:
        """List a shard that was written."""
        self._entries[entry.number] = entry
        with self._file.open("ab") as stream:
            stream.write(_line(entry))
            stream.flush()

    def forget(self, number: int) -> None:
        """Take out the shard of a piece, if there is one."""
        entry = self._entries.pop(number, None)
        if entry is not None:
            self._renew()
            (self._folder / entry.shard).unlink(missing_ok=True)

    def end(self, count: int) -> list[Mapping[str, Any]]:
        """Take out shards of earlier, longer inputs; list the rest in order.

        Returns
        -------
        list of mapping
            What all shards together leave out.
        """
        for number in [each for each in self._entries if each >= count]:
            self.forget(number)
        self._renew()
        entries = sorted(self._entries.values(), key=lambda entry: entry.number)
        return [each for entry in entries for each in entry.left_out]

    def _listed(self) -> Iterator[Entry]:
        try:
            lines = self._file.read_bytes().split(b"\n")
        except FileNotFoundError:
            return
        for line in lines:
            try:
                yield Entry(**json.loads(line))
            except (ValueError, TypeError):
                continue

    def _renew(self) -> None:
        entries = sorted(self._entries.values(), key=lambda entry: entry.number)
        write_durably(self._file, lambda stream: stream.writelines(map(_line, entries)))


def _line(entry: Entry) -> bytes:
    return json.dumps(asdict(entry)).encode() + b"\n"


def _settle(folder: Path, job: Mapping[str, Any]) -> None:
    """Write down what the folder's shards are made with, or compare it."""
    file = folder / JOB
    try:
        earlier = json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        content = json.dumps(job, indent=1).encode() + b"\n"
        write_durably(file, lambda stream: stream.write(content))
        return
    except ValueError as error:
        raise UsageError(f"{file}: damaged: name another folder, or remove this one") from error
    differing = [key for key in (*job, *earlier) if job.get(key) != earlier.get(key)]
    if differing:
        raise UsageError(
            f"{folder}: its shards were made with another {differing[0]}: name another folder, or "
            "go on as before"
        )


def _hold(handle: int, folder: Path) -> None:
    try:
        import fcntl
    except ImportError:  # a system without such locks
        return
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise UsageError(f"{folder}: another run is writing there: wait for its end") from error
