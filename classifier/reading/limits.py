"""How much of an input is held in memory at a time."""

from collections.abc import Iterator
from dataclasses import dataclass

from classifier.errors import InputError

DEFAULT_PAGE_SIZE = 200_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Bounds on what one page, record or thread may hold.

    Parameters
    ----------
    page_size : int
        Most characters of a page, a line, a JSON file or a thread of comments, and most bytes of
        an archive's record, counted after decompression: what a small compressed bomb grows to is
        not read.
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
