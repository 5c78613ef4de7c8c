"""The threads of a job's inputs, cut into pieces that become a shard each."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from classifier.thread import Thread

_PART = 1_000_000
_MOST_CHARACTERS = 5_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class ThreadLine:
    """A thread as it is handed to a worker.

    Parameters
    ----------
    json : str
        The thread, split and not yet labelled, on one line.
    id, source : str
        Its own; None for the source of one that has none.
    replies : int
        How many it has.
    """

    json: str
    id: str
    source: str | None
    replies: int

    @classmethod
    def of(cls, thread: Thread) -> "ThreadLine":
        """Return the line of a thread."""
        return cls(
            json=thread.to_json(),
            id=thread.id,
            source=thread.source,
            replies=len(thread.replies),
        )


@dataclass(frozen=True, kw_only=True)
class Piece:
    """Threads that follow each other in the inputs and are labelled and written together.

    Parameters
    ----------
    number : int
        Its place in the job, from 0.
    threads : tuple of ThreadLine
        What is to be labelled.
    """

    number: int
    threads: tuple[ThreadLine, ...]

    @property
    def replies(self) -> int:
        """How many replies its threads have."""
        return sum(thread.replies for thread in self.threads)

    @property
    def name(self) -> str:
        """How messages name it, by the threads' ids."""
        first, last = self.threads[0], self.threads[-1]
        place = "" if first.source is None else f"{first.source}: "
        ids = first.id if first is last else f"{first.id} to {last.id}"
        return f"{place}{ids}"

    @property
    def names(self) -> tuple[tuple[str | None, str], ...]:
        """Source and id of each of its threads."""
        return tuple((thread.source, thread.id) for thread in self.threads)

    @property
    def lines(self) -> tuple[str, ...]:
        """Its threads as JSON, one a line."""
        return tuple(thread.json for thread in self.threads)

    @cached_property
    def digest(self) -> str:
        """A checksum of what is to be labelled."""
        content = hashlib.sha256()
        for line in self.lines:
            for part in parts_of_line(line):
                content.update(part.encode("utf-8", "surrogatepass"))
            content.update(b"\n")
        return content.hexdigest()


def parts_of_line(line: str) -> Iterator[str]:
    """Yield a line in parts of a million characters, so that it is not all encoded at once."""
    for start in range(0, len(line), _PART):
        yield line[start : start + _PART]


def pieces(threads: Iterable[ThreadLine], *, replies: int) -> Iterator[Piece]:
    """Cut threads into pieces, each of whole threads and full from so many replies on.

    A thread without replies counts as one, so that a million empty pages are no single piece. A
    piece is full too from some megabytes on, so that long comments are not held by the thousand.
    """
    number, size, characters = 0, 0, 0
    gathered: list[ThreadLine] = []
    for thread in threads:
        gathered.append(thread)
        size += max(thread.replies, 1)
        characters += len(thread.json)
        if size >= replies or characters >= _MOST_CHARACTERS:
            yield Piece(number=number, threads=tuple(gathered))
            number, size, characters = number + 1, 0, 0
            gathered = []
    if gathered:
        yield Piece(number=number, threads=tuple(gathered))
