"""Turn assembled pages into the labelled rows that the split model's parts learn from."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from classifier.splitting.borders import border_rows
from classifier.splitting.endings import candidate_ends, end_rows
from classifier.splitting.excerpts import excerpt_rows
from classifier.splitting.features import Matrix, WordWeights
from classifier.splitting.kinds import AUTHOR, FURNITURE, HEAD, NEWS, POST, Look, look_at
from classifier.splitting.lookup import pairs_of, without_clashes
from classifier.splitting.paragraphs import Hashes, Integers, Paragraphs, find_paragraphs
from classifier.splitting.repeats import Repeats, find_repeats
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
_ALONE = 4


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
    seen: dict[int, Counter[int]] = {kind: Counter() for kind in (NEWS, POST, FURNITURE)}
    capital: Counter[int] = Counter()
    total: Counter[int] = Counter()
    for page in pages:
        words, pairs = page.paragraphs.word, pairs_of(page.paragraphs.word)
        total.update(words.tolist())
        capital.update(words[page.paragraphs.capital].tolist())
        kinds = page.kind[page.paragraphs.word_paragraph]
        for kind, counter in seen.items():
            for hashes in (words, pairs):
                counter.update(np.unique(hashes[kinds == kind]).tolist())
    chosen = [
        hashed
        for hashed in set().union(*seen.values())
        if (min(seen[NEWS][hashed], seen[POST][hashed]) >= fewest
            or max(counter[hashed] for counter in seen.values()) >= _ALONE * fewest)
        and capital[hashed] <= _MOST_CAPITAL * max(total[hashed], 1)
    ]  # fmt: skip
    chosen.sort(key=lambda hashed: (-sum(counter[hashed] for counter in seen.values()), hashed))
    return without_clashes(np.array(chosen, dtype=np.uint64))


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenPage:
    """A read page with its features and the probabilities of its paragraphs' kinds."""

    read: ReadPage
    look: Look
    kinds: Matrix


def look_at_pages(pages: Iterable[ReadPage], words: WordWeights) -> list[Look]:
    """Return the features of each page's paragraphs."""
    return [look_at(page.paragraphs, page.repeats, words) for page in pages]


Labelled = tuple[Matrix, Integers]


def labelled_ends(page: SeenPage) -> Labelled:
    """Return a page's candidate ends and which is right; the right one is always among them."""
    ends = np.union1d(candidate_ends(page.kinds), [page.read.end])
    return end_rows(page.look, page.kinds, ends), (ends == page.read.end).astype(np.int64)


def labelled_borders(page: SeenPage) -> Labelled | None:
    """Return the places between the paragraphs of replies and whether a new reply begins there."""
    kept = np.flatnonzero(page.read.reply >= 0)
    kept = kept[page.read.kind[kept] != FURNITURE]
    if len(kept) < 2:
        return None
    begins = np.diff(page.read.reply[kept]) != 0
    return border_rows(page.look, page.kinds, page.read.repeats, kept), begins.astype(np.int64)


def labelled_excerpts(page: SeenPage) -> Labelled | None:
    """Return the paragraphs of replies, quotes aside, and whether they were pasted."""
    kept = np.flatnonzero(page.read.reply >= 0)
    kept = kept[page.read.kind[kept] != FURNITURE]
    if not len(kept):
        return None
    rows = excerpt_rows(page.look, page.kinds, kept)
    plain = page.read.repeats.share[kept] < 0.6
    return rows[plain], page.read.pasted[kept][plain].astype(np.int64)
