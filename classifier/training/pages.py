"""Assemble stripped pages with known truth from news articles and forum discussions."""
# ruff: noqa: PLR2004, S311 - what is drawn how often stands where it is drawn; no secrets are

from collections.abc import Iterator
from pathlib import Path
from random import Random

from classifier.thread import Page
from classifier.training.corpora.parts import Part
from classifier.training.page_article import write_article
from classifier.training.page_furniture import ALL_QUARTERS, Quarters, furniture
from classifier.training.page_posts import draw_posts, write_posts
from classifier.training.page_sources import Sources, read_sources
from classifier.training.page_styles import BORDERS, PageStyle, draw_style
from classifier.training.page_writer import AssembledPage, PageWriter, truth_of

_REPLY_COUNTS = ((0, 0), (1, 4), (5, 15), (16, 60))
_REPLY_WEIGHTS = (0.06, 0.22, 0.42, 0.30)
_NO_ARTICLE = 0.1
_HELD_OUT: Quarters = frozenset({3})


def assemble_pages(root: Path, part: Part, *, count: int, seed: int) -> Iterator[AssembledPage]:
    """Yield pages of one part, the same for the same seed.

    Parameters
    ----------
    root : Path
        Folder that holds the corpora.
    part : {"train", "dev", "test"}
        Pages of different parts share no article and no discussion, and train pages never show
        the furniture lines that are held out for the others.
    count : int
        How many pages.
    seed : int
        Decides everything that is drawn.

    Raises
    ------
    InputError
        If a corpus file is missing under `root`.
    """
    yield from pages_of(read_sources(root, part), part, count=count, seed=seed)


def pages_of(sources: Sources, part: Part, *, count: int, seed: int) -> Iterator[AssembledPage]:
    """Yield pages made of one part's articles and discussions, the same for the same seed."""
    for number in range(count):
        yield assemble_page(
            sources,
            Random(f"{seed} {part} {number}"),
            page_id=f"{part}-{seed}-{number}",
            quarters=ALL_QUARTERS - _HELD_OUT if part == "train" else ALL_QUARTERS,
        )


def assemble_page(
    sources: Sources, rng: Random, *, page_id: str, quarters: Quarters
) -> AssembledPage:
    """Return one page, drawn by `rng`."""
    style = draw_style(rng, quarters)
    low, high = rng.choices(_REPLY_COUNTS, _REPLY_WEIGHTS)[0]
    replies = rng.randint(low, high)
    body = rng.choice(sources.articles)
    if rng.random() < 0.4:
        body = body[: rng.randint(1, len(body))]
    if replies and rng.random() < _NO_ARTICLE:
        body = ()

    writer = PageWriter(line_end=style.line_end, rng=rng if style.ragged else None)
    _write_furniture(writer, rng, style, "top", style.top)
    headline = write_article(writer, rng, style, body, sources.articles) if body else None
    _write_furniture(writer, rng, style, "between", style.between)
    posts = draw_posts(sources, rng, style, body, count=replies)
    write_posts(writer, rng, style, posts)
    _write_furniture(writer, rng, style, "foot", style.foot)

    page = Page(id=page_id, text=writer.text())
    shown = style.author != "none"
    return AssembledPage(
        page=page,
        truth=truth_of(
            page,
            writer.written,
            authors={n: post.author for n, post in enumerate(posts) if shown},
            answers={n: post.answers for n, post in enumerate(posts) if post.answers is not None},
            headline=headline,
        ),
        written=tuple(writer.written),
        layout=style.posts if style.posts == style.article else "mixed",
    )


def _write_furniture(
    writer: PageWriter, rng: Random, style: PageStyle, kind: str, count: int
) -> None:
    for _ in range(count):
        writer.write(furniture(rng, kind, style.quarters), "furniture", gap=BORDERS[style.posts][0])
