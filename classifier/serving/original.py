"""The words of a text entry, and where each stands in the text as it was sent.

Spans are given in UTF-16 code units of the original, markup included, since that is how the API's
clients, most of them JavaScript, count.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

from classifier.serving.messages import TextEntry
from classifier.thread import Span

_FIRST_PAIR = "\U00010000"
_SILENT = frozenset({"script", "style", "template", "title"})
_INLINE = frozenset(
    {"a", "abbr", "b", "bdi", "bdo", "cite", "code", "em", "font", "i", "ins", "kbd", "mark", "q"}
    | {"s", "small", "span", "strike", "strong", "sub", "sup", "u", "var", "wbr"}
)
_TAG = re.compile(r"<!--|</?(?P<name>[A-Za-z][A-Za-z0-9]{0,20})|<[!?]")
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
        return _of_markup(text)
    if not text or max(text) < _FIRST_PAIR:
        return Original(text)
    edges = _unit_edges(text)
    return Original(text, edges[:-1], edges[1:])


def _unit_edges(text: str) -> tuple[int, ...]:
    """Return where each character begins in UTF-16 code units, and where the last one ends."""
    widths = (2 if character >= _FIRST_PAIR else 1 for character in text)
    return tuple(accumulate(widths, initial=0))


def _of_markup(markup: str) -> Original:
    """Return the words between the tags; each step goes on from where the last one ended."""
    words: list[str] = []
    spans: list[Span] = []
    place = 0
    while place < len(markup):
        opens = markup.find("<", place)
        tag = _TAG.match(markup, opens) if opens >= 0 else None
        stop = opens if tag else len(markup) if opens < 0 else opens + 1
        for character, span in _characters(markup, place, stop):
            words.append(character)
            spans.append(span)
        place = stop
        if tag:
            if (
                tag["name"]
                and tag["name"].lower() not in _INLINE
                and words[-1:] not in ([], ["\n"])
            ):
                words.append("\n")
                spans.append((stop, stop))
            place = _behind(markup, tag)
    edges = _unit_edges(markup)
    starts = tuple(edges[start] for start, _ in spans)
    return Original("".join(words), starts, tuple(edges[end] for _, end in spans))


def _characters(markup: str, start: int, stop: int) -> Iterator[tuple[str, Span]]:
    """Yield the characters of a stretch without tags, each with where it is written."""
    while start < stop:
        reference = _REFERENCE.match(markup, start, stop) if markup[start] == "&" else None
        end = reference.end() if reference else start + 1
        for character in html.unescape(markup[start:end]):
            yield character, (start, end)
        start = end


def _behind(markup: str, tag: re.Match[str]) -> int:
    """Return where a tag ends, unseen words in it included; one that never ends takes the rest."""
    name = (tag["name"] or "").lower()
    if tag.group() == "<!--":
        end = markup.find("-->", tag.end())
        return len(markup) if end < 0 else end + 3
    end = markup.find(">", tag.end())
    if end < 0:
        return len(markup)
    if name in _SILENT and not tag.group().startswith("</"):
        closing = re.compile(f"</{name}", re.IGNORECASE).search(markup, end)
        return closing.start() if closing else len(markup)
    return end + 1
