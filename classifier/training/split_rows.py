"""Turn assembled pages into the labelled rows that the split model's parts learn from."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from classifier.splitting.borders import border_rows
from classifier.splitting.context import Seen
from classifier.splitting.excerpts import excerpt_rows
from classifier.splitting.features import Matrix, WordWeights, weighed_words
from classifier.splitting.kinds import (
    AUTHOR,
    FURNITURE,
    HEAD,
    NEWS,
    OPENING_WORDS,
    POST,
    Look,
    look_at,
)
from classifier.splitting.lookup import pairs_of, without_clashes
from classifier.splitting.paragraphs import Hashes, Integers, Paragraphs, find_paragraphs
from classifier.splitting.repeats import Repeats, find_repeats
from classifier.splitting.separating import binding_sources
from classifier.training.page_writer import AssembledPage

_KIND_OF = {
    "article": NEWS,
    "excerpt": NEWS,
    "own": POST,
    "quote": POST,
    "furniture": FURNITURE,
    "author": AUTHOR,
    "head": HEAD,
}
_MOST_CAPITAL = 0.5
_REPEATED = 0.6
_ALONE = 4
_A_PAIR = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadPage:
    """An assembled page as the splitter reads it, with the truth for each paragraph.

    Parameters
    ----------
    assembled : AssembledPage
        The page.
    paragraphs, repeats
        What the splitter finds in it.
    kind : array of int
        Each paragraph's kind, a number of `classifier.splitting.kinds`.
    end : int
        How many paragraphs come before the article's end.
    reply : array of int
        Number of the reply that each paragraph belongs to, or -1.
    pasted : array of bool
        Whether each paragraph is part of an excerpt.
    """

    assembled: AssembledPage
    paragraphs: Paragraphs
    repeats: Repeats
    kind: Integers
    end: int
    reply: Integers
    pasted: NDArray[np.bool_]


def read_page(assembled: AssembledPage) -> ReadPage | None:
    """Return a page's paragraphs with their truth; None for a page without text."""
    paragraphs = find_paragraphs(assembled.page.text)
    if not len(paragraphs):
        return None
    starts = np.array([piece.start for piece in assembled.written])
    places = np.searchsorted(starts, paragraphs.start, side="right") - 1
    pieces = [assembled.written[place] for place in places.tolist()]
    of_article = [number for number, piece in enumerate(pieces) if piece.kind == "article"]
    return ReadPage(
        assembled=assembled,
        paragraphs=paragraphs,
        repeats=find_repeats(paragraphs),
        kind=np.array([_KIND_OF[piece.kind] for piece in pieces]),
        end=of_article[-1] + 1 if of_article else 0,
        reply=np.array([-1 if piece.reply is None else piece.reply for piece in pieces]),
        pasted=np.array([piece.kind == "excerpt" for piece in pieces]),
    )


def choose_vocabulary(pages: Sequence[ReadPage], *, fewest: int) -> Hashes:
    """Return the words and pairs worth weighing: on both sides of the border, or very common.

    Words that are mostly capitalised are names, which say what a text is about and not what kind
    of text it is; they are left out.

    Parameters
    ----------
    pages : sequence of ReadPage
        Training pages.
    fewest : int
        How many pages must show a word among news and among posts; a word that only one side or
        the furniture shows must stand on four times as many.
    """
    seen = {kind: Counts() for kind in (NEWS, POST, FURNITURE)}
    total, capital = Counts(), Counts()
    for page in pages:
        words, pairs = page.paragraphs.word, pairs_of(page.paragraphs.word)
        total.add(words)
        capital.add(words[page.paragraphs.capital])
        kinds = page.kind[page.paragraphs.word_paragraph]
        for kind, counts in seen.items():
            for hashes in (words, pairs):
                counts.add(np.unique(hashes[kinds == kind]))
    known = np.unique(np.concatenate([counts.hashes() for counts in seen.values()]))
    of_kinds = np.array([counts.of(known) for counts in seen.values()])
    chosen = (of_kinds[:2].min(axis=0) >= fewest) | (of_kinds.max(axis=0) >= _ALONE * fewest)
    chosen &= capital.of(known) <= _MOST_CAPITAL * np.maximum(total.of(known), 1)
    order = np.argsort(-of_kinds.sum(axis=0)[chosen], kind="stable")
    return without_clashes(known[chosen][order])


