"""Which column, or JSON key, of a comment record holds what."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from itertools import islice

_NAMES_SHOWN = 12
_CHARACTERS_SHOWN = 30

_USUAL_NAMES = {
    "text": (
        "text",
        "body",
        "comment",
        "comment_text",
        "comment_body",
        "content",
        "message",
        "reply",
        "post",
        "tweet",
    ),
    "id": ("id", "comment_id", "post_id", "reply_id", "message_id", "tweet_id", "entry_id"),
    "author": (
        "author",
        "author_name",
        "user",
        "username",
        "user_name",
        "screen_name",
        "comment_author",
        "speaker",
        "nickname",
    ),
    "posted_at": (
        "posted_at",
        "created_at",
        "created_utc",
        "published_at",
        "timestamp",
        "datetime",
        "date",
        "time",
        "entry_utc",
    ),
    "parent_id": (
        "parent_id",
        "parent_comment_id",
        "parent_post_id",
        "reply_to",
        "in_reply_to",
        "in_reply_to_id",
        "in_reply_to_status_id",
        "parent",
    ),
    "thread_id": (
        "thread_id",
        "link_id",
        "discussion_id",
        "conversation_id",
        "submission_id",
        "article_id",
        "story_id",
        "thread",
    ),
    "title": (
        "thread_title",
        "link_title",
        "discussion_title",
        "article_title",
        "headline",
        "title",
    ),
    "target": ("target", "target_1", "topic_str", "topic"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """Names of the columns, or JSON keys, of comment records.

    A name that is None is looked for among the usual names, upper and lower case, blanks,
    hyphens and underscores being the same.

    Parameters
    ----------
    text : str or None
        What was written: ``text``, ``body``, ``comment``, ``content``, ``message``, …
    id : str or None
        Id of the comment.
    author : str or None
        Name of its author.
    posted_at : str or None
        When it was posted; seconds or milliseconds since 1970 become ISO 8601 in UTC.
    parent_id : str or None
        Id of the comment that it answers.
    thread_id : str or None
        Id of the discussion that it belongs to.
    title : str or None
        Title of that discussion.
    target : str or None
        Phrase that a stance is asked towards.
    """

    text: str | None = None
    id: str | None = None
    author: str | None = None
    posted_at: str | None = None
    parent_id: str | None = None
    thread_id: str | None = None
    title: str | None = None
    target: str | None = None

    def found_in(self, names: Iterable[str]) -> "Columns":
        """Return the columns that a record with these names has, None for each that it lacks."""
        present = tuple(names)
        spelled = {_plain(name): name for name in reversed(present)}
        found: dict[str, str | None] = {}
        for field in fields(self):
            given = getattr(self, field.name)
            if given is not None:
                found[field.name] = given if given in present else None
                continue
            usual = (spelled.get(name) for name in _USUAL_NAMES[field.name])
            found[field.name] = next((name for name in usual if name is not None), None)
        return Columns(**found)

    def missing_from(self, names: Iterable[str]) -> tuple[str, ...]:
        """Return the given columns that are not among the names."""
        present = set(names)
        return tuple(name for name in self.names() if name not in present)

    def names(self) -> tuple[str, ...]:
        """Return the names that are given, each once."""
        given = (getattr(self, field.name) for field in fields(self))
        return tuple(dict.fromkeys(name for name in given if name is not None))


def shown(names: Iterable[str]) -> str:
    """Return the first names for a message: cut short, and safe to print on a terminal."""
    printable = (
        "".join(c if c.isprintable() else "\ufffd" for c in name[:_CHARACTERS_SHOWN])
        for name in islice(names, _NAMES_SHOWN)
    )
    return ", ".join(printable) or "none"


def _plain(name: str) -> str:
    return name.strip().strip("\ufeff").lower().replace(" ", "_").replace("-", "_")
