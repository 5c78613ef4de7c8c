"""A stripped text dump: the whole file is one page."""

from collections.abc import Iterable, Iterator

from classifier.errors import InputError
from classifier.reading.limits import Limits
from classifier.thread import Page


def read_text(pieces: Iterable[str], *, limits: Limits, id_: str, source: str) -> Iterator[Page]:
    """Yield the page.

    Raises
    ------
    InputError
        If it holds nothing but white space, or more than the limits allow.
    """
    text = whole_text(pieces, limits=limits, source=source)
    if not text.strip():
        raise InputError(f"{source}: holds no text")
    limits.check_page(text, source)
    yield Page(id=id_, text=text, source=source)


def whole_text(pieces: Iterable[str], *, limits: Limits, source: str) -> str:
    """Return all the pieces as one text.

    Raises
    ------
    InputError
        If it is larger than a page may be; no more than that is ever held.
    """
    held: list[str] = []
    size = 0
    for piece in pieces:
        size += len(piece)
        limits.check(size, source)
        held.append(piece)
    return "".join(held)
