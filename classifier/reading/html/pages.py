"""Read a saved page with its markup."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from classifier.errors import InputError
from classifier.reading.html.article import article_in
from classifier.reading.html.charset import decode_html
from classifier.reading.html.discussion import thread_of
from classifier.reading.html.engine import Engine, Value, first_value, matches
from classifier.reading.html.engines import ENGINES
from classifier.reading.html.markup import parse
from classifier.reading.html.posts import Post, posts_in
from classifier.reading.html.repeats import comment_marks
from classifier.reading.html.single_file import is_single_file, page_in
from classifier.reading.limits import Limits
from classifier.reading.notices import Notify
from classifier.thread import Thread

if TYPE_CHECKING:
    from lxml.etree import _Element

_URL = (
    Value(selector='link[rel="canonical"]', attribute="href"),
    Value(selector='meta[property="og:url"]', attribute="content"),
    Value(selector="base[href]", attribute="href"),
)
_TITLE = (
    Value(selector='meta[property="og:title"]', attribute="content"),
    Value(selector="h1"),
    Value(selector="title"),
)
# Images inside the page, which nothing here looks at.
_INLINE_DATA = re.compile(rb"(?<=[\"'(])data:[\w.+/-]{1,99};base64,[\w+/=%-]+")
_PAGE_IN_URL = re.compile(r"(?:[?&;/-]page[=/-]?|/comment-page-)(\d{1,6})(?![\d-])", re.IGNORECASE)
_START_IN_URL = re.compile(r"(?:[?&;]start=|topic[=,]\d{1,12}\.)(\d{1,9})", re.IGNORECASE)


def read_html(
    data: bytes,
    *,
    id_: str,
    source: str | None,
    notify: Notify,
    charset: str | None = None,
    engine: str | None = None,
    limits: Limits | None = None,
) -> Iterator[Thread]:
    """Yield the thread on a saved page.

    The page's engine is told by its own marks. On the first page of a forum thread the opening
    post is the article; on pages of comments it is the text that they discuss. Quotes, parents,
    authors, times and ids are those of the markup; quotes that it does not mark are left to the
    splitting stage. Ids of quoted posts that stand on another page of the thread are kept.

    Parameters
    ----------
    data : bytes
        The page as it was saved or sent, or a browser's single file (MHTML) that holds it.
    id_ : str
        Id of the thread if the page gives none. One that it gives is the engine's number for the
        thread, ``@`` and the host where that is known: the same on each page of the thread.
    source : str or None
        Path or URL of the page.
    notify : callable
        Takes a `Notice` for what was read not quite as it stood.
    charset : str or None
        What the HTTP header said of the encoding.
    engine : str or None
        Name of the engine; ``html`` for none; by default it is found out.
    limits : Limits or None
        They bound the markup; images inside it do not count.

    Raises
    ------
    InputError
        While reading, if the page is too large, empty, binary, or holds neither posts nor an
        article.
    """
    name = source or id_
    if is_single_file(data):
        data, charset = page_in(data, source=name)
    data = _INLINE_DATA.sub(b"data:,", data)
    (limits or Limits()).check_markup(data, name)
    text = decode_html(data, charset=charset, source=name, notify=notify)
    root = parse(text, source=name, notify=notify)
    made_by = _engine(root, engine)
    thread = _of_engine(root, made_by, id_=id_, source=source) if made_by else None
    if thread is None and (made_by is None or (engine is None and not made_by.opening_is_article)):
        thread = _of_any(root, id_=id_, source=source)
    if thread is None:
        raise InputError(f"{name}: {_complaint(made_by)}")
    yield thread


def engine_of(root: "_Element") -> Engine | None:
    """Return the engine that made a page, by the first marks found."""
    for engine in ENGINES.values():
        if any(matches(sign, root) for sign in engine.signs):
            return engine
    return None


def _engine(root: "_Element", name: str | None) -> Engine | None:
    if name is None:
        return engine_of(root)
    return ENGINES.get(name)


def _of_engine(root: "_Element", engine: Engine, *, id_: str, source: str | None) -> Thread | None:
    posts = posts_in(root, engine)
    if not posts:
        return None
    elements = matches(engine.post, root)
    article = (
        None
        if engine.opening_is_article
        else article_in(root, selectors=engine.article, posts=elements)
    )
    return thread_of(
        posts,
        id_=_thread_id(root, engine, id_),
        source=source,
        title=first_value((*engine.thread_title, *_TITLE), root),
        article=article,
        opening=engine.opening_is_article and _is_first(root, engine, posts),
    )


def _of_any(root: "_Element", *, id_: str, source: str | None) -> Thread | None:
    """Return the thread of a page of no known engine: its article and whatever repeats under it."""
    marks = comment_marks(root)
    posts = posts_in(root, marks) if marks else []
    elements = matches(marks.post, root) if marks else []
    article = article_in(root, posts=elements)
    if article is None and not posts:
        return None
    return thread_of(
        posts,
        id_=id_,
        source=source,
        title=first_value(_TITLE, root),
        article=article,
        opening=False,
    )


def _thread_id(root: "_Element", engine: Engine, otherwise: str) -> str:
    number = first_value(engine.thread_id, root)
    if number is None:
        return otherwise
    hosts = (_host(first_value([value], root) or "") for value in _URL)
    host = next(filter(None, hosts), None)
    return f"{number}@{host}" if host else number


def _host(url: str) -> str | None:
    try:
        return urlsplit(url).hostname
    except ValueError:
        return None


def _is_first(root: "_Element", engine: Engine, posts: list[Post]) -> bool:
    """Return whether the first post on the page opens the thread."""
    if posts[0].number is not None:
        return posts[0].number == 1
    page = first_value(engine.page, root)
    if page is not None:
        return page == "1"
    url = first_value(_URL, root) or ""
    paged, started = _PAGE_IN_URL.search(url), _START_IN_URL.search(url)
    return (paged is None or int(paged[1]) <= 1) and (started is None or int(started[1]) == 0)


def _complaint(engine: Engine | None) -> str:
    if engine is None:
        return "holds neither an article nor comments: save the page that shows the discussion"
    return f"no post found on this page of {engine.title}: save the page that shows the thread"
