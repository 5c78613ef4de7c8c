"""What a stripped page becomes: article, replies, own words, quotes, excerpts, furniture."""

# ruff: noqa: E501, ISC004 - a paragraph a line would be wider than a screen

from collections.abc import Callable
from pathlib import Path

import pytest

from classifier.checksums import write_checksums
from classifier.errors import InputError, ModelError
from classifier.splitting import split
from classifier.thread import Page, Reply, Thread

PageMaker = Callable[..., Page]

STORY = (
    "The operator of three coal plants in neighbouring Norland said on Friday that it would close "
    "two of them within a year, citing falling demand and rising costs, the company announced.",
    "About 900 jobs are affected. The economy ministry said it had been informed of the decision "
    "on Thursday and that talks with the unions would begin next week.",
    "Norland operator to close two coal plants - Northern Ledger",
)


def text_of(page: Page, spans: tuple[tuple[int, int], ...]) -> list[str]:
    return [page.text[start:end] for start, end in spans]


def own_words(page: Page, thread: Thread) -> list[list[str]]:
    return [text_of(page, reply.own) for reply in thread.replies]


def quotes(page: Page, reply: Reply) -> list[tuple[str, str | None]]:
    return [(page.text[quote.start : quote.end], quote.reply_id) for quote in reply.quotes]


def test_an_article_and_its_replies_are_told_apart(
    page: PageMaker, article: tuple[str, ...], opinions: tuple[str, ...]
) -> None:
    laid = page(article, *opinions)

    thread = split(laid)

    assert thread.article is not None
    assert thread.article.text == "\n\n".join(article)
    assert own_words(laid, thread) == [[opinion] for opinion in opinions]
    assert [reply.id for reply in thread.replies] == ["r1", "r2", "r3", "r4"]


@pytest.mark.parametrize(
    ("border", "within"),
    [("\r\n", "\r\n\r\n"), ("\n", "\n"), ("\n\n", "\n\n"), ("\n\n\n", "\n\n")],
    ids=["CRLF", "one paragraph a line", "blank lines only", "wide gaps between posts"],
)
def test_every_layout_is_read(
    page: PageMaker,
    article: tuple[str, ...],
    opinions: tuple[str, ...],
    border: str,
    within: str,
) -> None:
    laid = page(article, *opinions, border=border, within=within)

    thread = split(laid)

    assert thread.article is not None
    assert thread.article.text == within.join(article)
    assert own_words(laid, thread) == [[opinion] for opinion in opinions]


def test_paragraphs_of_one_post_are_one_span_of_own_words(
    page: PageMaker, article: tuple[str, ...], opinions: tuple[str, ...]
) -> None:
    post = ("the council is finished", "everybody here knows it", "most of us hate them")
    laid = page(article, opinions[0], post, opinions[1], opinions[2])

    assert own_words(laid, split(laid))[1] == ["\n\n".join(post)]


def test_a_quote_block_belongs_to_the_reply_that_answers_it(
    page: PageMaker, article: tuple[str, ...], opinions: tuple[str, ...]
) -> None:
    laid = page(article, opinions[0], opinions[1], opinions[0], opinions[2], opinions[3])

    answer = split(laid).replies[2]

    assert quotes(laid, answer) == [(opinions[0], "r1")]
    assert answer.text == opinions[2]
    assert answer.parent_id == "r1"


@pytest.mark.parametrize(
    "quoted",
    [
        "I worked at that plant for nineteen years and I can tell you nobody ever asked us anything.",
        "I worked at that plant for nineteen years ... My pension is gone if they close two years "
        "early, thanks a lot.",
        "I worked at that plant for ninteen years and I can tell you NOBODY ever asked us anything "
        "(sic). They announce it on the radio and then wonder why people are angry!",
    ],
    ids=["cut short", "snipped", "lightly edited"],
)
def test_changed_quotes_are_found(
    page: PageMaker, article: tuple[str, ...], opinions: tuple[str, ...], quoted: str
) -> None:
    laid = page(article, opinions[0], opinions[1], quoted, opinions[2], opinions[3])

    assert quotes(laid, split(laid).replies[2]) == [(quoted, "r1")]


def test_nested_quotes_name_those_who_wrote_the_words(
    page: PageMaker, article: tuple[str, ...], opinions: tuple[str, ...]
) -> None:
    first, second, third, fourth = opinions
    laid = page(article, first, second, first, third, first, third, fourth)

    thread = split(laid)

    assert quotes(laid, thread.replies[3]) == [(first, "r1"), (third, "r3")]
    assert thread.replies[3].parent_id == "r3", "the outer quote is the one answered"


def test_a_quote_of_the_article_makes_no_parent(
    page: PageMaker, article: tuple[str, ...], opinions: tuple[str, ...]
) -> None:
    laid = page(article, opinions[0], article[2], opinions[2], opinions[3])

    answer = split(laid).replies[1]

    assert quotes(laid, answer) == [(article[2], "article")]
    assert answer.parent_id is None


