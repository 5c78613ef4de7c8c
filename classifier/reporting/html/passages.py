"""A reply's words in the order of the page: own words, quotes and excerpts told apart."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from classifier.thread import LabelledSpan, Quote, Reply, Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A run of own words that carries the same labels throughout, most often none."""

    text: str
    labels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A stretch of a reply.

    Parameters
    ----------
    kind : {"own", "quote", "excerpt"}
        Whose words they are.
    pieces : tuple of Piece
        The words; empty where the page's text is not at hand.
    source : str or None
        Of a quote, the id of the reply that it repeats, or ``"article"``.
    """

    kind: Literal["own", "quote", "excerpt"]
    pieces: tuple[Piece, ...]
    source: str | None = None


def passages_of(reply: Reply, page_text: str | None) -> tuple[Passage, ...]:
    """Return a reply's passages in page order.

    Parameters
    ----------
    reply : Reply
        The reply; its incivility spans become the labels of its pieces.
    page_text : str or None
        The text that offsets refer to. Without it quotes and excerpts have no words.
    """
    found: list[tuple[int, Passage]] = []
    incivility = reply.labels.incivility if reply.labels else None
    spans = incivility.spans if incivility else ()
    for (start, end), text in _own(reply):
        pieces = tuple(_cut(text, [_within(span, start, end) for span in spans]))
        found.append((start, Passage(kind="own", pieces=pieces)))
    for quote in reply.quotes:
        for start, end in _outside_nested(quote, reply.quotes):
            pieces = _taken(page_text, start, end)
            if pieces or page_text is None:
                found.append((start, Passage(kind="quote", pieces=pieces, source=quote.reply_id)))
    for start, end in reply.excerpts:
        found.append((start, Passage(kind="excerpt", pieces=_taken(page_text, start, end))))
    return tuple(passage for _, passage in sorted(found, key=lambda each: each[0]))


def _own(reply: Reply) -> Iterator[tuple[Span, str]]:
    """Yield the own spans with their words, which `reply.text` joins by blank lines."""
    lengths = [end - start for start, end in reply.own]
    if sum(lengths) + 2 * (len(lengths) - 1) != len(reply.text):
        if reply.text:
            yield (reply.start, reply.end), reply.text
        return
    position = 0
    for span, length in zip(reply.own, lengths, strict=True):
        yield span, reply.text[position : position + length]
        position += length + 2


def _outside_nested(quote: Quote, quotes: Sequence[Quote]) -> Iterator[Span]:
    """Yield what of a quote lies in no quote inside it, which is shown by itself."""
    inside = sorted(
        (other.start, other.end)
        for other in quotes
        if quote.start <= other.start
        and other.end <= quote.end
        and (other.start, other.end) != (quote.start, quote.end)
    )
    start = quote.start
    for inner_start, inner_end in inside:
        if inner_start > start:
            yield start, inner_start
        start = max(start, inner_end)
    if start < quote.end:
        yield start, quote.end


def _taken(page_text: str | None, start: int, end: int) -> tuple[Piece, ...]:
    text = (page_text or "")[max(0, start) : max(0, end)].strip()
    return (Piece(text=text),) if text else ()


def _within(span: LabelledSpan, start: int, end: int) -> tuple[int, int, str]:
    return max(span.start, start) - start, min(span.end, end) - start, span.label


def _cut(text: str, spans: Sequence[tuple[int, int, str]]) -> Iterator[Piece]:
    """Yield the text in pieces, cut wherever a label begins or ends."""
    borders: dict[int, list[tuple[str, int]]] = {}
    for start, end, label in spans:
        if start < end:
            borders.setdefault(start, []).append((label, 1))
            borders.setdefault(end, []).append((label, -1))
    carried: Counter[str] = Counter()
    before = 0
    for border in sorted(border for border in borders if border < len(text)):
        if border > before:
            yield Piece(text=text[before:border], labels=tuple(sorted(+carried)))
        for label, change in borders[border]:
            carried[label] += change
        before = border
    if before < len(text):
        yield Piece(text=text[before:], labels=tuple(sorted(+carried)))
