"""The article with the passages that replies quote, so that quotes lead to where they come from."""

from dataclasses import dataclass

from classifier.reporting.html.anchors import Anchors
from classifier.thread import Thread

_FEWEST_CHARACTERS = 12
_MOST_PASSAGES = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """A stretch of the article.

    Parameters
    ----------
    text : str
        Its words.
    anchor, quoted_by : str
        Name of the place and of the first reply that quotes it, or empty texts.
    """

    text: str
    anchor: str = ""
    quoted_by: str = ""


class QuotedArticle:
    """An article's text, cut at the passages that replies repeat word for word.

    Parameters
    ----------
    thread : Thread
        The thread; without its `page_text` no passage can be told.
    anchors : Anchors
        Its places in the page.

    Attributes
    ----------
    stretches : tuple of Stretch
        The whole article in order.
    """

    def __init__(self, thread: Thread, *, anchors: Anchors) -> None:
        text = thread.article.text if thread.article else ""
        self._names: dict[str, str] = {}
        stretches: list[Stretch] = []
        end = 0
        for start, words, position in sorted(_found(thread, text)):
            if start < end:
                continue
            name = f"{anchors.prefix}x.passage{len(self._names) + 1}"
            self._names[words] = name
            stretches.append(Stretch(text=text[end:start]))
            stretches.append(Stretch(text=words, anchor=name, quoted_by=anchors.at(position)))
            end = start + len(words)
        stretches.append(Stretch(text=text[end:]))
        self.stretches = tuple(stretch for stretch in stretches if stretch.text)

    def anchor_of(self, words: str) -> str | None:
        """Return the name of the passage that a quote repeats; None where none is marked."""
        return self._names.get(words)


def _found(thread: Thread, article: str) -> list[tuple[int, str, int]]:
    """Return where in the article each quote of it stands, its words, and who repeats it first."""
    first: dict[str, int] = {}
    for position, reply in enumerate(thread.replies):
        for quote in reply.quotes:
            if quote.reply_id == "article" and 0 <= quote.start < quote.end:
                words = (thread.page_text or "")[quote.start : quote.end].strip()
                if len(words) >= _FEWEST_CHARACTERS and len(first) < _MOST_PASSAGES:
                    first.setdefault(words, position)
    return [
        (start, words, position)
        for words, position in first.items()
        if (start := article.find(words)) >= 0
    ]
