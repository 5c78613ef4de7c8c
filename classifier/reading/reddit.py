"""Reddit: what its API answers, and dumps of comments and submissions in the Pushshift layout.

The API's answer for one discussion (``/comments/ID.json``) is a list of two listings, the
submission and the tree of comments; a single listing holds submissions or comments. Comments that
an answer only counts ("more") are not in it and so not in the thread.

Dumps (``RC_2012-03.zst``, ``RS_…``, or those of one subreddit) hold one record a line in the order
of time, comments of many discussions mixed, and may hold billions of them. They are sorted by
discussion in windows of `exports.WINDOW` comments, so that memory stays bounded and most answers
stand with what they answer; a discussion that goes on in a later window comes up again as another
thread with the same id, which is said once. A file sorted by ``link_id`` gives whole discussions.
Submissions in the same window open their discussion; alone they are threads without replies.
"""

import html
import re
from collections.abc import Iterator

from classifier.reading.columns import Columns
from classifier.reading.exports import Export, Record, record_of, records_at, text_at
from classifier.reading.records import Comment, comment_of

_COMMENT, _SUBMISSION = "t1", "t3"
_COLUMNS = Columns(
    text="body",
    id="id",
    author="author",
    posted_at="created_utc",
    parent_id="parent_id",
    thread_id="link_id",
)
_OPENING = Columns(text="text", id="id", author="author", posted_at="created_utc", title="title")
_SPOILER = re.compile(r">!|!<")
_GONE = ("[deleted]", "[removed]")


def _fits(value: object) -> bool:
    if isinstance(value, list):
        return bool(value) and all(_is_listing(each) for each in value)
    if not isinstance(value, dict):
        return False
    return _is_listing(value) or _is_comment(value) or _is_submission(value)


def _is_listing(value: object) -> bool:
    return (
        isinstance(value, dict)
        and value.get("kind") == "Listing"
        and isinstance(value.get("data"), dict)
    )


def _is_comment(record: Record) -> bool:
    return "body" in record and "link_id" in record and "subreddit" in record


def _is_submission(record: Record) -> bool:
    return "title" in record and "subreddit" in record and ("selftext" in record or "url" in record)


def _items(value: object, _: Columns) -> Iterator[Comment]:
    """Yield submissions and comments; the tree of replies is walked in reading order."""
    waiting: list[object] = list(reversed(value)) if isinstance(value, list) else [value]
    while waiting:
        record = record_of(waiting.pop())
        data = record.get("data")
        if _is_listing(record) and isinstance(data, dict):
            waiting.extend(reversed(records_at(data, "children")))
        elif record.get("kind") in (_COMMENT, _SUBMISSION) and isinstance(data, dict):
            waiting.append(data)
        elif _is_comment(record):
            yield _comment(record)
            if _is_listing(record.get("replies")):
                waiting.append(record["replies"])
        elif _is_submission(record):
            yield _submission(record)
        elif record.get("kind") != "more":
            raise ValueError("neither a comment nor a submission of Reddit")


def _comment(record: Record) -> Comment:
    return comment_of({**record, "body": _plain(record.get("body"))}, _COLUMNS)


def _submission(record: Record) -> Comment:
    """Return the opening post: what was written, or the title where it only links somewhere."""
    written = text_at(record, "selftext")
    title = text_at(record, "title")
    if written is None or written.strip() in _GONE:
        written = title
    opening = {
        **record,
        "text": _plain(written),
        "title": _plain(title),
    }
    found = comment_of(opening, _OPENING)
    return Comment(
        text=found.text,
        id=found.id,
        author=found.author,
        posted_at=found.posted_at,
        thread_id=f"{_SUBMISSION}_{found.id}" if found.id else None,
        title=found.title,
        opening=True,
    )


def _plain(markdown: object) -> object:
    """Return text without HTML entities and spoiler marks, which would look like quotes."""
    if not isinstance(markdown, str):
        return markdown
    text = html.unescape(markdown) if "&" in markdown else markdown
    return _SPOILER.sub("", text) if "!<" in text else text


REDDIT = Export(name="reddit", fits=_fits, items=_items, mixed=True)
