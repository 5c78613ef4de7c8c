"""Comments that arrive together are scored together.

The longest-waiting comment is always in the next batch, with those of the others that are nearest
to it in length, so that little of a batch is padding and nobody waits for ever.
"""

import asyncio
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from typing import Self

from classifier.labelling import Comment
from classifier.serving.errors import overdue, queue_full
from classifier.serving.metrics import Metrics
from classifier.thread import Labels

Score = Callable[[Sequence[Comment], bool], list[Labels]]

_MOST_TOGETHER = 16
_MOST_PADDING = 1.25
_FREE_CHARACTERS = 200
_PAUSE = 0.003


@dataclass(frozen=True, slots=True, eq=False)
class _Waiting:
    comment: Comment
    tone: bool
    labels: asyncio.Future[Labels]

    @property
    def characters(self) -> int:
        return len(self.comment.text)


class Batcher:
    """Scores comments of many requests in one thread, a batch at a time.

    Parameters
    ----------
    score : callable
        Takes comments and whether to label tone, and returns their labels; runs in a thread.
    metrics : Metrics
        Counts.
    most_waiting : int
        Comments that may wait; streams may let a quarter as many wait beside them.
    deadline : float
        Seconds that a comment may wait.
    """

    def __init__(
        self, score: Score, *, metrics: Metrics, most_waiting: int, deadline: float
    ) -> None:
        self._score = score
        self._metrics = metrics
        self._most_waiting = most_waiting
        self._deadline = deadline
        self._waiting: list[_Waiting] = []
        self._arrived = asyncio.Event()
        self._room_for_streams = asyncio.Semaphore(max(1, most_waiting // 4))
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="scoring")
        self._task: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        self._task = asyncio.create_task(self._run())
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task
        self._thread.shutdown(wait=True, cancel_futures=True)

    @property
    def is_full(self) -> bool:
        """Whether a further comment would be refused."""
        return len(self._waiting) >= self._most_waiting

    async def labels(self, comments: Sequence[Comment], *, tone: bool = False) -> list[Labels]:
        """Return the labels of a request's comments.

        Raises
        ------
        RequestRefusedError
            If too many wait already, or the deadline passes.
        """
        if self._waiting and len(self._waiting) + len(comments) > self._most_waiting:
            raise queue_full()
        waiting = [self._add(comment, tone=tone) for comment in comments]
        try:
            async with asyncio.timeout(self._deadline):
                return [await one.labels for one in waiting]
        except TimeoutError:
            raise overdue() from None
        finally:
            for one in waiting:
                _let_go(one.labels)

    async def labels_in_turn(self, comment: Comment, *, tone: bool = False) -> Labels:
        """Return the labels of one comment of a stream, which waits until there is room."""
        async with self._room_for_streams:
            return await self._add(comment, tone=tone).labels

    def _add(self, comment: Comment, *, tone: bool) -> _Waiting:
        one = _Waiting(comment, tone, asyncio.get_running_loop().create_future())
        self._waiting.append(one)
        self._metrics.waiting.set(len(self._waiting))
        self._arrived.set()
        return one

    async def _run(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            if not self._waiting:
                self._arrived.clear()
                await self._arrived.wait()
                await asyncio.sleep(_PAUSE)
            batch = self._take()
            if not batch:
                continue
            comments, tone = [one.comment for one in batch], batch[0].tone
            try:
                found = await loop.run_in_executor(self._thread, self._score, comments, tone)
            except Exception as error:  # noqa: BLE001 - whatever it is, it belongs to the requests
                await self._one_by_one(batch, error)
            else:
                _give(batch, found)
            self._metrics.batch.observe(len(batch))
            self._metrics.comments.inc(len(batch))

    async def _one_by_one(self, batch: Sequence[_Waiting], error: Exception) -> None:
        """Score each comment of a batch that failed alone, so that only the cause of it fails."""
        if len(batch) == 1:
            if not batch[0].labels.done():
                batch[0].labels.set_exception(error)
            return
        loop = asyncio.get_running_loop()
        for one in batch:
            try:
                _give(
                    [one],
                    await loop.run_in_executor(self._thread, self._score, [one.comment], one.tone),
                )
            except Exception as own:  # noqa: BLE001 - likewise
                await self._one_by_one([one], own)

    def _take(self) -> list[_Waiting]:
        """Take the next batch out of those that wait."""
        self._waiting = [one for one in self._waiting if not one.labels.done()]
        if not self._waiting:
            return []
        oldest = self._waiting[0]
        near = sorted(
            (one for one in self._waiting if one.tone == oldest.tone),
            key=lambda one: abs(one.characters - oldest.characters),
        )
        batch = list(_unpadded(near))
        taken = set(batch)
        self._waiting = [one for one in self._waiting if one not in taken]
        self._metrics.waiting.set(len(self._waiting))
        return batch


def _let_go(labels: asyncio.Future[Labels]) -> None:
    """Cancel what nobody waits for any more; an error in it is seen, so that it is not logged."""
    if not labels.cancel() and not labels.cancelled():
        labels.exception()


def _unpadded(near: Iterable[_Waiting]) -> Iterable[_Waiting]:
    """Yield from the first on as long as their longest makes little padding of the others."""
    count = total = longest = 0
    for one in near:
        count, total = count + 1, total + one.characters
        longest = max(longest, one.characters)
        padded = count * longest
        if count > _MOST_TOGETHER or padded > _MOST_PADDING * total + _FREE_CHARACTERS * count:
            return
        yield one


def _give(batch: Sequence[_Waiting], found: Sequence[Labels]) -> None:
    for one, labels in zip(batch, found, strict=True):
        if not one.labels.done():
            one.labels.set_result(labels)
