"""Find the quotes in replies that came as records of their own."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from classifier.splitting.marks import has_marks, marked, quoted_author
from classifier.splitting.paragraphs import Integers, Paragraphs, find_paragraphs
from classifier.splitting.parents import Names, parent_of
from classifier.splitting.quotes import QUOTED_SHARE, quote_sources
from classifier.splitting.repeats import find_repeats
from classifier.splitting.runs import Piece, own_words, quotes_of, runs_of, spans_of
from classifier.thread import Quote, Reply, Thread, compact


def resolve_quotes(thread: Thread) -> Thread:
    """Tell quotes from own words in a thread whose replies came one a record.

    Quotes are lines marked with ``>``, and paragraphs that repeat an earlier reply or the
    article, whole or in part; heads such as "X wrote:" above a quote are nobody's own words.
    A reply that has quotes already keeps them and its own words; a quote of unknown source is
    linked to what it repeats, and links to posts that the thread does not have are dropped.

    Parameters
    ----------
    thread : Thread
        With `page_text`, to which its offsets refer; without it nothing can be found.

    Returns
    -------
    Thread
        The same, with `own`, `text`, `quotes` and `parent_id` of its replies set.
    """
    if thread.page_text is None or not thread.replies:
        return thread
    known = {"article", *(reply.id for reply in thread.replies)}
    if _has_nothing_to_quote(thread):
        return thread.model_copy(
            update={"replies": tuple(_without_lost_parent(each, known) for each in thread.replies)}
        )
    paragraphs = find_paragraphs(thread.page_text)
    if not len(paragraphs):
        return thread
    found = _Found(
        text=thread.page_text,
        paragraphs=paragraphs,
        sources=quote_sources(paragraphs, find_repeats(paragraphs), QUOTED_SHARE),
        marked=marked(thread.page_text, paragraphs),
        owners=_owners(thread, paragraphs),
    )
    names = Names()
    resolved: dict[str, Reply] = {}
    for given in thread.replies:
        reply = _linked(given, found, known)
        if not reply.quotes:
            reply = _with_quotes(reply, found, names)
        if reply.parent_id is None:
            parent = parent_of(reply.text, reply.quotes, resolved, names)
            reply = reply.model_copy(update={"parent_id": parent})
        resolved[reply.id] = compact(reply)
        names.add(reply)
    return thread.model_copy(update={"replies": tuple(resolved.values())})


def _has_nothing_to_quote(thread: Thread) -> bool:
    """Tell whether a comment stands alone without a mark of quotation, as most records do."""
    text = thread.page_text or ""
    alone = len(thread.replies) == 1 and thread.article is None and not thread.replies[0].quotes
    return alone and not has_marks(text)


def _without_lost_parent(reply: Reply, known: set[str]) -> Reply:
    if reply.parent_id is None or reply.parent_id in known:
        return reply
    return reply.model_copy(update={"parent_id": None})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """The paragraphs of the page text, with what each repeats and to what it belongs."""

    text: str
    paragraphs: Paragraphs
    sources: Integers
    marked: NDArray[np.bool_]
    owners: list[str | None]


def _owners(thread: Thread, paragraphs: Paragraphs) -> list[str | None]:
    """Return the id of what each paragraph belongs to."""
    owners: list[str | None] = [None] * len(paragraphs)
    spans = [(reply.start, reply.end, reply.id) for reply in thread.replies]
    if thread.article:
        spans.append((thread.article.start, thread.article.end, "article"))
    for start, end, name in spans:
        for number in _between(paragraphs, start, end):
            owners[number] = name
    return owners


def _between(paragraphs: Paragraphs, start: int, end: int) -> range:
    first, stop = np.searchsorted(paragraphs.start, (start, end))
    return range(int(first), int(stop))


def _linked(reply: Reply, found: _Found, known: set[str]) -> Reply:
    """Return the reply with the sources of its quotes as far as the thread has them."""
    quotes = tuple(
        quote
        if quote.reply_id in known
        else quote.model_copy(update={"reply_id": _repeated(quote, reply, found)})
        for quote in reply.quotes
    )
    parent = reply.parent_id if reply.parent_id in known else None
    if quotes == reply.quotes and parent == reply.parent_id:
        return reply
    return reply.model_copy(update={"quotes": quotes, "parent_id": parent})


def _repeated(quote: Quote, reply: Reply, found: _Found) -> str | None:
    """Return the owner of the first paragraph that a quote repeats from outside its reply."""
    for number in _between(found.paragraphs, quote.start, quote.end):
        source = int(found.sources[number])
        if source >= 0 and found.owners[source] not in (None, reply.id):
            return found.owners[source]
    return None


def _with_quotes(reply: Reply, found: _Found, names: Names) -> Reply:
    runs = runs_of(_pieces(reply, found, names), found.paragraphs)
    quotes = quotes_of(runs)
    if not quotes:
        return reply
    own = spans_of(runs, "own")
    words = own_words(found.text, own)
    return reply.model_copy(update={"own": own, "quotes": quotes, "text": words})


def _pieces(reply: Reply, found: _Found, names: Names) -> list[Piece]:
    pieces: list[Piece] = []
    announced: str | None = None
    for start, end in reply.own:
        for number in _between(found.paragraphs, start, end):
            source = found.owners[found.sources[number]] if found.sources[number] >= 0 else None
            if source == reply.id:
                source = None
            if source is not None or found.marked[number]:
                pieces = _with_head(pieces, number, announced)
                source = source or names.last(announced) or _carried_on(pieces, number)
                pieces.append(Piece(number=number, kind="quote", source=source))
            else:
                announced = quoted_author(_line(found, number))
                pieces.append(Piece(number=number, kind="own"))
    return pieces


def _carried_on(pieces: list[Piece], number: int) -> str | None:
    """Return the source of the quote that a line marked as quoted goes on, if it goes on one."""
    if pieces and pieces[-1].number == number - 1 and pieces[-1].kind == "quote":
        return pieces[-1].source
    return None


def _line(found: _Found, number: int) -> str:
    return found.text[int(found.paragraphs.start[number]) : int(found.paragraphs.end[number])]


def _with_head(pieces: list[Piece], number: int, announced: str | None) -> list[Piece]:
    """Return the pieces with the line before a quote taken for its head, if it announces one."""
    if announced and pieces and pieces[-1] == Piece(number=number - 1, kind="own"):
        return [*pieces[:-1], Piece(number=number - 1, kind="head")]
    return pieces
