"""From comment records to threads, shared by every format that holds one comment a record."""

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import groupby

from classifier.reading.columns import Columns
from classifier.reading.limits import PIECE_ROOM, Limits
from classifier.reading.notices import Notice, Notify
from classifier.thread import Article, Reply, Target, Thread, compact

_GONE = frozenset({"[deleted]", "[removed]"})
_KIND_PREFIX = re.compile(r"t[1-6]_")
_POST_PREFIX = "t3_"
_WHOLE_FLOAT = re.compile(r"(-?[0-9]{1,20})\.0")
_EPOCH = re.compile(r"[0-9]{9,13}(?:\.[0-9]{1,9})?")
_FIRST_MILLISECOND_EPOCH = 1e11
_THREADS_REMEMBERED = 1_000_000
# Comments that belong together stay together for longer than those that nothing joins.
_PATIENCE = 10
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment:
    """One comment record, its values cleaned but its ids as given.

    An opening post is what the others of its thread discuss: their article.
    """

    text: str
    id: str | None = None
    author: str | None = None
    posted_at: str | None = None
    parent_id: str | None = None
    thread_id: str | None = None
    title: str | None = None
    target: str | None = None
    opening: bool = False

    def as_opening(self) -> "Comment":
        """Return the same as the post that opens its thread."""
        return replace(self, opening=True, parent_id=None, thread_id=self.thread_id or self.id)


def comment_of(record: Mapping[str, object], columns: Columns) -> Comment:
    """Return the record as a comment.

    Parameters
    ----------
    record : mapping of str to object
        Values by column name; a missing or null text is an empty one.
    columns : Columns
        The columns that this record has.

    Raises
    ------
    ValueError
        If the text is neither a string nor a number.
    """

    def value(name: str | None) -> str | None:
        return _scalar(record.get(name)) if name is not None else None

    text = record.get(columns.text) if columns.text is not None else None
    if isinstance(text, (dict, list)):
        raise ValueError(f"'{columns.text}' holds a {type(text).__name__}, not a text")  # noqa: TRY004 - a record's fault, not the caller's
    author = value(columns.author)
    return Comment(
        text=whole_characters("" if text is None else str(text)),
        id=value(columns.id),
        author=None if author in _GONE else author,
        posted_at=_moment(value(columns.posted_at)),
        parent_id=value(columns.parent_id),
        thread_id=value(columns.thread_id),
        title=value(columns.title),
        target=value(columns.target),
    )


def threads_of(
    items: Iterable[Comment | Thread],
    *,
    limits: Limits,
    default_id: str,
    source: str,
    notify: Notify,
) -> Iterator[Thread]:
    """Group comments that follow each other and name the same thread; pass threads on.

    Memory holds one thread at a time. `Limits.comments` bounds it: comments that name neither a
    thread nor a parent are then cut into threads of that many, others into threads of ten
    times as many, which is said. `Limits.page_size` bounds it in any case. A thread that comes
    up again later is yielded again, with a warning.

    Parameters
    ----------
    items : iterable of Comment or Thread
        In the order of the file.
    limits : Limits
        How long a thread may become.
    default_id : str
        Id of the thread of comments that name none; those after a cut get ``#2``, ``#3``, …
    source : str
        Path of the file.
    notify : callable
        Takes each `Notice`.
    """
    seen: set[str] = set()
    torn = cut = False
    repeated = 0
    for key, group in groupby(items, key=_group_key):
        if not isinstance(key, str):
            yield key
            continue
        if key in seen and not torn:
            torn = True
            message = "comments of one thread stand apart: sort the file by thread to join them"
            notify(Notice(kind="warning", source=source, message=message))
        if not torn and len(seen) < _THREADS_REMEMBERED:
            seen.add(key)
        comments = (item for item in group if isinstance(item, Comment))
        start = 0
        for number, part in enumerate(_parts(comments, limits), start=1):
            ids, repeats = _distinct_ids(part, start=start)
            repeated += repeats
            start += len(part)
            suffix = f"#{number}" if number > 1 else ""
            if suffix and not cut and (limits.comments is None or _belong_together(part)):
                cut = True
                message = f"thread longer than {start - len(part):,} comments: cut there"
                notify(Notice(kind="warning", source=source, message=message))
            thread = _thread(part, ids, id_=_bare(key or default_id) + suffix, source=source)
            del part, ids  # a long thread's are not held beside it
            yield thread
            del thread
    if repeated:
        message = f"ids given to several comments: {repeated}; the later ones became ID#2, …"
        notify(Notice(kind="warning", source=source, message=message))


