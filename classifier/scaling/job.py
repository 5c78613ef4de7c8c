"""Run a job on this machine: read inputs, have workers label pieces, keep the manifest."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from classifier.scaling.crew import WORKER, Crew
from classifier.scaling.folders import Folder
from classifier.scaling.manifest import Manifest
from classifier.scaling.outcome import Done, JobResult, Outcome
from classifier.scaling.pieces import ThreadLine, pieces
from classifier.scaling.settings import JobSettings
from classifier.scaling.sleepers import PATIENCE
from classifier.thread import Thread

if TYPE_CHECKING:
    from concurrent.futures import Future

_AHEAD = 2


def run_job(
    threads: Iterable[Thread],
    *,
    folder: Folder,
    settings: JobSettings,
    job: Mapping[str, Any],
    workers: int = 1,
    left_out: Sequence[Mapping[str, Any]] = (),
    advance: Callable[[int], None] = lambda _: None,
    command: Sequence[str] = WORKER,
    patience: float = PATIENCE,
) -> JobResult:
    """Label threads into the shards of a folder; what is done there already is kept.

    Parameters
    ----------
    threads : iterable of Thread
        Of all inputs, in order; read no further ahead than workers need.
    folder : Folder
        Where shards, manifest and errors go; see `classifier.scaling.folder_at`.
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
    patience : float
        After how many seconds asleep over a piece a worker is killed and another tries.

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
    count = 0
    with (
        Manifest.opened(folder, job=job) as manifest,
        Crew(workers, settings=settings, folder=folder, command=command, patience=patience) as crew,
    ):
        outcome = Outcome(manifest, advance=advance)
        waiting: deque[Future[Done]] = deque()

        def finished(until: int) -> Iterator[Done]:
            while len(waiting) > until:
                yield waiting.popleft().result()

        for piece in pieces(map(ThreadLine.of, threads), replies=settings.replies):
            count = piece.number + 1
            if manifest.holds(piece):
                outcome.keep(piece.replies)
                continue
            waiting.append(crew.submit(piece))
            for done in finished(workers * _AHEAD):
                outcome.add(done)
        for done in finished(0):
            outcome.add(done)
        return outcome.end(folder, count=count, left_out=left_out)
