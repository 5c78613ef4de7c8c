from pathlib import Path

import pytest

from classifier.reading import Columns, Limits, Notice, read
from classifier.thread import Page, Thread


class Reading:
    """Reads files that a test writes, and keeps what was noticed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.notices: list[Notice] = []

    def items(
        self, name: str, content: str | bytes, **options: str | Columns | Limits | None
    ) -> list[Page | Thread]:
        path = self.folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return list(read(path, notify=self.notices.append, **options))

    def page(self, name: str, content: str | bytes, **options: str | Limits | None) -> Page:
        [page] = self.items(name, content, **options)
        assert isinstance(page, Page)
        return page

    def threads(
        self, name: str, content: str | bytes, **options: str | Columns | Limits | None
    ) -> list[Thread]:
        threads = self.items(name, content, **options)
        assert all(isinstance(thread, Thread) for thread in threads)
        return threads

    def thread(
        self, name: str, content: str | bytes, **options: str | Columns | Limits | None
    ) -> Thread:
        [thread] = self.threads(name, content, **options)
        return thread

    @property
    def failures(self) -> list[str]:
        return [str(notice) for notice in self.notices if notice.kind == "failure"]

    @property
    def warnings(self) -> list[str]:
        return [str(notice) for notice in self.notices if notice.kind == "warning"]


@pytest.fixture
def reading(tmp_path: Path) -> Reading:
    return Reading(tmp_path)
