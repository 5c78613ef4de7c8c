"""Draw the habits of one stripped page: how its borders look, what survived, how people write."""
# ruff: noqa: PLR2004 - what is drawn how often stands where it is drawn

from dataclasses import dataclass
from random import Random
from typing import Literal

from classifier.training.page_furniture import Quarters

Layout = Literal["blocks", "lines", "inverse", "blank", "double"]
Author = Literal["none", "before", "after"]

BORDERS: dict[Layout, tuple[str, str]] = {
    "blocks": ("\n", "\n\n"),
    "lines": ("\n", "\n"),
    "inverse": ("\n\n", "\n"),
    "blank": ("\n\n", "\n\n"),
    "double": ("\n\n\n", "\n\n"),
}
"""For each layout, what stands between two blocks and between two paragraphs of a block."""

_WEIGHTS = (0.47, 0.35, 0.06, 0.07, 0.05)
_MIXED = 0.12


@dataclass(frozen=True, slots=True, kw_only=True)
class PageStyle:
    """The habits of one page; every share is a probability for each post or article.

    Parameters
    ----------
    article, posts : {"blocks", "lines", "inverse", "blank", "double"}
        How the article's and the posts' borders look; they differ on mixed pages.
    quarters : frozenset of int
        The quarters of the lists of furniture lines that may be used.
    author : {"none", "before", "after"}
        Whether a line with the author's name survived, and where it stands.
    before, after : tuple of str
        Kinds of furniture lines before and after each post.
    head : bool
        Whether a line such as "X said:" stands before a quote.
    paragraphs : float
        How many posts keep their paragraphs apart; the others are one paragraph.
    short_paragraphs : float
        How many of the posts that keep them apart begin a paragraph with each sentence.
    mark : str
        What quoted lines begin with, often nothing.
    """

    article: Layout
    posts: Layout
    quarters: Quarters
    line_end: str
    author: Author
    before: tuple[str, ...]
    after: tuple[str, ...]
    furniture_survives: float
    head: bool
    mark: str
    expand: bool
    quote_is_block: float
    soft_breaks: float
    paragraphs: float
    short_paragraphs: float
    quotes: float
    article_quotes: float
    edits: float
    excerpts: float
    first_excerpt: float
    mentions: float
    noise: float
    on_subject: float
    edited_lines: float
    links: float
    headline: bool
    dateline: bool
    credit: float
    advertisements: float
    top: int
    between: int
    foot: int
    ragged: bool


def draw_style(rng: Random, quarters: Quarters) -> PageStyle:
    """Return the habits of one page, drawn independently of one another."""
    posts = rng.choices(tuple(BORDERS), _WEIGHTS)[0]
    article = rng.choices(tuple(BORDERS), _WEIGHTS)[0] if rng.random() < _MIXED else posts
    dressed = rng.random() < 0.45
    kinds = rng.sample(("date", "member", "member", "number"), k=rng.randint(0, 3))
    return PageStyle(
        article=article,
        posts=posts,
        quarters=quarters,
        line_end="\r\n" if rng.random() < 0.12 else "\n",
        author=rng.choices(("none", "before", "after"), (0.2, 0.7, 0.1))[0] if dressed else "none",
        before=tuple(kinds) if dressed else (),
        after=("button",) * rng.choice((0, 0, 1, 1, 2)) if dressed else (),
        furniture_survives=rng.choice((1.0, 1.0, 0.8, 0.4)) if dressed else 0.0,
        head=rng.random() < (0.5 if dressed else 0.12),
        mark=rng.choices(("", "> ", ">", "&gt; "), (0.84, 0.1, 0.04, 0.02))[0],
        expand=rng.random() < (0.25 if dressed else 0.04),
        quote_is_block=rng.choice((1.0, 1.0, 1.0, 0.7, 0.0)),
        paragraphs=rng.choice((0.0, 0.15, 0.5, 1.0, 1.0)),
        short_paragraphs=rng.choice((0.0, 0.0, 0.0, 0.15, 0.4)),
        soft_breaks=rng.choice((0.0, 0.0, 0.0, 0.05)),
        quotes=rng.choice((0.0, 0.15, 0.3, 0.6)),
        article_quotes=rng.choice((0.0, 0.0, 0.05, 0.15)),
        edits=rng.choice((0.0, 0.2, 0.4, 0.7)),
        excerpts=rng.choice((0.0, 0.0, 0.04, 0.1, 0.2)),
        first_excerpt=rng.choice((0.0, 0.0, 0.7)),
        mentions=rng.choice((0.0, 0.05, 0.2)),
        noise=rng.choice((0.0, 0.1, 0.3, 0.8)),
        on_subject=rng.choice((0.0, 0.3, 0.7)),
        edited_lines=rng.choice((0.0, 0.0, 0.1)) if dressed else 0.0,
        links=rng.choice((0.0, 0.0, 0.15, 0.35)),
        headline=rng.random() < 0.3,
        dateline=rng.random() < 0.3,
        credit=rng.choice((0.0, 0.5, 0.9)),
        advertisements=rng.choice((0.0, 0.0, 0.0, 0.08)),
        top=rng.choice((0, 0, 1, 1, 2, 4)),
        between=rng.choice((0, 0, 0, 1, 2)),
        foot=rng.choice((0, 0, 0, 1, 2)),
        ragged=rng.random() < 0.1,
    )