def test_sharing_some_words_with_an_earlier_reply_is_no_quote(
    page: PageMaker, article: tuple[str, ...], opinions: tuple[str, ...]
) -> None:
    laid = page(
        article,
        opinions[0],
        "Translation of council terms... in this case retraining = unemployment",
        opinions[2],
        "I told you guys, council terms , retraining = dole",
        opinions[3],
    )

    assert not any(reply.quotes for reply in split(laid).replies)


def test_a_news_story_pasted_into_a_reply_is_an_excerpt(
    page: PageMaker, article: tuple[str, ...], opinions: tuple[str, ...]
) -> None:
    laid = page(article, *opinions[:3], ("I told you guys, they all do it", *STORY), opinions[3])

    reply = split(laid).replies[3]

    assert text_of(laid, reply.own) == ["I told you guys, they all do it"]
    assert text_of(laid, reply.excerpts) == ["\n\n".join(STORY)]


def test_furniture_is_kept_apart(
    page: PageMaker, article: tuple[str, ...], opinions: tuple[str, ...]
) -> None:
    posts = [
        block
        for name, opinion in zip(
            ("Brennick", "tarn_77", "Ole M.", "Brennick"), opinions, strict=True
        )
        for block in (name, "Senior Member", "Apr 28, 2014", opinion, "Reply", "Like")
    ]
    laid = page("Apr 28, 2014", article, *posts)

    thread = split(laid)

    assert own_words(laid, thread) == [[opinion] for opinion in opinions]
    assert [reply.author for reply in thread.replies] == [
        "Brennick",
        "tarn_77",
        "Ole M.",
        "Brennick",
    ]
    assert {"Apr 28, 2014", "Senior Member", "Reply", "Like"} <= set(text_of(laid, thread.preamble))


def test_a_mention_of_a_visible_author_makes_a_parent(
    page: PageMaker, article: tuple[str, ...], opinions: tuple[str, ...]
) -> None:
    answer = "@Brennick nobody asked me either, and I live two streets from the gate!"
    posts = zip(("Brennick", "tarn_77", "Ole M."), (opinions[0], opinions[1], answer), strict=True)
    laid = page(article, *(line for name, post in posts for line in (name, "Apr 28, 2014", post)))

    assert [reply.parent_id for reply in split(laid).replies] == [None, None, "r1"]


def test_every_marked_line_of_a_quote_is_quoted_however_short(
    page: PageMaker, article: tuple[str, ...], opinions: tuple[str, ...]
) -> None:
    prices = (
        "Here is what a household paid last winter, month by month:",
        "Nov",
        "88",
        "Dec",
        "97",
    )
    quoted = tuple(f"> {line}" for line in prices)
    answer = "And how much of that is tax, if one may ask? My bill shows only the sum."
    laid = page(article, opinions[0], prices, (*quoted, answer))

    *earlier, answering = split(laid).replies

    said = laid.text.index(prices[0])
    source = next(reply.id for reply in earlier if reply.start <= said < reply.end)
    assert text_of(laid, answering.own) == [answer]
    assert quotes(laid, answering) == [("\n\n".join(quoted), source)]


def test_a_page_of_posts_alone_has_no_article(page: PageMaker, opinions: tuple[str, ...]) -> None:
    long_post = "the council is finished\n\neverybody knows it\n\nI hate them"
    laid = page(*opinions, long_post, opinions[1])

    thread = split(laid)

    assert thread.article is None
    assert own_words(laid, thread)[:-1] == [[post] for post in (*opinions, long_post)]


def test_an_article_alone_has_no_replies(page: PageMaker, article: tuple[str, ...]) -> None:
    thread = split(page(article))

    assert thread.article is not None
    assert thread.replies == ()


def test_a_headline_is_recognised(
    page: PageMaker, article: tuple[str, ...], opinions: tuple[str, ...]
) -> None:
    headline = "Westmarch coal plant to close two years early"

    thread = split(page((headline, *article), *opinions))

    assert thread.article is not None
    assert thread.article.headline == headline


def test_one_line_is_a_page(page: PageMaker) -> None:
    thread = split(page("lol you people never learn"))

    assert thread.split_confidence is not None
    assert (thread.article is None) == bool(thread.replies)


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\r\n\t \u00a0\n"])
def test_a_page_without_text_is_refused_in_one_line(text: str) -> None:
    with pytest.raises(InputError) as refusal:
        split(Page(id="empty", text=text, source="empty.txt"))

    assert "empty.txt" in str(refusal.value)
    assert "\n" not in str(refusal.value)


def test_a_damaged_model_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "split"
    folder.mkdir()
    (folder / "config.json").write_text("{}")
    (folder / "tables.npz").write_bytes(b"PK\x03\x04 no archive")
    write_checksums(folder)

    with pytest.raises(ModelError, match="damaged"):
        split(Page(id="p", text="some text"), models=tmp_path)
