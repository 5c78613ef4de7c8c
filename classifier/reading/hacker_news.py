"""Hacker News: items of the official (Firebase) API, and the trees and hits of Algolia's.

Firebase items name their parent but not their story; they are brought together by following
parents, in windows of `exports.WINDOW` items. Texts are HTML.
"""

from collections.abc import Iterator

from classifier.reading.columns import Columns
from classifier.reading.exports import Export, Record, record_of, records_at, text_at
from classifier.reading.fragments import rendered
from classifier.reading.records import Comment, comment_of

_TYPES = ("story", "comment", "job", "poll", "pollopt")
_ANSWER = "comment"
_COLUMNS = Columns(
    text="text",
    id="id",
    author="author",
    posted_at="time",
    parent_id="parent",
    thread_id="story",
    title="title",
)


def _fits(value: object) -> bool:
    if not isinstance(value, dict):
        return False
    return _is_tree(value) or _is_item(value) or _is_hit(value) or _is_search(value)


def _is_item(record: Record) -> bool:
    """Return whether this is an item of the Firebase API; deleted ones have little left."""
    known = record.get("type") in _TYPES and isinstance(record.get("id"), int) and "time" in record
    return known and ("by" in record or "deleted" in record or "dead" in record)


def _is_tree(record: Record) -> bool:
    return "children" in record and "created_at_i" in record and "author" in record


def _is_hit(record: Record) -> bool:
    return "objectID" in record and "created_at_i" in record and "author" in record


def _is_search(record: Record) -> bool:
    return isinstance(record.get("hits"), list) and "nbHits" in record


def _items(value: object, _: Columns) -> Iterator[Comment]:
    """Yield stories and comments; a tree of them is walked in reading order."""
    waiting = [record_of(value)]
    while waiting:
        record = waiting.pop()
        if _is_search(record):
            waiting.extend(reversed(records_at(record, "hits")))
        elif _is_item(record) or _is_tree(record) or _is_hit(record):
            if record.get("type") != "pollopt":
                yield _comment(record)
            waiting.extend(reversed(records_at(record, "children")))
        else:
            raise ValueError("no item of Hacker News")


def _comment(record: Record) -> Comment:
    title = text_at(record, "title")
    parent = record.get("parent", record.get("parent_id"))
    opening = record.get("type") != _ANSWER and parent is None
    markup = text_at(record, "text", "comment_text", "story_text")
    text = "" if markup is None or record.get("deleted") else rendered(markup).text
    own_id = record.get("id", record.get("objectID"))
    comment = comment_of(
        {
            "text": text or (title if opening else ""),
            "id": own_id,
            "author": record.get("by", record.get("author")),
            "time": record.get("time", record.get("created_at_i")),
            "parent": None if opening else parent,
            "story": own_id if opening else record.get("story_id"),
            "title": title,
        },
        _COLUMNS,
    )
    return comment if not opening else comment.as_opening()


HACKER_NEWS = Export(name="hacker-news", fits=_fits, items=_items, mixed=True)
