"""The workers of a job: processes that are started when needed and replaced when they die.

One that sleeps for good is killed, so it counts as dead too.
"""

import json
import signal
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from queue import LifoQueue
from typing import Any, Self

from classifier.errors import ClassifierError
from classifier.scaling.folders import Folder
from classifier.scaling.manifest import Entry
from classifier.scaling.outcome import Done
from classifier.scaling.pieces import Piece, parts_of_line
from classifier.scaling.settings import JobSettings
from classifier.scaling.shards import shard_name
from classifier.scaling.sleepers import PATIENCE, Watch
from classifier.scaling.suspects import Suspects

WORKER = (sys.executable, "-m", "classifier.scaling.worker")
_PATIENCE = 5.0


class _DiedError(Exception):
    """A worker ended before it answered; its message says how."""


class Crew:
    """Several workers; a context manager that ends them all.

    Parameters
    ----------
    size : int
        How many.
    settings : JobSettings
        What they are told.
    folder : Folder
        Where shards go.
    command : sequence of str
        Starts a worker.
    patience : float
        After how many seconds asleep over a piece a worker is killed.
    """

    def __init__(
        self,
        size: int,
        *,
        settings: JobSettings,
        folder: Folder,
        command: Sequence[str] = WORKER,
        patience: float = PATIENCE,
    ) -> None:
        self._settings = settings
        self._pool = ThreadPoolExecutor(size)
        self._workers: list[_Worker] = [
            _Worker(command, settings=settings, folder=folder) for _ in range(size)
        ]
        self._idle: LifoQueue[_Worker] = LifoQueue()
        for worker in self._workers:
            self._idle.put(worker)
        self._watch = Watch(self._awaited, patience=patience)

    def __enter__(self) -> Self:
        self._watch.__enter__()
        return self

    def __exit__(self, *_: object) -> None:
        self._watch.__exit__()
        self._pool.shutdown(wait=False, cancel_futures=True)
        for worker in self._workers:
            worker.end()
        self._pool.shutdown()

    def submit(self, piece: Piece) -> "Future[Done]":
        """Hand a piece to the next idle worker.

        The future raises `ClassifierError` where the whole job cannot go on: the models do not
        load, or the folder takes no more.
        """
        return self._pool.submit(self._work, piece)

    def _awaited(self) -> "list[subprocess.Popen[str]]":
        return [awaited for worker in self._workers if (awaited := worker.awaited) is not None]

    def _work(self, piece: Piece) -> Done:
        worker = self._idle.get()
        try:
            return self._attempted(worker, piece)
        finally:
            self._idle.put(worker)

    def _attempted(self, worker: "_Worker", piece: Piece) -> Done:
        shard = shard_name(piece.number, self._settings.shards)
        suspects, reason = Suspects(), ""
        while suspects.begin():
            try:
                answer = worker.ask(shard, piece.lines, suspects=suspects, reason=reason)
            except _DiedError as error:
                reason = f"several workers ended on it: {error}"
                continue
            if (stopped := answer.get("stopped")) is not None:
                raise ClassifierError(stopped)
            entry = Entry.of(
                answer, shard=shard, number=piece.number, digest=piece.digest, names=piece.names
            )
            return Done(number=piece.number, size=piece.replies, entry=entry)
        lost = {"source": piece.name, "reason": reason}
        return Done(number=piece.number, size=piece.replies, entry=None, lost=lost)


class _Worker:
    """One worker process, started when it is first asked and again after its death."""

    def __init__(self, command: Sequence[str], *, settings: JobSettings, folder: Folder) -> None:
        self._command = command
        self._head = json.dumps({"settings": settings.to_json(), "folder": folder.address})
        self._process: subprocess.Popen[str] | None = None
        self.awaited: subprocess.Popen[str] | None = None
        self._ended = False

    def ask(
        self, shard: str, lines: Sequence[str], *, suspects: Suspects, reason: str
    ) -> dict[str, Any]:
        process = self._process or self._started()
        head = {
            "shard": shard,
            "threads": len(lines),
            "careful": suspects.careful,
            "skipped": suspects.skipped,
            "reason": reason,
        }
        sent = () if suspects.careful else lines
        answer = self._asked(process, (json.dumps(head), *sent))
        while "at" in answer:
            suspects.at(place := answer["at"])
            answer = self._asked(process, () if place is None else (lines[place],))
        return answer

    def _started(self) -> "subprocess.Popen[str]":
        # A session of its own: an interrupt at the terminal reaches the job, which ends it.
        process = subprocess.Popen(  # noqa: S603 - this package's own program
            self._command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            # Native code that finds no memory says so there; how a worker ended is told anyway.
            stderr=subprocess.DEVNULL,
            encoding="utf-8",
            errors="surrogatepass",
            start_new_session=True,
        )
        self._process = process
        answer = self._asked(process, (self._head,))
        if (refused := answer.get("refused")) is not None:
            raise ClassifierError(refused)
        return process

    def _asked(self, process: "subprocess.Popen[str]", lines: Sequence[str]) -> dict[str, Any]:
        if process.stdin is None or process.stdout is None or self._ended:
            raise _DiedError("it was ended")
        self.awaited = process
        try:
            for line in lines:
                process.stdin.writelines(parts_of_line(line))
                process.stdin.write("\n")
            process.stdin.flush()
            answer: dict[str, Any] = json.loads(process.stdout.readline())
        except (OSError, ValueError) as error:
            self._process = None
            raise _DiedError(_how_it_ended(process)) from error
        finally:
            self.awaited = None
        if (died := answer.get("died")) is not None:
            self._process = None
            _how_it_ended(process)
            raise _DiedError(died)
        return answer

    def end(self) -> None:
        self._ended = True
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        with suppress(subprocess.TimeoutExpired):
            process.wait(_PATIENCE)
        for stream in (process.stdin, process.stdout):
            with suppress(OSError, ValueError):
                if stream is not None:
                    stream.close()


def _how_it_ended(process: "subprocess.Popen[str]") -> str:
    for stream in (process.stdin, process.stdout):
        with suppress(OSError, ValueError):
            if stream is not None:
                stream.close()
    try:
        code = process.wait(_PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
        code = process.wait()
    if code < 0:
        return f"killed by {signal.Signals(-code).name}, perhaps for want of memory"
    return f"exit code {code}, perhaps for want of memory"
