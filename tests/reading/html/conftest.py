from dataclasses import dataclass, field

import pytest

from classifier.reading import Notice
from classifier.reading.html import read_html
from classifier.reading.limits import Limits
from classifier.thread import Thread


@dataclass
class PageReading:
    """Reads a page that a test writes, and keeps what was noticed."""

    notices: list[Notice] = field(default_factory=list)

    def thread(
        self,
        page: str | bytes,
        *,
        charset: str | None = None,
        engine: str | None = None,
        limits: Limits | None = None,
    ) -> Thread:
        [thread] = read_html(
            page if isinstance(page, bytes) else page.encode(),
            id_="page",
            source="page.html",
            notify=self.notices.append,
            charset=charset,
            engine=engine,
            limits=limits,
        )
        return thread

    @property
    def said(self) -> list[str]:
        return [str(notice) for notice in self.notices]


@pytest.fixture
def reading() -> PageReading:
    return PageReading()
