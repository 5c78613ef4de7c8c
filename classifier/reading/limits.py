"""How much of an input is held in memory at a time."""

from collections.abc import Iterator
from dataclasses import dataclass

from classifier.errors import InputError
from classifier.thread import Page, Thread

DEFAULT_PAGE_SIZE = 12_000_000
"""Holds the process under 400 MB, its models included."""

PIECE_ROOM = 600
"""What a line of a page, a comment or a reply takes beside its text, in characters of text."""

_MARK_ROOM = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Bounds on what one page, record or thread may hold.

    Parameters
    ----------
    page_size : int
        Most characters of a page, a line, a JSON value or a thread, and most bytes of an archive's
        record, counted after decompression: what a small compressed bomb grows to is not read.
        What takes memory beside its text counts for more: each line of a page, each comment or
        reply for `PIECE_ROOM` characters, each tag and attribute of markup for 80.
    input_size : int or None
        Most bytes of an input, counted after decompression; by default any number of them.
    comments : int or None
        Most comments of one thread where comment records name no thread; by default all of a
        file's comments are one thread.
    """

    page_size: int = DEFAULT_PAGE_SIZE
    input_size: int | None = None
    comments: int | None = None

    def check(self, size: int, source: str) -> None:
        """Raise `InputError` if a page of this size is too large."""
        if size > self.page_size:
            raise InputError(f"{source}: {self.excess}")

    def check_page(self, text: str, source: str) -> None:
        """Raise `InputError` if a page of this text is too large."""
        if room_of(Page(id="", text=text)) > self.page_size:
            size, lines = len(text) / 1e6, _lines_of(text)
            raise InputError(f"{source}: {size:,.4g} MB in {lines:,} lines {self.crowd}")

    def check_markup(self, data: bytes, source: str) -> None:
        """Raise `InputError` if a page of this markup is too large."""
        marks = data.count(b"<") + data.count(b"=")
        if len(data) + _MARK_ROOM * marks > self.page_size:
            size = len(data) / 1e6
            raise InputError(f"{source}: {size:,.4g} MB of markup, {marks:,} marks {self.crowd}")

    def bounded(self, chunks: Iterator[bytes], source: str) -> Iterator[bytes]:
        """Yield the chunks of an input, or raise `InputError` where it turns out too large."""
        size = 0
        for chunk in chunks:
            size += len(chunk)
            if self.input_size is not None and size > self.input_size:
                raise InputError(f"{source}: larger than {self.input_size:,} bytes in all")
            yield chunk

    @property
    def excess(self) -> str:
        """What to say of something larger than a page may be."""
        return f"larger than {self.page_size / 1e6:,.4g} MB: raise --max-page-size to read it"

    @property
    def crowd(self) -> str:
        """What to say of something that takes more room than its size says."""
        room = f"{self.page_size / 1e6:,.4g} MB"
        return f"take more room than {room} of plain text: raise --max-page-size to read it"


def room_of(item: Page | Thread) -> int:
    """Return how much of `Limits.page_size` a page or a thread takes."""
    if isinstance(item, Page):
        return len(item.text) + PIECE_ROOM * _lines_of(item.text)
    return len(item.page_text or "") + PIECE_ROOM * len(item.replies)


def _lines_of(text: str) -> int:
    """Return about how many lines of a text are not empty."""
    return text.count("\n") - text.count("\n\n") - text.count("\n\r\n")
