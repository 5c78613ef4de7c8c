"""Find which reply a reply answers: by its quotes, or by an author that it names."""

import re
from collections.abc import Mapping, Sequence

from classifier.thread import Quote, Reply

_MENTION = re.compile(r"@(\S{1,60}(?: \S{1,60}){0,3})")
_MOST_WORDS = 4
_AFTER_NAME = ",:;.!?-)"


class Names:
    """The authors met so far, and the last reply of each."""

    def __init__(self) -> None:
        self._last: dict[str, str] = {}

    def add(self, reply: Reply) -> None:
        """Remember a reply's author, where it has one."""
        if reply.author:
            self._last[reply.author.casefold()] = reply.id

    def last(self, name: str | None) -> str | None:
        """Return the id of the last reply by an author, or None."""
        return self._last.get(name.casefold()) if name else None

    def mentioned(self, own: str) -> str | None:
        """Return the last reply of the first author whom a text mentions as ``@name``."""
        if not self._last:
            return None
        for found in _MENTION.finditer(own):
            words = found[1].split(" ")
            for count in range(min(_MOST_WORDS, len(words)), 0, -1):
                if reply := self.last(" ".join(words[:count]).rstrip(_AFTER_NAME)):
                    return reply
        return None


def parent_of(
    own: str, quotes: Sequence[Quote], earlier: Mapping[str, Reply], names: Names
) -> str | None:
    """Return the id of the reply that is answered, or None if the page does not tell.

    Of several quotes the first counts, unless a later one holds it: in a nested quote the outer
    post is the one that is answered.

    Parameters
    ----------
    own : str
        The reply's own words.
    quotes : sequence of Quote
        Its quotes in page order.
    earlier : mapping of str to Reply
        The replies before it, by id.
    names : Names
        The authors before it.
    """
    parent: Reply | None = None
    for quote in quotes:
        quoted = earlier.get(quote.reply_id or "")
        if quoted and (
            parent is None or any(inner.reply_id == parent.id for inner in quoted.quotes)
        ):
            parent = quoted
    return parent.id if parent else names.mentioned(own)
