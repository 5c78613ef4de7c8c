"""Find the comments on a page of no known engine: as blocks of one make that repeat."""

import re
from dataclasses import dataclass, replace
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
    r"nav|menu|teaser|card|widget|promo|share|form|footer|header|sidebar|pagination|attachment"
    r"|author|avatar|meta|date|count|action|button|sign|tag|list|link|related|recent|popular",
    re.IGNORECASE,
)
_TEASER = re.compile(
    r"^(?:related|recent|popular|latest|teaser|card|widget|promo|sidebar|nav|menu|form)"
    r"|(?:teaser|-card|__card|-widget|-promo)$",
    re.IGNORECASE,
)
_HEADINGS = frozenset(("h1", "h2", "h3", "h4"))
_FEWEST_WORDS = 2
_MOST_LINKED = 0.5
_RICH = 0.7
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
    the same classes are comments if these classes speak of comments, most of their words are
    no links, and most have no linked heading, as teasers do. Of the blocks that hold nearly
    all such words the most numerous are taken, and the outermost of equally many.
    """
    if matches(_MARKED_POSTS, root):
        return replace(_ANY, post=_MARKED_POSTS)
    groups = [group for group in _groups(root).values() if group.may_be_comments()]
    if not groups:
        return None
    most = max(group.own for group in groups)
    rich = [group for group in groups if group.own >= _RICH * most]
    best = max(rich, key=lambda group: (group.count, group.own))
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
    titled: int = 0
    open: int = 0

    @property
    def own(self) -> int:
        """Words that are no links."""
        return self.words - self.linked

    @property
    def selector(self) -> str:
        """CSS selector of these blocks."""
        return self.tag + "".join(f".{name}" for name in self.names)

    def may_be_comments(self) -> bool:
        """Return whether the classes speak of comments, and the blocks of something."""
        alone = self.count == 1 and not {"comment", "reply", "post"} & set(self.names)
        return (
            not alone
            and self.spoken * 2 > self.count
            and self.titled * 2 < self.count
            and self.linked <= _MOST_LINKED * self.words
        )


@dataclass(slots=True)
class _Open:
    """An element that the walk is in, and what was counted in it outside of inner blocks."""

    element: "_Element"
    group: _Group | None
    words: int = 0
    linked: int = 0
    titled: bool = False

    def count(self, text: str | None, *, linked: bool) -> None:
        """Count the words of a text."""
        if text:
            number = len(text.split())
            self.words += number
            self.linked += number if linked else 0


def _groups(root: "_Element") -> dict[tuple[str, tuple[str, ...]], _Group]:
    """Return the blocks of a page that speak of comments, by their make.

    A block's words are counted without those of the same make inside it.
    """
    from lxml.etree import iterwalk

    groups: dict[tuple[str, tuple[str, ...]], _Group] = {}
    stack: list[_Open] = []
    links = 0
    for event, element in iterwalk(root, events=("start", "end")):
        if event == "start":
            links += element.tag == "a"
            group = _group(element, groups)
            stack.append(_Open(element, group))
            if group is not None:
                group.open += 1
            stack[-1].count(element.text, linked=links > 0)
            continue
        done = stack.pop()
        links -= element.tag == "a"
        _add(done)
        if stack:
            if done.group is None or not done.group.open:
                stack[-1].words += done.words
                stack[-1].linked += done.linked
                stack[-1].titled |= done.titled or (
                    element.tag == "a" and stack[-1].element.tag in _HEADINGS
                )
            stack[-1].count(element.tail, linked=links > 0)
    return groups


def _add(block: _Open) -> None:
    """Add what was counted in a block to its group."""
    if block.group is not None:
        block.group.open -= 1
        block.group.count += 1
        block.group.words += block.words
        block.group.linked += block.linked
        block.group.spoken += block.words >= _FEWEST_WORDS
        block.group.titled += block.titled


def _group(element: "_Element", groups: dict[tuple[str, tuple[str, ...]], _Group]) -> _Group | None:
    """Return the group of an element whose classes speak of comments."""
    if element.tag not in _TAGS:
        return None
    names = [
        name
        for name in str(element.get("class") or "").split()
        if _NAME.fullmatch(name) and not _VARYING.search(name)
    ]
    if any(_TEASER.search(name) for name in names):
        return None
    says = tuple(sorted({name for name in names if _SAYS_COMMENT.search(name)}))
    if not says or any(_NO_COMMENT.search(name) for name in says):
        return None
    key = (str(element.tag), says)
    return groups.setdefault(key, _Group(*key))
