"""The manifest: which shards of a job are done, and from what."""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from time import monotonic
from typing import Any

from classifier.errors import UsageError
from classifier.scaling.folders import Folder, unwritable
from classifier.scaling.pieces import Piece

MANIFEST = "manifest.jsonl"
JOB = "job.json"
# Where lines cannot be added, all of it is written anew, so often that it costs a twentieth.
_SECONDS = 30.0
_TIMES = 20


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
        Threads of the piece that could not be labelled: ``source``, ``thread`` and ``reason``.
    """

    shard: str
    number: int
    digest: str
    threads: int
    replies: int
    sha256: str
    left_out: tuple[Mapping[str, Any], ...] = ()

    @classmethod
    def of(
        cls,
        answer: Mapping[str, Any],
        *,
        shard: str,
        number: int,
        digest: str,
        names: Sequence[tuple[str | None, str]],
    ) -> "Entry":
        """Return the entry of a piece from a worker's answer and its threads' sources and ids."""
        left_out = []
        for place, reason in answer["left_out"]:
            source, thread = names[place]
            left_out.append({"source": source, "thread": thread, "reason": reason})
        return cls(
            shard=shard,
            number=number,
            digest=digest,
            threads=answer["threads"],
            replies=answer["replies"],
            sha256=answer["sha256"],
            left_out=tuple(left_out),
        )


class Manifest:
    """What is done in a job's folder; one run at a time may hold it.

    Its file gains a line with each shard. A line that a crash cut short is passed over: its
    shard is written again.
    """

    def __init__(self, folder: Folder) -> None:
        self._folder = folder
        self._entries = {entry.number: entry for entry in self._listed()}
        self._renew()

    @classmethod
    @contextmanager
    def opened(cls, folder: Folder, *, job: Mapping[str, Any]) -> Iterator["Manifest"]:
        """Open the manifest of a folder for one run, which is made where there is none.

        Raises
        ------
        UsageError
            If the folder cannot be written, another run holds it, or it has shards that were
            made with other options or models.
        """
        try:
            with folder.held():
                _settle(folder, job)
                yield cls(folder)
        except OSError as error:
            raise UsageError(unwritable(folder, error)) from error

    def holds(self, piece: Piece) -> bool:
        """Tell whether a piece's shard is done, from the same threads, and undamaged."""
        entry = self._entries.get(piece.number)
        return (
            entry is not None
            and entry.digest == piece.digest
            and self._folder.sha256(entry.shard) == entry.sha256
        )

    def listed(self) -> dict[int, tuple[str, str]]:
        """Return the checksums of what was labelled and of the shard, of each piece listed."""
        return {number: (entry.digest, entry.sha256) for number, entry in self._entries.items()}

    def add(self, entry: Entry) -> None:
        """List a shard that was written."""
        self._entries[entry.number] = entry
        if not self._folder.append(MANIFEST, _line(entry)) and monotonic() > self._due:
            self._renew()

    def forget(self, number: int) -> None:
        """Take out the shard of a piece, if there is one."""
        entry = self._entries.pop(number, None)
        if entry is not None:
            self._renew()
            self._folder.remove(entry.shard)

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
            lines = self._folder.read(MANIFEST).split(b"\n")
        except FileNotFoundError:
            return
        for line in lines:
            try:
                yield Entry(**json.loads(line))
            except (ValueError, TypeError):
                continue

    def _renew(self) -> None:
        entries = sorted(self._entries.values(), key=lambda entry: entry.number)
        begun = monotonic()
        self._folder.write(MANIFEST, lambda stream: stream.writelines(map(_line, entries)))
        ended = monotonic()
        self._due = ended + max(_SECONDS, _TIMES * (ended - begun))


def _line(entry: Entry) -> bytes:
    return json.dumps(asdict(entry)).encode() + b"\n"


def _settle(folder: Folder, job: Mapping[str, Any]) -> None:
    """Write down what the folder's shards are made with, or compare it."""
    try:
        earlier = json.loads(folder.read(JOB))
    except FileNotFoundError:
        content = json.dumps(job, indent=1).encode() + b"\n"
        folder.write(JOB, lambda stream: stream.write(content))
        return
    except ValueError as error:
        raise UsageError(
            f"{folder}/{JOB}: damaged: name another folder, or remove this one"
        ) from error
    differing = [key for key in (*job, *earlier) if job.get(key) != earlier.get(key)]
    if differing:
        raise UsageError(
            f"{folder}: its shards were made with another {differing[0]}: name another folder, or "
            "go on as before"
        )
