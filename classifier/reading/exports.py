"""What a site's or a tool's own JSON is recognised by, and how it becomes comments."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from classifier.reading.columns import Columns
from classifier.reading.records import Comment
from classifier.thread import Thread

Record = Mapping[str, object]
WINDOW = 20_000
"""How many comments are sorted by thread at a time."""

_WINDOW_CHARACTERS = 64_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """One kind of export.

    Parameters
    ----------
    name : str
        What ``--format`` calls it.
    fits : callable
        Tells whether a parsed value is of this kind: a record, or a whole file.
    items : callable
        Yields the comments of a value, opening posts among them, or whole threads; raises
        `ValueError` if it cannot be used. Columns name the keys where the kind leaves them open.
    mixed : bool
        Whether records of several threads stand mixed, as in dumps that are ordered by time:
        then comments are brought together by thread in windows of `WINDOW`.
    """

    name: str
    fits: Callable[[object], bool]
    items: Callable[[object, Columns], Iterable[Comment | Thread]]
    mixed: bool = False


def by_thread(items: Iterable[Comment | Thread]) -> Iterator[Comment | Thread]:
    """Yield the items with those of one thread together, as far as a window sees.

    Threads come in the order of their first comment; an opening post goes before its comments.
    A comment that names no thread of its own belongs to that of its parent, and so on upwards.
    """
    for window in _windows(items):
        groups: dict[str, list[Comment]] = {}
        for item in _rooted(window):
            if isinstance(item, Thread):
                yield item
            else:
                groups.setdefault(item.thread_id or "", []).append(item)
        for group in groups.values():
            yield from sorted(group, key=lambda comment: not comment.opening)


def _windows(items: Iterable[Comment | Thread]) -> Iterator[list[Comment | Thread]]:
    window: list[Comment | Thread] = []
    characters = 0
    for item in items:
        window.append(item)
        characters += len(item.text) if isinstance(item, Comment) else 0
        if len(window) == WINDOW or characters >= _WINDOW_CHARACTERS:
            yield window
            window, characters = [], 0
    if window:
        yield window


def _rooted(window: Sequence[Comment | Thread]) -> Iterator[Comment | Thread]:
    """Give comments without a thread id the id of what their parents lead up to."""
    comments = [item for item in window if isinstance(item, Comment)]
    present = {comment.id for comment in comments}
    parents = {
        comment.id: comment.parent_id
        for comment in comments
        if comment.id and comment.parent_id and not comment.opening
    }
    roots: dict[str, str] = {}
    for item in window:
        if isinstance(item, Thread) or item.thread_id is not None:
            yield item
            continue
        root = _root(item.id or item.parent_id or "", parents, roots)
        # Of a root beyond the window nobody knows whether it is a comment or the opening post.
        above = None if item.parent_id == root and root not in present else item.parent_id
        yield replace(item, thread_id=root or None, parent_id=above)


def _root(place: str, parents: Mapping[str, str], roots: dict[str, str]) -> str:
    """Follow parents upwards, and remember where each of them led."""
    path: dict[str, None] = {}
    while place in parents and place not in roots and place not in path:
        path[place] = None
        place = parents[place]
    root = roots.get(place, place)
    roots.update(dict.fromkeys(path, root))
    return root


def text_at(record: Record, *names: str) -> str | None:
    """Return the first of these values that is a string with something in it."""
    for name in names:
        value = record.get(name)
        if isinstance(value, str) and value.strip():
            return value
    return None


def record_of(value: object) -> Record:
    """Return a value as a record; raise `ValueError` if it is none."""
    if not isinstance(value, dict):
        raise ValueError(f"a {type(value).__name__}, not a record")  # noqa: TRY004 - one kind of error a line
    return value


def records_at(record: Record, name: str) -> list[Record]:
    """Return the records in a list under this name; what is no record is left out."""
    values = record.get(name)
    return [each for each in values if isinstance(each, dict)] if isinstance(values, list) else []
