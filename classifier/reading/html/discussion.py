"""From the posts on a page to a thread with a text that all offsets refer to."""

from collections.abc import Sequence

from classifier.reading.html.posts import Post, Quoted
from classifier.reading.html.rendering import Rendered
from classifier.thread import Article, Quote, Reply, Span, Thread

_ARTICLE = "article"


def thread_of(
    posts: Sequence[Post],
    *,
    id_: str,
    source: str | None,
    title: str | None,
    article: Rendered | None,
    opening: bool,
) -> Thread:
    """Return the thread of these posts.

    Its page text is the article and the posts, a line feed between them. Quotes are linked to
    the post that the markup names, or to the only earlier one by the author whom it names;
    links to posts on other pages keep those posts' ids.

    Parameters
    ----------
    posts : sequence of Post
        In page order.
    id_, source, title
        Of the thread.
    article : Rendered or None
        What is discussed, where it is not a post.
    opening : bool
        Whether the first post is what the others discuss.
    """
    page = _PageText()
    opened = None
    links = _Links()
    if opening and posts and posts[0].body.text:
        first, posts = posts[0], posts[1:]
        links.name(first, _ARTICLE)
        article = first.body
    if article is not None and article.text:
        start, end = page.add(article.text)
        opened = Article(start=start, end=end, text=article.text, headline=title)
    replies = []
    for number, post in enumerate(posts, start=1):
        reply = _reply(post, post.id or f"r{number}", page, links)
        links.name(post, reply.id)
        replies.append(reply)
    return Thread(
        id=id_,
        source=source,
        title=title,
        article=opened,
        replies=tuple(replies),
        page_text=page.text,
    )


class _PageText:
    """The text of the page, as far as it was put together."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._length = 0

    def add(self, text: str) -> Span:
        """Add a text on lines of its own, and return where it stands."""
        if self._pieces:
            self._pieces.append("\n")
            self._length += 1
        start = self._length
        self._pieces.append(text)
        self._length += len(text)
        return start, self._length

    @property
    def text(self) -> str:
        """All of it."""
        return "".join(self._pieces)


class _Links:
    """Which ids the posts of the thread have, and who wrote what so far."""

    def __init__(self) -> None:
        self._called: dict[str, str] = {}
        self._by_author: dict[str, list[str]] = {}

    def name(self, post: Post, name: str) -> None:
        """Let a post be known by this name to those after it."""
        if post.id:
            self._called[post.id] = name
        if post.author:
            self._by_author.setdefault(post.author.casefold(), []).append(name)

    def called(self, post_id: str | None) -> str | None:
        """Return the name of the post with this id."""
        return self._called.get(post_id, post_id) if post_id else None

    def source(self, quoted: Quoted) -> str | None:
        """Return the name of the post that a quote repeats, or None if that is open."""
        if quoted.post_id:
            return self.called(quoted.post_id)
        written = self._by_author.get((quoted.author or "").casefold(), [])
        return written[0] if len(written) == 1 else None


def _reply(post: Post, name: str, page: _PageText, links: _Links) -> Reply:
    start, end = page.add(post.body.text)
    own = tuple((start + begin, start + stop) for begin, stop in post.body.own)
    quotes = tuple(
        Quote(
            start=start + quote.start,
            end=start + quote.end,
            reply_id=_other(links.source(quoted), name),
        )
        for quote, quoted in zip(post.body.quotes, post.quoted, strict=True)
    )
    outer = (
        quote.reply_id
        for quote, rendered in zip(quotes, post.body.quotes, strict=True)
        if not rendered.depth
    )
    parent = links.called(post.parent_id) or next((found for found in outer if found), None)
    return Reply(
        id=name,
        author=post.author,
        posted_at=post.posted_at,
        start=start,
        end=end,
        text="\n\n".join(post.body.text[begin:stop] for begin, stop in post.body.own),
        own=own,
        quotes=quotes,
        excerpts=tuple((start + begin, start + stop) for begin, stop in post.body.excerpts),
        parent_id=_other(parent, name),
    )


def _other(found: str | None, name: str) -> str | None:
    """Return an id unless it is the reply's own: nobody answers themselves by mistake."""
    return found if found != name else None
