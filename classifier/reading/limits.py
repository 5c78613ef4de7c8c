"""How much of an input is held in memory at a time."""

from dataclasses import dataclass

from classifier.errors import InputError

DEFAULT_PAGE_SIZE = 200_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Bounds on what one page, record or thread may hold.

    Parameters
    ----------
    page_size : int
        Most characters of a page, a line or a JSON file, and most bytes of an archive's record,
        counted after decompression: what a small compressed bomb grows to is not read.
    comments : int or None
        Most comments of one thread where comment records name no thread; by default all of a
        file's comments are one thread.
    """

    page_size: int = DEFAULT_PAGE_SIZE
    comments: int | None = None

    def check(self, size: int, source: str) -> None:
        """Raise `InputError` if a page of this size is too large."""
        if size > self.page_size:
            raise InputError(f"{source}: {self.excess}")

    @property
    def excess(self) -> str:
        """What to say of something larger than a page may be."""
        return f"larger than {self.page_size / 1e6:,.4g} MB: raise --max-page-size to read it"
