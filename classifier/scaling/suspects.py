"""Which threads of a piece its workers died on, so that one thread does not cost the others."""

from collections import Counter

_DEATHS = 2
# So many threads of one piece that end workers are no accident of theirs: something is short.
_MOST = 10


class Suspects:
    """What is known of a piece whose workers die.

    The first worker labels it at once. After a death the next one tells of each thread before it
    takes it in; a thread that two such workers died on is left out. A piece is given up on which
    they die otherwise, before the first thread or after the last, or on more than ten threads.
    """

    def __init__(self) -> None:
        self._attempts = 0
        self._elsewhere = 0
        self._deaths: Counter[int] = Counter()
        self._at: int | None = None

    @property
    def careful(self) -> bool:
        """Whether the worker is to tell of each thread."""
        return self._attempts > 1

    @property
    def skipped(self) -> tuple[int, ...]:
        """Places of the threads to leave out."""
        return tuple(sorted(place for place, died in self._deaths.items() if died >= _DEATHS))

    def begin(self) -> bool:
        """Tell whether the piece may be tried once more; where it was begun before, that died."""
        if self._attempts > 1 and self._at is not None:
            self._deaths[self._at] += 1
        elif self._attempts > 0:
            self._elsewhere += 1
        self._attempts += 1
        self._at = None
        return self._elsewhere <= _DEATHS and len(self.skipped) <= _MOST

    def at(self, place: int | None) -> None:
        """Note which thread is begun; None after the last one."""
        self._at = place
