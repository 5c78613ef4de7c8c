"""Damaged and hostile pages give a thread, or one clear line that names them, in linear time."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from classifier.errors import InputError
from classifier.reading.html import ENGINES, read_html
from classifier.reading.limits import Limits
from classifier.thread import Thread

if TYPE_CHECKING:
    from conftest import PageReading

PAGES = Path(__file__).with_name("pages")
FERRY = (PAGES / "xenforo2_ferry.html").read_bytes()
HOME = FERRY.index(b"</", FERRY.index(b"way home."))
POST = '<article class="message message--post" data-content="post-{}"><div class="bbWrapper">{}'
TAGS = (
    *("<div class=comment>", "</div>", "<blockquote>", "</blockquote>", "<li class=comment>"),
    *("<ul class=children>", "<p>", "<br>", "<pre>", "</pre>", "<b>", "</a>", "<table>", "<td>"),
    *("<html id=XF>", POST.format(1, ""), POST.format(2, ""), "</article>", "<!--", "-->", "<![x"),
    *("<body id=phpbb>", '<div id="p1" class="post">', '<div class="content">', "<cite>", "&amp;"),
    *("<aside class=quote>", "<script>", "</script>", "&#0;", "&#xD800;", "words by me", "\n", "ß"),
)


def read_or_complain(data: bytes, engine: str | None = None) -> Thread | None:
    complaint = ""
    thread: Thread | None
    try:
        [thread] = read_html(
            data, id_="page", source="page.html", notify=lambda _: None, engine=engine
        )
    except InputError as error:
        complaint = str(error)
        thread = None
    if thread is None:
        assert complaint.startswith("page.html: ")
        assert "\n" not in complaint
        return None
    Thread.model_validate_json(thread.to_json())
    text = thread.page_text or ""
    for reply in thread.replies:
        assert reply.text == "\n\n".join(text[start:end] for start, end in reply.own)
    return thread


@given(data=st.binary(max_size=2000))
def test_any_bytes_are_a_thread_or_one_clear_line(data: bytes) -> None:
    read_or_complain(data)


@given(
    pieces=st.lists(st.one_of(st.sampled_from(TAGS), st.text(max_size=9)), max_size=60),
    engine=st.sampled_from([None, "html", *ENGINES]),
)
def test_any_soup_of_tags_is_a_thread_or_one_clear_line(
    pieces: list[str], engine: str | None
) -> None:
    read_or_complain("".join(pieces).encode("utf-8", "surrogatepass"), engine)


@given(end=st.integers(min_value=1, max_value=len(FERRY)))
@example(end=HOME + 1)
@example(end=HOME + 2)
def test_a_truncated_page_gives_the_posts_up_to_there(end: int) -> None:
    thread = read_or_complain(FERRY[:end])
    if thread is not None and thread.article is not None:
        assert thread.id in ("3107@forum.example.org", "3107")
        assert "<" not in thread.article.text


def test_a_page_cut_in_mid_post_keeps_what_is_there(reading: "PageReading") -> None:
    thread = reading.thread(FERRY[: FERRY.index(b"not per head")])

    assert [reply.id for reply in thread.replies] == ["51004", "51005"]
    assert thread.replies[-1].text == "Both of you forget the subsidy. It is paid per sailing,"


@pytest.mark.parametrize(
    ("page", "complaint"),
    [
        (b"", "is empty"),
        (b"\x00\x01\x02" * 900, "binary"),
        (b"no tags at all, just words", "holds no markup"),
        (b"<html><body><p>Log in to see this page.</p></body></html>", "neither an article nor"),
        (b"<html id=XF><body><p>Log in.</p></body></html>", "no post found on this page of Xen"),
        (b"<body id=phpbb><div class=forumbg>Topics</div></body>", "no post found on this page of"),
    ],
)
def test_a_page_without_posts_is_refused_by_name(
    reading: "PageReading", page: bytes, complaint: str
) -> None:
    with pytest.raises(InputError, match=complaint) as caught:
        reading.thread(page)
    assert str(caught.value).startswith("page.html: ")


def test_a_page_forced_to_another_engine_is_refused(reading: "PageReading") -> None:
    with pytest.raises(InputError, match="no post found on this page of phpBB 3"):
        reading.thread(FERRY, engine="phpbb")


def test_ten_thousand_levels_are_cut_and_said(reading: "PageReading") -> None:
    page = '<html id="XF">' + POST.format(1, "Before.</div></article>")
    page += POST.format(2, "<blockquote class='bbCodeBlock--quote'>deep " * 10_000)

    thread = reading.thread(page)

    assert thread.article is not None
    assert thread.article.text == "Before."
    assert reading.said == [
        "page.html, line 1: nested too deeply: what follows the deepest element was left out"
    ]
    assert reading.notices[0].kind == "failure"


def test_a_single_file_of_parts_in_parts_is_refused(reading: "PageReading") -> None:
    parts = b"".join(
        b"Content-Type: multipart/related; boundary=b%d\n\n--b%d\n" % (depth, depth)
        for depth in range(3000)
    )
    with pytest.raises(InputError, match="parts nested too deeply"):
        reading.thread(parts + b"Content-Type: text/html\n\n<p>deep")


def test_a_page_too_large_is_refused_before_it_is_parsed(reading: "PageReading") -> None:
    room = len(FERRY) + 80 * (FERRY.count(b"<") + FERRY.count(b"="))
    with pytest.raises(InputError, match=r"page.html: 0\.\d+ MB of markup, .*--max-page-size"):
        reading.thread(FERRY, limits=Limits(page_size=room - 1))
    assert reading.thread(FERRY, limits=Limits(page_size=room)).replies


def test_images_inside_a_page_do_not_count(reading: "PageReading") -> None:
    room = len(FERRY) + 80 * (FERRY.count(b"<") + FERRY.count(b"=") + 2)
    image = b'<img src="data:image/png;base64,%b">' % (b"iVBORw0KGgo=" * (len(FERRY) // 6))
    page = FERRY.replace(b"</body>", image + b"</body>")
    assert image in page
    assert len(page) > 2 * len(FERRY)
    assert reading.thread(page, limits=Limits(page_size=room + len(image[:32]))).replies


def posts(count: int) -> str:
    return '<html id="XF">' + "".join(
        POST.format(
            number,
            f"<blockquote class='bbCodeBlock--quote' data-source='post: "
            f"{number - 1}'>said before</blockquote>Words.</div></article>",
        )
        for number in range(count)
    )


def nested_comments(count: int) -> str:
    chain = "".join(
        f"<li class='comment depth-{level}'><div class='comment-content'>two words</div><ul>"
        for level in range(200)
    )
    return "<ol class='commentlist'>" + (chain + "</ul></li>" * 200) * (count // 100)


def unknown_comments(count: int) -> str:
    return "<main>" + "".join(
        f"<div class='comment c{chr(97 + number % 26)}'><b class='author'>bob</b> some words</div>"
        for number in range(count * 4)
    )


def blank_space(count: int) -> str:
    blank = " \n\u00a0" * (count * 100)
    return f'<html id="XF">{POST.format(1, blank)}x{blank}<a class="message-name">{blank}</a>'


def long_heads(count: int) -> str:
    return (
        '<body id="phpbb"><div id="p1" class="post"><p class="author">'
        + "» by " * count * 50
        + '</p><div class="content"><blockquote><div><cite>'
        + "wrote on " * count * 50
    )


@pytest.mark.parametrize(
    "page", [posts, nested_comments, unknown_comments, blank_space, long_heads]
)
def test_time_grows_no_faster_than_the_page(page: Callable[[int], str]) -> None:
    def seconds(count: int) -> float:
        data = page(count).encode()
        began = time.process_time()
        read_or_complain(data)
        return time.process_time() - began

    seconds(100)
    once, twice, fourfold = (min(seconds(count) for _ in range(3)) for count in (200, 400, 800))
    assert fourfold < 8 * max(once, 0.02), (once, twice, fourfold)
