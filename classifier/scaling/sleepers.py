"""Worker processes that sleep for good.

Native code that finds no memory to say so can wait for ever for a lock of its own (pydantic's does,
where the panic of a failed allocation allocates), and then neither ends nor answers.
"""

from collections.abc import Callable, Iterable
from pathlib import Path
from threading import Event, Thread
from time import monotonic
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from subprocess import Popen

PATIENCE = 30.0
_CHECKS = 10


class Watch:
    """Kills processes that take no processor time for too long; a context manager.

    Only where the system tells processor times in ``/proc``; elsewhere nothing is killed.

    Parameters
    ----------
    awaited : callable
        Returns the processes that something waits for now.
    patience : float
        After how many seconds asleep one is killed.
    """

    def __init__(
        self, awaited: Callable[[], Iterable["Popen[str]"]], *, patience: float = PATIENCE
    ) -> None:
        self._awaited = awaited
        self._patience = patience
        self._over = Event()
        self._thread = Thread(target=self._watch, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _watch(self) -> None:
        since: dict[int, tuple[int, float]] = {}
        while not self._over.wait(self._patience / _CHECKS):
            now, before = monotonic(), since
            since = {}
            for process in self._awaited():
                ticks = _ticks_of_sleeper(process.pid)
                if ticks is None:
                    continue
                seen, when = before.get(process.pid, (ticks, now))
                since[process.pid] = (ticks, when if seen == ticks else now)
                if seen == ticks and now - when > self._patience:
                    process.kill()


def _ticks_of_sleeper(process: int) -> int | None:
    """Return the processor time that a sleeping process has taken, or None if it does not sleep.

    One that waits for a disk or was stopped by a signal does not sleep; it is not stuck by itself.
    """
    try:
        status = Path(f"/proc/{process}/stat").read_text()
    except OSError:
        return None
    # The name, in parentheses, may hold anything.
    fields = status.rpartition(")")[2].split()
    state, user, system = fields[0], int(fields[11]), int(fields[12])
    return user + system if state == "S" else None
