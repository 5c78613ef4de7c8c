"""Run a job: read inputs, have pieces labelled, and keep the manifest."""

import json
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from classifier.scaling.crew import WORKER, Crew, Done
from classifier.scaling.manifest import Entry, Manifest
from classifier.scaling.pieces import pieces
from classifier.scaling.settings import JobSettings
from classifier.scaling.shards import shard_name, write_durably
from classifier.thread import Thread

if TYPE_CHECKING:
    from concurrent.futures import Future

ERRORS = "errors.jsonl"
_AHEAD = 2


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


def run_job(
    threads: Iterable[Thread],
    *,
    folder: Path,
    settings: JobSettings,
    job: Mapping[str, Any],
    workers: int = 1,
    left_out: Sequence[Mapping[str, Any]] = (),
    advance: Callable[[int], None] = lambda _: None,
    command: Sequence[str] = WORKER,
) -> JobResult:
    """Label threads into the shards of a folder; what is done there already is kept.

    Parameters
    ----------
    threads : iterable of Thread
        Of all inputs, in order; read no further ahead than workers need.
    folder : Path
        Where shards, manifest and errors go.
    settings : JobSettings
        What decides the labels.
    job : mapping
        What must be the same for an earlier run's shards to be kept; see
        `classifier.scaling.settings.identity`.
    workers : int
        How many processes label.
    left_out : sequence of mapping
        What reading `threads` left out, with ``source``, ``line`` and ``reason``; read once all
        threads are, so a list may grow until then.
    advance : callable
        Called with the number of replies that were just done or kept.
    command : sequence of str
        Starts a worker.

    Returns
    -------
    JobResult

    Raises
    ------
    UsageError
        If the folder cannot be written, another run holds it, or it was made otherwise.
    ClassifierError
        If the models do not load, or the disk is full. What was done is kept.
    """
    kept = shards = replies = 0
    failed: list[Mapping[str, Any]] = []
    count = 0
    with (
        Manifest.opened(folder, job=job) as manifest,
        Crew(workers, settings=settings, folder=folder, command=command) as crew,
    ):
        waiting: deque[Future[Done]] = deque()

        def finished(until: int) -> Iterator[Done]:
            while len(waiting) > until:
                yield waiting.popleft().result()

        def note(done: Done) -> None:
            nonlocal shards, replies
            if done.sha256 is None:
                manifest.forget(done.piece.number)
                failed.extend(done.left_out)
                return
            manifest.add(_entry(done, settings))
            shards, replies = shards + 1, replies + done.replies
            advance(done.piece.replies)

        for piece in pieces(threads, replies=settings.replies):
            count = piece.number + 1
            if manifest.holds(piece):
                kept += 1
                advance(piece.replies)
                continue
            waiting.append(crew.submit(piece))
            for done in finished(workers * _AHEAD):
                note(done)
        for done in finished(0):
            note(done)
        listed = [*left_out, *manifest.end(count), *failed]
        write_durably(folder / ERRORS, lambda stream: stream.writelines(map(_line, listed)))
    return JobResult(
        shards=shards,
        replies=replies,
        kept=kept,
        left_out=len(listed),
        failed=tuple(f"{each['source']}: {each['reason']}" for each in failed),
    )


def _entry(done: Done, settings: JobSettings) -> Entry:
    return Entry(
        shard=shard_name(done.piece.number, settings.shards),
        number=done.piece.number,
        digest=done.piece.digest,
        threads=done.threads,
        replies=done.replies,
        sha256=str(done.sha256),
        left_out=done.left_out,
    )


def _line(error: Mapping[str, Any]) -> bytes:
    return json.dumps(dict(error), ensure_ascii=True).encode() + b"\n"
