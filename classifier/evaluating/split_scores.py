"""Compare a split page with its truth, and add such comparisons up."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from classifier.thread import Span, Thread

ARTICLE_LINK = "article"

Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class PageTruth:
    """What is known of a page.

    Parameters
    ----------
    text : str
        The page.
    thread : Thread
        How it must be split.
    paragraphs : sequence of (start, end)
        Its lines that hold text.
    furniture : sequence of (start, end)
        The lines of page furniture outside the article, those inside replies among them.
    layout : str
        Name of its layout.
    """

    text: str
    thread: Thread
    paragraphs: Sequence[Span]
    furniture: Sequence[Span]
    layout: str


@dataclass(slots=True)
class Tally:
    """Counts that are added up over pages, by name."""

    counts: dict[str, float] = field(default_factory=lambda: defaultdict(float))

    def add(self, name: str, hits: float, of: float) -> None:
        """Count hits among so many chances."""
        self.counts[f"{name} hits"] += hits
        self.counts[f"{name} chances"] += of

    def match(self, name: str, found: Flags, true: Flags) -> None:
        """Count what was found, what is true, and both."""
        self.counts[f"{name} both"] += int((found & true).sum())
        self.counts[f"{name} found"] += int(found.sum())
        self.counts[f"{name} true"] += int(true.sum())

    def share(self, name: str) -> float | None:
        """Return hits by chances; None without a chance."""
        chances = self.counts[f"{name} chances"]
        return self.counts[f"{name} hits"] / chances if chances else None

    def f1(self, name: str) -> float | None:
        """Return the harmonic mean of precision and recall; None where nothing is true."""
        both, found, true = (self.counts[f"{name} {what}"] for what in ("both", "found", "true"))
        return 2 * both / (found + true) if true else None

    def recall(self, name: str) -> float | None:
        """Return the share of what is true that was found; None where nothing is."""
        true = self.counts[f"{name} true"]
        return self.counts[f"{name} both"] / true if true else None


def compare(tally: Tally, truth: PageTruth, found: Thread) -> None:
    """Add one page's comparison to the tally."""
    starts = np.array([start for start, _ in truth.paragraphs])
    true = truth.thread
    tally.add("article end", _article_end(found) == _article_end(true), 1)
    if true.article:
        start = found.article.start if found.article else None
        tally.add("article start", start == true.article.start, 1)
    tally.add("blocks", int((_rooms(starts, found) == _rooms(starts, true)).sum()), len(starts))
    tally.match(
        f"boundaries {truth.layout}", _reply_starts(starts, found), _reply_starts(starts, true)
    )
    solid = np.array([not character.isspace() for character in truth.text], dtype=bool)
    own = [_covered(len(truth.text), _own(thread)) & solid for thread in (found, true)]
    tally.match("own words", own[0], own[1])
    quoted = [_covered(len(truth.text), _quotes(thread))[starts] for thread in (found, true)]
    tally.match("quotes", quoted[0], quoted[1])
    pasted = [_covered(len(truth.text), _excerpts(thread))[starts] for thread in (found, true)]
    tally.match("excerpts", pasted[0], pasted[1])
    _compare_links(tally, truth, found)
    names = {reply.start: reply.author for reply in found.replies}
    for reply in true.replies:
        if reply.author is not None and reply.start in names:
            tally.add("authors", names[reply.start] == reply.author, 1)
    scored = own[0] | _covered(len(truth.text), _excerpts(found))
    for start, end in truth.furniture:
        tally.add("furniture", not scored[start:end].any(), 1)


def _compare_links(tally: Tally, truth: PageTruth, found: Thread) -> None:
    """Compare where quotes and replies lead; a found reply stands for the one it covers most."""
    stands_for = _counterparts(found, truth.thread)
    links = {start: stands_for.get(link) for start, link in _quote_links(found, truth.paragraphs)}
    for start, link in _quote_links(truth.thread, truth.paragraphs):
        if link is not None and start in links:
            tally.add("quote links", links[start] == link, 1)
    parents = {reply.start: stands_for.get(reply.parent_id) for reply in found.replies}
    for reply in truth.thread.replies:
        if reply.parent_id is not None and reply.start in parents:
            tally.add("parents", parents[reply.start] == reply.parent_id, 1)
    for start in _edited_quotes(truth):
        tally.add("edited quotes", start in links, 1)


def _counterparts(found: Thread, true: Thread) -> dict[str | None, str]:
    """Return for each found reply the id of the true one with which it shares most text."""
    shared: dict[str | None, tuple[int, str]] = {}
    true_replies = list(true.replies)
    place = 0
    for reply in found.replies:
        while place < len(true_replies) and true_replies[place].end <= reply.start:
            place += 1
        for other in true_replies[place:]:
            if other.start >= reply.end:
                break
            overlap = min(reply.end, other.end) - max(reply.start, other.start)
            if overlap > shared.get(reply.id, (0, ""))[0]:
                shared[reply.id] = (overlap, other.id)
    return {ARTICLE_LINK: ARTICLE_LINK} | {name: other for name, (_, other) in shared.items()}


def _edited_quotes(truth: PageTruth) -> Iterable[int]:
    """Yield the beginning of each quoted line that differs from its source."""
    sources: dict[str, str] = {reply.id: reply.text for reply in truth.thread.replies}
    if truth.thread.article:
        sources[ARTICLE_LINK] = truth.thread.article.text
    plain = {name: " ".join(text.split()) for name, text in sources.items()}
    for reply in truth.thread.replies:
        for quote in reply.quotes:
            for start, end in truth.paragraphs:
                if quote.start <= start < quote.end and quote.reply_id in plain:
                    line = " ".join(truth.text[start:end].lstrip("> ").split())
                    if line.removeprefix("&gt;").strip() not in plain[quote.reply_id]:
                        yield start


def _quote_links(thread: Thread, paragraphs: Sequence[Span]) -> Iterable[tuple[int, str | None]]:
    starts = [start for start, _ in paragraphs]
    for reply in thread.replies:
        for quote in reply.quotes:
            first, stop = np.searchsorted(starts, (quote.start, quote.end))
            for place in range(int(first), int(stop)):
                yield starts[place], quote.reply_id


def _article_end(thread: Thread) -> int:
    return thread.article.end if thread.article else -1


def _rooms(starts: NDArray[np.int64], thread: Thread) -> NDArray[np.int64]:
    """Return for each line whether it stands in the article (1), a reply (2) or neither (0)."""
    rooms = np.zeros(len(starts), dtype=np.int64)
    if thread.article:
        rooms[(starts >= thread.article.start) & (starts < thread.article.end)] = 1
    for reply in thread.replies:
        rooms[(starts >= reply.start) & (starts < reply.end)] = 2
    return rooms


def _reply_starts(starts: NDArray[np.int64], thread: Thread) -> Flags:
    return np.isin(starts, [reply.start for reply in thread.replies])


def _covered(length: int, spans: Iterable[Span]) -> Flags:
    inside = np.zeros(length, dtype=bool)
    for start, end in spans:
        inside[start:end] = True
    return inside


def _own(thread: Thread) -> list[Span]:
    return [span for reply in thread.replies for span in reply.own]


def _excerpts(thread: Thread) -> list[Span]:
    return [span for reply in thread.replies for span in reply.excerpts]


def _quotes(thread: Thread) -> list[Span]:
    return [(quote.start, quote.end) for reply in thread.replies for quote in reply.quotes]