def _parts(comments: Iterator[Comment], limits: Limits) -> Iterator[list[Comment]]:
    """Yield the comments of a thread, all together if no limit says otherwise."""
    part: list[Comment] = []
    room, most = limits.page_size, limits.comments
    for comment in comments:
        if most is not None and len(part) == limits.comments and _belong_together(part):
            most = _PATIENCE * limits.comments
        if part and (len(part) == most or _size(comment) > room):
            yield part
            part, room, most = [], limits.page_size, limits.comments
        part.append(comment)
        room -= _size(comment)
    if part:
        yield part


def _size(comment: Comment) -> int:
    """Return how much of a page's room a comment takes; the shortest one takes some memory too."""
    held = (comment.text, comment.id, comment.author, comment.title, comment.target)
    return PIECE_ROOM + sum(len(value) for value in held if value)


def _belong_together(part: Sequence[Comment]) -> bool:
    return any(comment.thread_id or comment.parent_id for comment in part)


def _group_key(item: Comment | Thread) -> str | Thread:
    return item if isinstance(item, Thread) else item.thread_id or ""


def _thread(comments: list[Comment], ids: list[str], *, id_: str, source: str) -> Thread:
    title = next((comment.title for comment in comments if comment.title), None)
    opening = next((number for number, each in enumerate(comments) if each.opening), None)
    known = {own_id for number, own_id in enumerate(ids) if number != opening}
    article: Article | None = None
    replies = []
    start = 0
    for number, (comment, own_id) in enumerate(zip(comments, ids, strict=True)):
        end = start + len(comment.text)
        written = bool(comment.text.strip()) and comment.text.strip() not in _GONE
        if number != opening:
            reply = Reply(
                id=own_id,
                author=comment.author,
                posted_at=comment.posted_at,
                start=start,
                end=end,
                text=comment.text if written else "",
                own=((start, end),) if written else (),
                parent_id=_parent(comment, own_id, known),
                targets=(Target(kind="topic", text=comment.target),) if comment.target else (),
            )
            replies.append(compact(reply))
        elif written:
            article = Article(start=start, end=end, text=comment.text, headline=title)
        start = end + 1
    return Thread(
        id=id_,
        source=source,
        title=title,
        article=article,
        replies=tuple(replies),
        page_text="\n".join(comment.text for comment in comments),
    )


def _distinct_ids(comments: list[Comment], *, start: int) -> tuple[list[str], int]:
    """Return an id for each comment, and how many ids were given more than once.

    Those without an id are numbered from `start` on, which counts the comments before them.
    """
    ids: list[str] = []
    used: set[str] = set()
    repeats: dict[str, int] = {}
    for number, comment in enumerate(comments, start=start + 1):
        wanted = _bare(comment.id) if comment.id else f"r{number}"
        own_id = wanted
        while own_id in used:
            repeats[wanted] = repeats.get(wanted, 1) + 1
            own_id = f"{wanted}#{repeats[wanted]}"
        used.add(own_id)
        ids.append(own_id)
    return ids, len(repeats)


def _parent(comment: Comment, own_id: str, known: set[str]) -> str | None:
    """Return the answered comment, ``article`` for the opening post, None where neither is known.

    Forums number comments and opening posts apart, or give the thread's id as parent of the
    comments that answer its opening post.
    """
    if comment.parent_id is None:
        return None
    parent = _bare(comment.parent_id)
    if parent in known and parent != own_id:
        return parent
    answers_post = comment.parent_id.startswith(_POST_PREFIX) or (
        comment.thread_id is not None and parent == _bare(comment.thread_id)
    )
    return "article" if answers_post and parent != own_id else None


def _bare(identifier: str) -> str:
    """Return a Reddit id without the prefix that tells its kind."""
    match = _KIND_PREFIX.match(identifier)
    return identifier[match.end() :] if match and match.end() < len(identifier) else identifier


def _scalar(value: object) -> str | None:
    """Return a name, id or date as text; whole numbers lose the ``.0`` that tables add."""
    if value is None or isinstance(value, (bool, dict, list)):
        return None
    text = whole_characters(str(value)).strip()
    whole = _WHOLE_FLOAT.fullmatch(text)
    return (whole[1] if whole else text) or None


def _moment(value: str | None) -> str | None:
    if value is None or not _EPOCH.fullmatch(value):
        return value
    seconds = float(value)
    if seconds >= _FIRST_MILLISECOND_EPOCH:
        seconds /= 1000
    return datetime.fromtimestamp(math.floor(seconds), UTC).isoformat()


def whole_characters(text: str) -> str:
    """Replace halves of surrogate pairs, which JSON can escape but no encoding can write."""
    return _LONE_SURROGATE.sub("\ufffd", text)
