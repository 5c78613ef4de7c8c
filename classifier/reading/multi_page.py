"""Pages of one thread that came as several files, joined into one thread."""

import re
from collections.abc import Iterable, Iterator, Sequence

from classifier.reading.limits import Limits, room_of
from classifier.reading.notices import Notice, Notify
from classifier.thread import Article, Page, Quote, Reply, Span, Thread

_MARK = re.compile(
    r"[-_. ?&;(](?:page|p(?==)|start|offset|after|cursor)[-_= ]?"
    r"(?P<place>[0-9]{1,9}|(?<==)[\w%-]{1,200})\)?(?![^\W_])",
    re.IGNORECASE,
)
_GENERATED = re.compile(r"r[0-9]{1,9}")


def grouped(files: Iterable[str]) -> list[tuple[str, ...]]:
    """Bring together the files whose names say that they are pages of one thread.

    Such names are alike but for a page's mark: ``harbour-page-2.html``, ``t=5&start=20``,
    ``?cursor=…``; the first page may do without. Pages are put in the order of their numbers,
    where all have one, and stand where the first of them was.
    """
    groups: dict[str, list[str]] = {}
    marked: set[str] = set()
    for file in files:
        name, place = _without_mark(file)
        groups.setdefault(name, []).append(file)
        if place is not None:
            marked.add(name)
    found: list[tuple[str, ...]] = []
    for name, group in groups.items():
        if name in marked:
            found.append(tuple(sorted(group, key=_number)))
        else:
            found.extend((file,) for file in group)
    return found


def _without_mark(name: str) -> tuple[str, str | None]:
    """Return a name without its page's mark, and what the mark says of the place."""
    slash = name.replace("\\", "/").rfind("/") + 1
    last = None
    for last in _MARK.finditer(name, slash):  # noqa: B007 - the last of them is wanted
        pass
    if last is None:
        return name, None
    return name[: last.start()] + name[last.end() :], last["place"]


def _number(file: str) -> int:
    """Return a page's number; one without is the first, and cursors keep the order given."""
    place = _without_mark(file)[1]
    return int(place) if place is not None and place.isdecimal() else 0


def joined(
    items: Iterable[Page | Thread], *, limits: Limits, notify: Notify
) -> Iterator[Page | Thread]:
    """Join pages, or threads, that follow each other and have one id but for a page's mark.

    Memory holds one thread; one that would become larger than a page may is cut there, which is
    said.
    """
    parts: list[Page | Thread] = []
    size = 0
    for item in items:
        length = room_of(item)
        if parts and _same(parts[-1], item):
            if size + length <= limits.page_size:
                parts.append(item)
                size += length
                continue
            message = f"the thread that goes on here is {limits.excess}"
            notify(Notice(kind="failure", source=item.source or item.id, message=message))
        if parts:
            yield _one(parts)
        parts, size = [item], length
    if parts:
        yield _one(parts)


def _same(one: Page | Thread, other: Page | Thread) -> bool:
    if isinstance(one, Thread) and isinstance(other, Thread):
        joinable = one.page_text is not None and other.page_text is not None
    else:
        joinable = isinstance(one, Page) and isinstance(other, Page)
    return joinable and _without_mark(f"/{one.id}")[0] == _without_mark(f"/{other.id}")[0]


def _one(parts: Sequence[Page | Thread]) -> Page | Thread:
    first = parts[0]
    if len(parts) == 1:
        return first
    id_ = _without_mark(f"/{first.id}")[0][1:]
    pages = [part for part in parts if isinstance(part, Page)]
    if pages:
        text = "\n".join(page.text for page in pages)
        return Page(id=id_, text=text, source=first.source, title=first.title)
    return _joined([part for part in parts if isinstance(part, Thread)], id_)


def _joined(parts: Sequence[Thread], id_: str) -> Thread:
    """Return one thread of these, each post once; its offsets are into a text of their posts."""
    text = _Text()
    article: Article | None = None
    replies: dict[str, Reply] = {}
    for part in parts:
        page_text = part.page_text or ""
        if part.article and article is None:
            start = text.add(part.article.text)
            moved = {"start": start, "end": start + len(part.article.text)}
            article = part.article.model_copy(update=moved)
        renamed: dict[str, str] = {}
        for reply in part.replies:
            known = replies.get(reply.id)
            if known and (known.text == reply.text or not _GENERATED.fullmatch(reply.id)):
                continue
            if known:
                renamed[reply.id] = _unused(replies, len(replies) + 1)
            written = page_text[reply.start : reply.end]
            moved_reply = _moved(reply, text.add(written) - reply.start, renamed)
            replies[moved_reply.id] = moved_reply
    return Thread(
        id=id_,
        source=parts[0].source,
        title=next((part.title for part in parts if part.title), None),
        article=article,
        replies=tuple(replies.values()),
        page_text=text.whole,
    )


def _unused(replies: dict[str, Reply], number: int) -> str:
    while f"r{number}" in replies:
        number += 1
    return f"r{number}"


def _moved(reply: Reply, by: int, renamed: dict[str, str]) -> Reply:
    """Return a reply with its offsets moved and its links following what was renamed."""

    def moved(spans: Sequence[Span]) -> tuple[Span, ...]:
        return tuple((start + by, end + by) for start, end in spans)

    def called(name: str | None) -> str | None:
        return renamed.get(name, name) if name is not None else None

    return reply.model_copy(
        update={
            "id": renamed.get(reply.id, reply.id),
            "start": reply.start + by,
            "end": reply.end + by,
            "own": moved(reply.own),
            "excerpts": moved(reply.excerpts),
            "quotes": tuple(
                Quote(start=quote.start + by, end=quote.end + by, reply_id=called(quote.reply_id))
                for quote in reply.quotes
            ),
            "parent_id": called(reply.parent_id),
        }
    )


class _Text:
    """Texts put together, a line feed between them."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._length = 0

    def add(self, piece: str) -> int:
        """Add a piece and return where it begins."""
        start = self._length
        self._pieces.append(piece)
        self._length += len(piece) + 1
        return start

    @property
    def whole(self) -> str:
        """All of it."""
        return "\n".join(self._pieces)
