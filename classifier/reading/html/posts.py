"""Find the posts that an engine's marks show on a page."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from classifier.reading.html.engine import Engine, Value, matches
from classifier.reading.html.rendering import Rendered, Role, render

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lxml.etree import _Element

_EPOCH_DIGITS = range(9, 14)
_MOST_DIGITS_OF_SECONDS = 11


@dataclass(frozen=True, slots=True, kw_only=True)
class Quoted:
    """What the markup says of a quote: whose words it repeats, and from which post."""

    author: str | None = None
    post_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """One post as the markup tells it.

    Parameters
    ----------
    id, author, posted_at : str or None
        As the page gives them.
    number : int or None
        Its place in the thread, from 1.
    parent_id : str or None
        Id of the post that it answers, where that is marked apart from quotes.
    body : Rendered
        What was written; empty for a post that was deleted.
    quoted : tuple of Quoted
        Of each of the body's quotes.
    """

    body: Rendered
    id: str | None = None
    author: str | None = None
    posted_at: str | None = None
    number: int | None = None
    parent_id: str | None = None
    quoted: tuple[Quoted, ...] = ()


def posts_in(root: "_Element", engine: Engine) -> list[Post]:
    """Return the posts on a page, in its order; of several with the same id the first.

    The engine's selectors are matched once over the page, and what they find goes to the
    innermost post and quote around it, so that the time is linear in the size of the page.
    """
    marks = _Marks(root, engine)
    finds = _finds(root, marks)
    posts: dict[str, Post] = {}
    parents: dict[_Element, str] = {}
    for number, find in enumerate(finds):
        key = find.value("id") or f"r{number + 1}"
        parents[find.element] = key
        body = find.body()
        deleted = body is None or find.deleted
        if key in posts or (deleted and not find.deleted):
            continue
        rendered = Rendered(text="") if deleted or body is None else render(body, marks.role_of)
        outer = parents.get(find.outer) if find.outer is not None else None
        position = (find.value("number") or "").replace(",", "")
        posts[key] = Post(
            id=find.value("id"),
            author=find.value("author"),
            posted_at=_moment(find.value("posted_at")),
            number=int(position) if position.isdecimal() else None,
            parent_id=find.value("parent") or outer,
            body=rendered,
            quoted=tuple(marks.quoted.get(each.element, Quoted()) for each in rendered.quotes),
        )
    return list(posts.values())


def _moment(value: str | None) -> str | None:
    """Return when a post was made; seconds or milliseconds since 1970 become ISO 8601 in UTC."""
    if value is None or not (value.isascii() and value.isdecimal() and len(value) in _EPOCH_DIGITS):
        return value
    seconds = int(value) // (1000 if len(value) > _MOST_DIGITS_OF_SECONDS else 1)
    return datetime.fromtimestamp(seconds, UTC).isoformat()


@dataclass(slots=True)
class _Find:
    """A post's element and what was found in it so far."""

    element: "_Element"
    outer: "_Element | None"
    deleted: bool = False
    bodies: "dict[int, _Element]" = field(default_factory=dict)
    values: dict[str, tuple[int, str]] = field(default_factory=dict)

    def value(self, name: str) -> str | None:
        """Return the preferred of the values found under a name."""
        found = self.values.get(name)
        return found[1] if found else None

    def body(self) -> "_Element | None":
        """Return the preferred of the bodies found."""
        return self.bodies[min(self.bodies)] if self.bodies else None


_OF_POSTS = ("id", "author", "posted_at", "number", "parent")
_OF_QUOTES = ("quoted_author", "quoted_id")
_Hit = tuple[str, int, Value]


class _Marks:
    """What each element of a page is, by the engine's selectors."""

    def __init__(self, root: "_Element", engine: Engine) -> None:
        def elements(*selectors: str | None) -> "set[_Element]":
            return {each for one in selectors if one for each in matches(one, root)}

        self.posts = elements(engine.post)
        self.quotes = elements(engine.quote)
        self.heads = elements(engine.quote_head)
        self.leads = elements(engine.quote_lead)
        self.deleted = elements(engine.deleted)
        self.skipped = elements(*engine.skip) | self.heads | self.leads
        self.said = elements(engine.said)
        self.bodies: dict[_Element, int] = {}
        for rank, selector in enumerate(engine.body):
            for element in matches(selector, root):
                self.bodies.setdefault(element, rank)
        self.hits: dict[_Element, list[_Hit]] = {}
        for name in (*_OF_POSTS, *_OF_QUOTES):
            values: Iterable[Value] = getattr(engine, name)
            for rank, value in enumerate(values):
                for element in matches(value.selector, root):
                    self.hits.setdefault(element, []).append((name, rank, value))
        self.quoted: dict[_Element, Quoted] = {}

    def role_of(self, element: "_Element") -> Role | None:
        """Say what an element inside a post's body is."""
        if element in self.skipped or element in self.posts:
            return "skip"
        if element in self.said:
            return "said"
        return "quote" if element in self.quotes else None


def _finds(root: "_Element", marks: _Marks) -> list[_Find]:
    """Go over the page once, and give what was found to the post or quote that it is in."""
    from lxml.etree import iterwalk

    finds: list[_Find] = []
    posts: list[_Find] = []
    quotes: list[dict[str, tuple[int, str]]] = []
    lead: dict[str, tuple[int, str]] = {}
    leading = written = 0
    walk = iterwalk(root, events=("start", "end"))
    for event, element in walk:
        if event == "start":
            if element in marks.posts:
                posts.append(_Find(element, posts[-1].element if posts else None))
                finds.append(posts[-1])
                lead = {}
            if not posts:
                continue
            written += element in marks.bodies
            if written and element in marks.quotes:
                quotes.append(lead)
                lead = {}
            if written and element in marks.leads:
                leading += 1
                lead = {}
            _note(element, marks, posts[-1], lead if leading else quotes[-1] if quotes else None)
        else:
            if written and element in marks.leads:
                leading -= 1
            if written and element in marks.quotes:
                told = quotes.pop()
                marks.quoted[element] = Quoted(
                    author=told.get("quoted_author", (0, None))[1],
                    post_id=told.get("quoted_id", (0, None))[1],
                )
            written -= bool(posts) and element in marks.bodies
            if posts and posts[-1].element is element:
                posts.pop()
    return finds


def _note(
    element: "_Element", marks: _Marks, post: _Find, quote: dict[str, tuple[int, str]] | None
) -> None:
    """Keep what an element tells of the post, or of the quote, that it is in."""
    if quote is None and element in marks.bodies:
        post.bodies.setdefault(marks.bodies[element], element)
    post.deleted |= element in marks.deleted
    for name, rank, value in marks.hits.get(element, ()):
        of_quote = name in _OF_QUOTES
        if of_quote != (quote is not None):
            continue
        known = post.values if quote is None else quote
        if name in known and known[name][0] <= rank:
            continue
        if found := value.of(element):
            known[name] = (rank, found)
