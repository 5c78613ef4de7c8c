"""Whole discussions: a page or thread in, the labelled thread and its summary out."""

import asyncio
import os
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor
from contextlib import contextmanager
from pathlib import Path

from classifier.errors import InputError
from classifier.labelling import Scorer
from classifier.pipeline import Report, read_threads, report
from classifier.reading import FORMATS, Limits, Notice
from classifier.serving.errors import RequestRefusedError, invalid, queue_full
from classifier.serving.settings import Settings
from classifier.thread import Thread

_MOST_WAITING = 4
_MOST_THREADS = 20


class Pages:
    """Reports on discussions one at a time, beside the comments that are scored meanwhile.

    Parameters
    ----------
    scorer : Scorer
        The loaded models.
    settings : Settings
        Limits.
    thread : Executor
        Where the work is done.
    """

    def __init__(self, scorer: Scorer, *, settings: Settings, thread: Executor) -> None:
        self._scorer = scorer
        self._settings = settings
        self._thread = thread
        self._waiting = 0

    async def reports(
        self,
        page: bytes,
        *,
        name: str = "page",
        targets: Sequence[str] = (),
        format: str | None = None,  # noqa: A002 - the word that users know
        most_threads: int = _MOST_THREADS,
    ) -> list[Report]:
        """Return the labelled threads of a page, each with its summary.

        Parameters
        ----------
        page : bytes
            A page, comment records, or threads as JSON, as `read_threads` takes them.
        name : str
            The id of a thread that brings none.
        targets : sequence of str
            Topics to ask every reply's stance towards.
        format : str or None
            What the page is; by default told from its beginning.
        most_threads : int
            More threads than that are refused.

        Raises
        ------
        RequestRefusedError
            If it cannot be read, holds too much, or too many pages wait already.
        """
        if format is not None and format not in FORMATS:
            raise invalid(f"Unknown format: choose one of {', '.join(FORMATS)}.")
        if self._waiting >= _MOST_WAITING:
            raise queue_full()
        self._waiting += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(
                self._thread, self._reports, page, name, targets, format, most_threads
            )
        finally:
            self._waiting -= 1

    def _reports(
        self,
        page: bytes,
        name: str,
        targets: Sequence[str],
        format_name: str | None,
        most_threads: int,
    ) -> list[Report]:
        threads: list[Thread] = []
        replies = 0
        with _held(page) as file:
            try:
                for thread in read_threads(
                    file,
                    format=format_name,
                    limits=Limits(
                        page_size=self._settings.most_page, input_size=self._settings.most_page
                    ),
                    models=self._settings.models,
                    keep_text=True,
                    notify=_say_nothing,
                ):
                    threads.append(_named(thread, name=name, file=file))
                    replies += len(thread.replies)
                    if len(threads) > most_threads or replies > self._settings.most_replies:
                        break
            except InputError as error:
                raise invalid(str(error).replace(str(file), name)) from None
        if len(threads) > most_threads:
            raise invalid(f"The request holds more threads than the {most_threads} that it may.")
        if replies > self._settings.most_replies:
            raise RequestRefusedError(
                code=413,
                message=f"The page has more than {self._settings.most_replies:,} replies.",
            )
        return [report(thread, self._scorer, targets=targets) for thread in threads]


def _say_nothing(_: Notice) -> None:
    """Keep out of the log what a page's reader has to say of it."""


def _named(thread: Thread, *, name: str, file: Path) -> Thread:
    """Return the thread without the name of the file that it was held in meanwhile."""
    own_id = name if thread.id == file.stem else thread.id
    source = None if thread.source == str(file) else thread.source
    return thread.model_copy(update={"id": own_id, "source": source})


@contextmanager
def _held(page: bytes) -> Iterator[Path]:
    """Hold a page where it can be read from as a file: in memory, where the system can."""
    if hasattr(os, "memfd_create"):
        descriptor = os.memfd_create("page")
        try:
            with os.fdopen(os.dup(descriptor), "wb") as stream:
                stream.write(page)
            yield Path(f"/proc/self/fd/{descriptor}")
        finally:
            os.close(descriptor)
        return
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "page"
        file.write_bytes(page)
        yield file
