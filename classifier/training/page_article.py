"""Write a news article onto a page as extractors leave it: cut by links, ended by credits."""
# ruff: noqa: PLR2004 - what is drawn how often stands where it is drawn

from collections.abc import Sequence
from random import Random

from classifier.training.page_credits import credit_line
from classifier.training.page_furniture import furniture
from classifier.training.page_names import outlet, person, place
from classifier.training.page_styles import BORDERS, PageStyle
from classifier.training.page_wording import headline as invent_headline
from classifier.training.page_wording import related_link
from classifier.training.page_writer import PageWriter


def write_article(
    writer: PageWriter,
    rng: Random,
    style: PageStyle,
    body: Sequence[str],
    articles: Sequence[Sequence[str]],
) -> str | None:
    """Write an article and return its headline, if it got one.

    Parameters
    ----------
    writer : PageWriter
        The page, to which the article is appended.
    rng : Random
        Decides what is drawn.
    style : PageStyle
        The page's habits.
    body : sequence of str
        The article's paragraphs.
    articles : sequence of sequence of str
        Other articles, which lend their beginnings to related links.
    """
    border, within = BORDERS[style.article]
    title = invent_headline(rng, body[0]) if style.headline else None
    gap = border
    if title:
        writer.write(title, "article", gap=gap)
        gap = rng.choice((border, within))
        if rng.random() < 0.3:
            writer.write(f"By {person(rng)}", "article", gap=gap)
    lead = f"{place(rng)} ({outlet(rng)}) -- " if style.dateline else ""
    for number, paragraph in enumerate(body):
        writer.write(lead + paragraph, "article", gap=gap)
        lead, gap = "", within
        if rng.random() < style.advertisements:
            writer.write(
                furniture(rng, "ad", style.quarters),
                "furniture",
                gap=rng.choice((border, within)),
            )
        if rng.random() < style.links and number + 1 < len(body):
            gap = _write_links(writer, rng, style, articles)
    _write_end(writer, rng, style, articles)
    return title


def _write_links(
    writer: PageWriter, rng: Random, style: PageStyle, articles: Sequence[Sequence[str]]
) -> str:
    """Write subheads or links; return the gap that the next paragraph must keep."""
    border, within = BORDERS[style.article]
    for _ in range(rng.choice((1, 1, 2, 3))):
        writer.write(
            related_link(rng, rng.choice(articles)[0]),
            "article",
            gap=within if rng.random() < 0.8 else border,
        )
    return border if rng.random() < 0.7 else within


def _write_end(
    writer: PageWriter, rng: Random, style: PageStyle, articles: Sequence[Sequence[str]]
) -> None:
    border, within = BORDERS[style.article]
    if rng.random() < style.links * 0.5:
        writer.write(
            related_link(rng, rng.choice(articles)[0]), "article", gap=rng.choice((border, within))
        )
    if rng.random() < style.credit:
        writer.write(credit_line(rng, style.quarters), "article", gap=rng.choice((border, within)))
