"""Names for the places in a page that links lead to."""

import re

from classifier.thread import Thread

_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,39}")


class Anchors:
    """Fragment names of one thread, unique in the page and plain whatever the ids are.

    Parameters
    ----------
    thread : Thread
        The thread.
    number : int or None
        Its place in a page of several threads; None where it stands alone, which gives the
        shortest deep links: ``#r5``.
    """

    def __init__(self, thread: Thread, *, number: int | None = None) -> None:
        self.prefix = "" if number is None else f"t{number}-"
        self.thread = f"t{number or 1}"
        self._replies: list[str] = []
        self._by_id: dict[str, str] = {}
        taken = {"article", self.thread}
        for position, reply in enumerate(thread.replies, start=1):
            plain = _PLAIN.fullmatch(reply.id) is not None and not reply.id.startswith("at-")
            name = reply.id if plain and reply.id not in taken else f"at-{position}"
            taken.add(name)
            self._replies.append(self.prefix + name)
            self._by_id.setdefault(reply.id, self.prefix + name)
        if thread.article is not None:
            self._by_id["article"] = f"{self.prefix}article"

    @property
    def article(self) -> str:
        """Name of the article."""
        return f"{self.prefix}article"

    def at(self, position: int) -> str:
        """Return the name of the reply at a position, counted from 0."""
        return self._replies[position]

    def of(self, reply_id: str | None) -> str | None:
        """Return the name of a reply or of ``"article"``; None where the page has none."""
        return None if reply_id is None else self._by_id.get(reply_id)
