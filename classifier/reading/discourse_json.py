"""Discourse's JSON of a topic, as ``/t/ID.json`` answers it.

Posts are read from their ``cooked`` HTML by the marks that Discourse's pages have, so that quotes
come with their author and source post. The first post is the article. A long topic is answered a
page of posts at a time; posts that the answer only lists by id (``stream``) are not in it.
"""

from collections.abc import Iterator
from dataclasses import replace

from classifier.reading.columns import Columns
from classifier.reading.exports import Export, Record, record_of, records_at, text_at
from classifier.reading.fragments import tree_of
from classifier.reading.html.discussion import thread_of
from classifier.reading.html.engines import ENGINES
from classifier.reading.html.posts import Post, posts_in
from classifier.reading.html.rendering import Rendered
from classifier.reading.records import whole_characters
from classifier.thread import Thread

_WRITTEN_TYPES = (None, 1, 2, 4)
"""Regular posts, moderators' and whispers; 3 is a note that something was done."""


def _fits(value: object) -> bool:
    return (
        isinstance(value, dict)
        and isinstance(value.get("post_stream"), dict)
        and isinstance(value["post_stream"].get("posts"), list)
    )


def _items(value: object, _: Columns) -> Iterator[Thread]:
    topic = record_of(value)
    if not _fits(topic):
        raise ValueError("no topic of Discourse: it has no post_stream")
    posts: dict[int, Post] = {}
    for number, record in enumerate(records_at(record_of(topic["post_stream"]), "posts"), start=1):
        place = record.get("post_number")
        place = place if isinstance(place, int) else number
        if record.get("post_type") in _WRITTEN_TYPES:
            posts.setdefault(place, _post(record, place))
    if not posts:
        raise ValueError("a topic of Discourse without posts")
    first = min(posts)
    thread = thread_of(
        [posts[place] for place in sorted(posts)],
        id_=str(topic.get("id")),
        source=None,
        title=text_at(topic, "title", "fancy_title"),
        article=None,
        opening=first == 1,
    )
    yield thread if first == 1 else _going_on(thread)


def _going_on(thread: Thread) -> Thread:
    """Return a later page's thread with the opening post, which it lacks, called the article."""

    def called(name: str | None) -> str | None:
        return "article" if name == "1" else name

    replies = (
        reply.model_copy(
            update={
                "parent_id": called(reply.parent_id),
                "quotes": tuple(
                    quote.model_copy(update={"reply_id": called(quote.reply_id)})
                    for quote in reply.quotes
                ),
            }
        )
        for reply in thread.replies
    )
    return thread.model_copy(update={"replies": tuple(replies)})


def _post(record: Record, place: int) -> Post:
    author = text_at(record, "username", "name")
    parent = record.get("reply_to_post_number")
    gone = record.get("user_deleted") or record.get("deleted_at")
    cooked = None if gone else text_at(record, "cooked")
    post = _body(cooked, place) if cooked else Post(body=Rendered(text=""))
    return replace(
        post,
        id=str(place),
        number=place,
        author=whole_characters(author) if author else None,
        posted_at=text_at(record, "created_at"),
        parent_id=str(parent) if isinstance(parent, int) else None,
    )


def _body(cooked: str, place: int) -> Post:
    markup = f'<article id="post_{place}"><div class="cooked">{cooked}</div></article>'
    found = posts_in(tree_of(markup), ENGINES["discourse"])
    return found[0] if found else Post(body=Rendered(text=""))


DISCOURSE_JSON = Export(name="discourse-json", fits=_fits, items=_items)
