"""Find the comments on a page of no known engine: as blocks of one make that repeat."""

import re
from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from classifier.reading.html.engine import Engine, Value, matches

if TYPE_CHECKING:
    from lxml.etree import _Element

_NAME = re.compile(r"-?[A-Za-z_][\w-]{0,80}")
_VARYING = re.compile(r"\d|^(?:odd|even|alt|first|last|active|new|unread|collapsed|is-\w+)$")
_SAYS_COMMENT = re.compile(
    r"comment|repl(?:y|ies)|post|message|response|feedback|discussion", re.IGNORECASE
)
_NO_COMMENT = re.compile(
    r"related|recent|popular|latest|nav|menu|teaser|card|widget|promo|share|form|footer|header"
    r"|sidebar|pagination|attachment|author|avatar|meta|date|count|action|button|sign|tag",
    re.IGNORECASE,
)
_FEWEST_WORDS = 2
_MOST_LINKED = 0.5
_TAGS = frozenset(("div", "li", "article", "section", "tr", "dd", "table", "aside"))

_ANY = Engine(
    name="html",
    title="any page",
    signs=(),
    post="",
    body=(
        '[itemprop="text"]',
        '[itemprop="commentText"]',
        '[class*="comment-body"]',
        '[class*="comment-text"]',
        '[class*="comment-content"]',
        '[class*="message-body"]',
        '[class*="body"]',
        '[class*="content"]',
        '[class*="text"]',
        '[class*="message"]',
    ),
    id=(
        Value(selector="[id]", attribute="id", pattern=r"(\d{1,18})$"),
        Value(selector="[data-id]", attribute="data-id", pattern=r"^([\w-]{1,64})$"),
        Value(
            selector="[data-comment-id]", attribute="data-comment-id", pattern=r"^([\w-]{1,64})$"
        ),
    ),
    author=tuple(
        Value(selector=selector, pattern=r"^(?:[Bb]y )?(\S.{0,60}?)(?: (?:says|said|wrote))?:?$")
        for selector in (
            '[itemprop="author"]',
            '[itemprop="creator"]',
            '[rel="author"]',
            '[class*="author"]',
            '[class*="username"]',
            '[class*="user-name"]',
            '[class*="nickname"]',
            '[class*="commenter"]',
            '[class*="user"]',
            "cite",
        )
    ),
    posted_at=(
        Value(selector="time[datetime]", attribute="datetime"),
        Value(selector='[itemprop="datePublished"]', attribute="content"),
        Value(selector='[itemprop="dateCreated"]', attribute="content"),
        Value(selector='[class*="date"]', pattern=r"^(.{4,60})$"),
        Value(selector='[class*="time"]', pattern=r"^(.{4,60})$"),
    ),
    quote='blockquote, [class*="bbcode_quote"], div.quote, div[class*="quoted"]',
    quote_head="blockquote > cite, div.quote > cite, blockquote > header",
    quoted_author=(
        Value(selector="cite", pattern=r"^@?(.{1,80}?)(?: (?:wrote|said))?:?$"),
        Value(selector="blockquote[data-author]", attribute="data-author"),
    ),
    quoted_id=(Value(selector="blockquote[cite]", attribute="cite", pattern=r"#\D{0,40}(\d+)$"),),
    skip=(
        '[class*="author"]',
        '[class*="avatar"]',
        '[class*="meta"]',
        '[class*="byline"]',
        '[class*="username"]',
        '[class*="date"]',
        '[class*="time"]:not(ol):not(ul)',
        '[class*="action"]',
        '[class*="vote"]',
        '[class*="voting"]',
        '[class*="share"]',
        '[class*="likes"]',
        '[class*="footer"]',
        '[class*="signature"]',
        '[class*="reply-link"]',
        '[class*="report"]',
        '[class*="edited"]',
        '[class*="attachment"]',
        '[itemprop="author"]',
        "time",
    ),
    opening_is_article=False,
    thread_title=(
        Value(selector='meta[property="og:title"]', attribute="content"),
        Value(selector="h1"),
        Value(selector="title"),
    ),
)
_MARKED_POSTS = '[itemtype$="schema.org/Comment"], [itemtype$="schema.org/UserComments"]'


def comment_marks(root: "_Element") -> Engine | None:
    """Return a description of the comments on a page, or None if nothing there repeats like them.

    Microdata that marks comments as such is taken at its word. Else blocks of one tag and
    the same classes are comments if their classes speak of comments, and most of their words are
    no links; the blocks that hold the most words of all such are taken, the outermost where
    they enclose each other one by one.
    """
    if matches(_MARKED_POSTS, root):
        return replace(_ANY, post=_MARKED_POSTS)
    groups = [group for group in _groups(root).values() if group.may_be_comments()]
    best = max(groups, key=lambda group: group.words - group.linked, default=None)
    if best is None:
        return None
    return replace(_ANY, post=best.selector, body=(*_ANY.body, best.selector))


@dataclass(slots=True)
class _Group:
    """Blocks of one tag and the same classes."""

    tag: str
    names: tuple[str, ...]
    count: int = 0
    words: int = 0
    linked: int = 0
    spoken: int = 0
    parents: "set[_Element]" = field(default_factory=set)

    @property
    def selector(self) -> str:
        """CSS selector of these blocks."""
        return self.tag + "".join(f".{name}" for name in self.names)

    def may_be_comments(self) -> bool:
        """Return whether the classes speak of comments, and the blocks of something."""
        says = any(_SAYS_COMMENT.search(name) for name in self.names)
        denies = any(_NO_COMMENT.search(name) for name in self.names)
        alone = self.count == 1 and not {"comment", "reply", "post"} & set(self.names)
        return (
            says
            and not denies
            and not alone
            and self.spoken * 2 > self.count
            and self.linked <= _MOST_LINKED * self.words
        )


def _groups(root: "_Element") -> dict[tuple[str, tuple[str, ...]], _Group]:
    """Return the blocks of a page by their make, each block's words counted without inner ones."""
    from lxml.etree import iterwalk

    groups: dict[tuple[str, tuple[str, ...]], _Group] = {}
    words: defaultdict[_Element, int] = defaultdict(int)
    stack: list[tuple[_Element, _Group | None, list[int]]] = []
    links = 0
    for event, element in iterwalk(root, events=("start", "end")):
        if event == "start":
            group = _group(element, groups)
            links += element.tag == "a"
            stack.append((element, group, [0, 0]))
            _count(element.text, stack[-1][2], links)
            continue
        _, group, counts = stack.pop()
        links -= element.tag == "a"
        if group is not None:
            group.count += 1
            group.words += counts[0]
            group.linked += counts[1]
            group.spoken += counts[0] >= _FEWEST_WORDS
        if stack:
            above = stack[-1]
            same = group is not None and any(each is group for _, each, _ in stack[-12:])
            if not same:
                above[2][0] += counts[0]
                above[2][1] += counts[1]
            _count(element.tail, above[2], links)
    words.clear()
    return groups


def _count(text: str | None, counts: list[int], links: int) -> None:
    if text:
        number = len(text.split())
        counts[0] += number
        counts[1] += number if links else 0


def _group(element: "_Element", groups: dict[tuple[str, tuple[str, ...]], _Group]) -> _Group | None:
    if element.tag not in _TAGS:
        return None
    names = tuple(
        sorted(
            name
            for name in str(element.get("class") or "").split()
            if _NAME.fullmatch(name) and not _VARYING.search(name)
        )
    )
    if not names:
        return None
    key = (str(element.tag), names)
    return groups.setdefault(key, _Group(*key))
