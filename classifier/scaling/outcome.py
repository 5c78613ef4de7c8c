"""What became of a job's pieces, whoever labelled them."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from classifier.scaling.folders import Folder
from classifier.scaling.manifest import Entry, Manifest

ERRORS = "errors.jsonl"


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What became of a piece.

    Parameters
    ----------
    number : int
        Its place in the job.
    size : int
        How many replies it has.
    entry : Entry or None
        Its shard; None where no worker survived it and there is none.
    lost : mapping or None
        Then ``source`` and ``reason``.
    """

    number: int
    size: int
    entry: Entry | None
    lost: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class JobResult:
    """What a run of a job did.

    Parameters
    ----------
    shards, replies : int
        Labelled and written in this run.
    kept : int
        Shards that an earlier run had done.
    left_out : int
        Records, threads and inputs that could not be labelled, listed in ``errors.jsonl``.
    failed : tuple of str
        Which pieces are missing, and why: no worker came back from them.
    """

    shards: int
    replies: int
    kept: int
    left_out: int
    failed: tuple[str, ...]


class Outcome:
    """What a run has done so far.

    Parameters
    ----------
    manifest : Manifest
        Where shards are listed.
    advance : callable
        Called with the number of replies that were just done or kept.
    """

    def __init__(self, manifest: Manifest, *, advance: Callable[[int], None]) -> None:
        self._manifest = manifest
        self._advance = advance
        self._shards = self._replies = self._kept = 0
        self._lost: list[tuple[int, Mapping[str, Any]]] = []

    def keep(self, replies: int) -> None:
        """Count a piece that an earlier run had done."""
        self._kept += 1
        self._advance(replies)

    def add(self, done: Done) -> None:
        """Count a piece that was labelled, or lost, in this run."""
        if done.entry is None:
            self._manifest.forget(done.number)
            self._lost.append((done.number, done.lost or {}))
            return
        self._manifest.add(done.entry)
        self._shards += 1
        self._replies += done.entry.replies
        self._advance(done.size)

    def end(
        self, folder: Folder, *, count: int, left_out: Iterable[Mapping[str, Any]]
    ) -> JobResult:
        """Bring the manifest in order, list what was left out, and return what was done.

        Parameters
        ----------
        folder : Folder
            Where ``errors.jsonl`` goes.
        count : int
            How many pieces the job has.
        left_out : iterable of mapping
            What reading left out.
        """
        lost = [each for _, each in sorted(self._lost, key=lambda each: each[0])]
        listed = [*left_out, *self._manifest.end(count), *lost]
        folder.write(ERRORS, lambda stream: stream.writelines(map(_line, listed)))
        return JobResult(
            shards=self._shards,
            replies=self._replies,
            kept=self._kept,
            left_out=len(listed),
            failed=tuple(f"{each['source']}: {each['reason']}" for each in lost),
        )


def _line(error: Mapping[str, Any]) -> bytes:
    return json.dumps(dict(error), ensure_ascii=True).encode() + b"\n"
