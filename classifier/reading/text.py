"""A stripped text dump: the whole file is one page."""

from collections.abc import Iterable, Iterator

from classifier.errors import InputError
from classifier.thread import Page


def read_text(pieces: Iterable[str], *, id_: str, source: str) -> Iterator[Page]:
    """Yield the page.

    Raises
    ------
    InputError
        If it holds nothing but white space.
    """
    text = "".join(pieces)
    if not text.strip():
        raise InputError(f"{source}: holds no text")
    yield Page(id=id_, text=text, source=source)
