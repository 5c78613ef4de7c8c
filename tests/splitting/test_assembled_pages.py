"""Pages assembled for training carry a truth that fits their text."""

from random import Random

import pytest

from classifier.thread import Thread
from classifier.training.page_furniture import ALL_QUARTERS
from classifier.training.page_sources import Discussion, Piece, Post, Sources
from classifier.training.page_writer import AssembledPage
from classifier.training.pages import assemble_page

ARTICLES = tuple(
    tuple(
        f"The {place} council said on Tuesday that line {number} of the tram would open in May, "
        f"after {number + 2} years of works. Officials in {place} expect many riders."
        for number in range(1, 6)
    )
    for place in ("Westmarch", "Gretten", "Tarrow")
)
FIRST = "I have waited for this tram since I was a child. It should have been built long ago!"
SOURCES = Sources(
    articles=ARTICLES,
    discussions=(
        Discussion(
            forum="quoting forum",
            quotes_marked=True,
            posts=(
                Post(author="Brennick", pieces=(Piece(paragraphs=(FIRST, "Really.")),)),
                Post(
                    author="tarn_77",
                    pieces=(
                        Piece(paragraphs=(FIRST,), quoted=0),
                        Piece(paragraphs=("And who pays for your tram, may I ask?",)),
                    ),
                ),
            )
            * 6,
        ),
        Discussion(
            forum="comments",
            posts=tuple(
                Post(
                    author="",
                    pieces=(Piece(paragraphs=(f"Comment {number}, you know. So there.",)),),
                )
                for number in range(40)
            ),
        ),
    ),
)


def assembled(number: int) -> AssembledPage:
    return assemble_page(SOURCES, Random(number), page_id=str(number), quarters=ALL_QUARTERS)


def spans(thread: Thread) -> list[tuple[int, int]]:
    inside = [(reply.start, reply.end) for reply in thread.replies]
    article = [(thread.article.start, thread.article.end)] if thread.article else []
    return sorted([*inside, *article, *thread.preamble])


@pytest.mark.parametrize("number", range(60))
def test_the_truth_fits_the_text(number: int) -> None:
    made = assembled(number)
    text, truth = made.page.text, made.truth

    assert all(text[piece.start : piece.end].strip() for piece in made.written)
    flat = [offset for span in spans(truth) for offset in span]
    assert flat == sorted(flat)
    if truth.article:
        assert truth.article.text == text[truth.article.start : truth.article.end]
    for reply in truth.replies:
        assert reply.text == "\n\n".join(text[start:end] for start, end in reply.own)
        assert reply.own
        known = {"article"} | {
            earlier.id for earlier in truth.replies if earlier.start < reply.start
        }
        assert {quote.reply_id for quote in reply.quotes} <= known


def test_pages_vary_in_every_way_that_readers_meet() -> None:
    pages = [assembled(number) for number in range(300)]

    assert {page.layout for page in pages} >= {"blocks", "lines", "inverse", "blank", "mixed"}
    assert any("\r\n" in page.page.text for page in pages)
    assert any(page.truth.article is None for page in pages)
    assert any(not page.truth.replies for page in pages)
    kinds = {piece.kind for page in pages for piece in page.written}
    assert kinds == {"article", "own", "quote", "excerpt", "head", "author", "furniture"}


def test_the_same_seed_gives_the_same_page() -> None:
    assert assembled(7) == assembled(7)


def test_some_posts_begin_a_paragraph_with_each_sentence() -> None:
    pages = [assembled(number) for number in range(200)]
    own = {
        made.page.text[each.start : each.end]
        for made in pages
        for each in made.written
        if each.kind == "own"
    }

    first, second = FIRST.split(". ", 1)
    assert {FIRST, f"{first}.", second} <= own