class Counts:
    """How often each hash was seen."""

    def __init__(self) -> None:
        self._added: list[Hashes] = []
        self._hashes: Hashes = np.zeros(0, dtype=np.uint64)
        self._counts: Integers = np.zeros(0, dtype=np.int64)

    def add(self, hashes: Hashes) -> None:
        """Count the hashes once more each."""
        self._added.append(hashes)

    def hashes(self) -> Hashes:
        """Return every hash that was seen, sorted."""
        if self._added:
            self._hashes, self._counts = np.unique(np.concatenate(self._added), return_counts=True)
            self._added = []
        return self._hashes

    def of(self, hashes: Hashes) -> Integers:
        """Return how often each of the hashes was seen."""
        known = self.hashes()
        if not len(known):
            return np.zeros(len(hashes), dtype=np.int64)
        place = np.minimum(np.searchsorted(known, hashes), len(known) - 1)
        return np.where(known[place] == hashes, self._counts[place], 0)


def choose_openings(pages: Sequence[ReadPage], *, fewest: int) -> Hashes:
    """Return the words and pairs that stand at the beginning of paragraphs on enough pages."""
    seen = Counts()
    for page in pages:
        of_word, words, pairs = weighed_words(page.paragraphs, first=OPENING_WORDS)
        for hashes in (words, pairs):
            seen.add(np.unique(hashes[page.reply[of_word] >= 0]))
    known = seen.hashes()
    counts = seen.of(known)
    order = np.argsort(-counts, kind="stable")
    return without_clashes(known[order][counts[order] >= fewest])


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenPage:
    """A page with its truth, and as the splitter sees it."""

    read: ReadPage
    seen: Seen


def look_at_pages(
    pages: Iterable[ReadPage], words: WordWeights, openings: WordWeights
) -> list[Look]:
    """Return the features of each page's paragraphs."""
    return [look_at(page.paragraphs, page.repeats, words, openings) for page in pages]


def opens_post(page: ReadPage) -> NDArray[np.bool_]:
    """Return which of a page's paragraphs are the first of their reply."""
    first: NDArray[np.bool_] = (page.reply >= 0) & (np.diff(page.reply, prepend=-1) != 0)
    return first


Labelled = tuple[Matrix, Integers]


def labelled_borders(page: SeenPage) -> Labelled | None:
    """Return the places between the paragraphs of replies and whether a new reply begins there."""
    read = page.read
    kept = kept_in_replies(read)
    if len(kept) < _A_PAIR:
        return None
    binding = binding_sources(read.paragraphs, read.repeats, kept)
    return border_rows(page.seen, kept, binding), is_border(read, kept)


def is_border(page: ReadPage, kept: Integers) -> Integers:
    """Return whether a new reply begins, 1 or 0, at each place between kept paragraphs."""
    begins: Integers = (np.diff(page.reply[kept]) != 0).astype(np.int64)
    return begins


def kept_in_replies(page: ReadPage) -> Integers:
    """Return the paragraphs of replies that are no furniture."""
    return np.flatnonzero((page.reply >= 0) & (page.kind != FURNITURE))


def labelled_excerpts(page: SeenPage) -> Labelled | None:
    """Return the paragraphs of replies, quotes aside, and whether they were pasted."""
    kept = kept_in_replies(page.read)
    if not len(kept):
        return None
    starts = np.diff(page.read.reply[kept], prepend=-1) != 0
    rows = excerpt_rows(page.seen, kept, starts)
    plain = page.read.repeats.share[kept] < _REPEATED
    return rows[plain], page.read.pasted[kept][plain].astype(np.int64)
