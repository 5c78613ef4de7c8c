"""The words of a text entry, and where each stands in the text as it was sent.

Spans are given in UTF-16 code units of the original, markup included, since that is how the API's
clients, most of them JavaScript, count.
"""

import html
import re
from dataclasses import dataclass
from html.parser import HTMLParser
from itertools import accumulate

from classifier.serving.messages import TextEntry
from classifier.thread import Span

_FIRST_PAIR = "\U00010000"
_SILENT = frozenset({"script", "style", "template", "title"})
_INLINE = frozenset(
    {"a", "abbr", "b", "bdi", "bdo", "cite", "code", "em", "font", "i", "ins", "kbd", "mark", "q"}
    | {"s", "small", "span", "strike", "strong", "sub", "sup", "u", "var", "wbr"}
)
_REFERENCE = re.compile(r"&#?[0-9A-Za-z]{1,32};?")


@dataclass(frozen=True, slots=True)
class Original:
    """Words, and where they come from.

    Parameters
    ----------
    words : str
        What is scored.
    starts, ends : sequence of int or None
        Where each character of `words` begins and ends in the original, in UTF-16 code units;
        None where that is its own index.
    """

    words: str
    starts: tuple[int, ...] | None = None
    ends: tuple[int, ...] | None = None

    def units(self, span: Span) -> Span:
        """Return where a span of `words` that is not empty stands in the original."""
        if self.starts is None or self.ends is None:
            return span
        return self.starts[span[0]], self.ends[span[1] - 1]


def original(entry: TextEntry | None) -> Original:
    """Return the words of a text entry; an absent one has none."""
    text = (entry.text if entry else None) or ""
    if entry is not None and entry.type == "HTML":
        reader = _Reader(text)
        reader.feed(text)
        reader.close()
        return reader.read()
    if not text or max(text) < _FIRST_PAIR:
        return Original(text)
    edges = _unit_edges(text)
    return Original(text, edges[:-1], edges[1:])


def _unit_edges(text: str) -> tuple[int, ...]:
    """Return where each character begins in UTF-16 code units, and where the last one ends."""
    widths = (2 if character >= _FIRST_PAIR else 1 for character in text)
    return tuple(accumulate(widths, initial=0))


class _Reader(HTMLParser):
    """Takes the words out of markup."""

    def __init__(self, markup: str) -> None:
        super().__init__(convert_charrefs=False)
        self._markup = markup
        self._lines = [0, *(match.end() for match in re.finditer("\n", markup))]
        self._words: list[str] = []
        self._spans: list[Span] = []
        self._silent = 0

    def read(self) -> Original:
        edges = _unit_edges(self._markup)
        return Original(
            "".join(self._words),
            tuple(edges[start] for start, _ in self._spans),
            tuple(edges[end] for _, end in self._spans),
        )

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        self._silent += tag in _SILENT
        self._border(tag)

    def handle_endtag(self, tag: str) -> None:
        self._silent = max(0, self._silent - (tag in _SILENT))
        self._border(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        self._border(tag)

    def handle_data(self, data: str) -> None:
        start = self._place()
        for offset, character in enumerate(data):
            self._add(character, (start + offset, start + offset + 1))

    def handle_entityref(self, name: str) -> None:
        self._reference(name)

    def handle_charref(self, name: str) -> None:
        self._reference(name)

    def _reference(self, name: str) -> None:
        start = self._place()
        match = _REFERENCE.match(self._markup, start)
        end = match.end() if match else start + len(name) + 1
        for character in html.unescape(self._markup[start:end]):
            self._add(character, (start, end))

    def _border(self, tag: str) -> None:
        if tag not in _INLINE and self._words and self._words[-1] != "\n":
            place = self._place()
            self._add("\n", (place, place))

    def _add(self, character: str, span: Span) -> None:
        if not self._silent:
            self._words.append(character)
            self._spans.append(span)

    def _place(self) -> int:
        line, column = self.getpos()
        return self._lines[line - 1] + column
