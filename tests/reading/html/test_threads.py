"""What a page tells of its thread beyond its posts."""

from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from classifier import read_threads
from classifier.reading import FORMATS, read
from classifier.reading.html import ENGINES
from classifier.thread import Thread

if TYPE_CHECKING:
    from conftest import PageReading

PAGES = Path(__file__).with_name("pages")


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("xenforo2_ferry", "xenforo2_ferry_page2"),
        ("vbulletin4_ferry", "vbulletin4_ferry_page2"),
        ("phpbb_ferry", "phpbb_ferry_page2"),
        ("smf_ferry", "smf20_ferry_page2"),
        ("discourse_ferry", "discourse_ferry_page2"),
        ("mybb_ferry", "mybb_ferry_page2"),
        ("invision_ferry", "invision_ferry_page2"),
    ],
)
def test_pages_of_one_thread_bear_one_id_and_only_the_first_has_the_article(
    first: str, second: str
) -> None:
    [opening] = read(PAGES / f"{first}.html")
    [following] = read(PAGES / f"{second}.html")
    assert isinstance(opening, Thread)
    assert isinstance(following, Thread)

    assert opening.id == following.id
    assert opening.article is not None
    assert following.article is None
    assert not {each.id for each in opening.replies} & {each.id for each in following.replies}


def test_quotes_from_another_page_keep_its_post_id_until_pages_are_joined() -> None:
    page = PAGES / "xenforo2_ferry_page2.html"
    [thread] = read(page)
    [resolved] = read_threads(page)
    assert isinstance(thread, Thread)

    assert thread.replies[0].quotes[0].reply_id == "51001"
    assert resolved.replies[0].quotes[0].reply_id is None


def test_a_page_without_a_thread_id_goes_by_its_own_name(reading: "PageReading") -> None:
    page = '<div class="post" id="p7"><div class="inner"></div><div class="content">Hm.</div></div>'

    assert reading.thread(page).id == "page"


def test_posts_without_ids_are_numbered(reading: "PageReading") -> None:
    post = '<article class="message message--post"><div class="bbWrapper">Words {}</div></article>'
    page = '<html id="XF">' + "".join(map(post.format, "abc"))

    assert [reply.id for reply in reading.thread(page).replies] == ["r1", "r2"]


def test_a_post_that_comes_twice_is_one(reading: "PageReading") -> None:
    page = (PAGES / "xenforo2_ferry.html").read_text(encoding="utf-8")
    start = page.index('<article class="message message--post')
    pinned = page[start : page.index("</div></div></div></article>", start)]

    assert reading.thread(
        page.replace(pinned, pinned + "</div></div></div></article>" + pinned)
    ) == reading.thread(page)


def test_a_quote_without_a_post_id_is_of_the_only_earlier_post_by_its_author(
    reading: "PageReading",
) -> None:
    post = """<div id="p{}" class="post"><div class="inner"><p class="author"><strong>{}</strong>
        </p><div class="content">{}</div></div></div>"""
    quote = "<blockquote><div><cite>Ana wrote:</cite>something since edited away</div></blockquote>"
    page = f"""<body id="phpbb">{post.format(1, "Ana", "Opening.")}
        {post.format(2, "Bo", quote + "Really?")}"""

    [reply] = reading.thread(page).replies

    assert [quote.reply_id for quote in reply.quotes] == ["article"]
    assert reply.parent_id == "article"


def test_an_article_without_comments_is_a_thread_without_replies(reading: "PageReading") -> None:
    words = "The ferry will sail again from Monday, the harbour office said. " * 6
    page = f"<html><body><nav>Home</nav><main><h1>Ferry</h1><p>{words}</p></main></body></html>"

    thread = reading.thread(page)

    assert thread.replies == ()
    assert thread.article is not None
    assert thread.article.text == words.strip()
    assert thread.title == "Ferry"


def test_teasers_are_no_comments(reading: "PageReading") -> None:
    words = "The ferry will sail again from Monday, the harbour office said. " * 6
    teaser = (
        '<div class="post"><h3><a href="/x">Bolts</a></h3><p>They did not fit at all.</p></div>'
    )
    page = f"<main><h1>Ferry</h1><div class='text'><p>{words}</p></div>{teaser * 6}</main>"

    assert reading.thread(page).replies == ()


def test_a_page_that_a_browser_saved_as_a_single_file_is_read(tmp_path: Path) -> None:
    saved = MIMEMultipart("related")
    saved["Subject"] = "Night ferry"
    page = PAGES / "xenforo2_ferry.html"
    saved.attach(MIMEText(page.read_text(encoding="utf-8"), "html", "utf-8"))
    saved.attach(MIMEText("p { color: red }", "css"))
    file = tmp_path / "ferry.mhtml"
    file.write_bytes(saved.as_bytes())

    [thread] = read(file)
    [plain] = read(page)

    assert isinstance(plain, Thread)
    assert thread == plain.model_copy(update={"source": str(file)})


def test_every_engine_is_a_format() -> None:
    assert {"html", *ENGINES} <= set(FORMATS)
