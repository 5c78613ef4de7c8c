"""A page opened in Chromium, with what it said and asked for on the way."""

import shutil
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page


@dataclass
class Opened:
    """A page in the browser, what its console said, and what it requested."""

    page: "Page"
    said: list[str] = field(default_factory=list)
    requested: list[str] = field(default_factory=list)

    def texts(self, selector: str) -> list[str]:
        return [text.strip() for text in self.page.locator(selector).all_inner_texts()]

    def shown_replies(self) -> list[str]:
        return [str(each.get_attribute("id")) for each in self.page.locator(".reply:visible").all()]


@contextmanager
def chromium() -> "Iterator[Browser]":
    """Start Chromium, or skip the test and say what is missing."""
    sync_api = pytest.importorskip("playwright.sync_api", reason="needs pip install playwright")
    program = next(
        filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
    )
    if program is None:
        pytest.skip("needs a browser: apt-get install chromium")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield browser
        browser.close()


def open_file(browser: "Browser", file: Path, **context: object) -> Opened:
    """Open a file in a browser of its own settings."""
    page = browser.new_context(**context).new_page()
    opened = Opened(page)
    page.on("console", lambda message: opened.said.append(message.text))
    page.on("pageerror", lambda error: opened.said.append(str(error)))
    page.on("dialog", lambda dialog: (opened.said.append(dialog.message), dialog.dismiss()))
    page.on("request", lambda request: opened.requested.append(request.url))
    page.goto(file.as_uri())
    return opened


def processor_seconds(browser: "Browser", file: Path) -> float:
    """Open a file in a new window and return what that took of the processor until it is drawn.

    It is the time of the window's own process, counted by the system, which a busy machine hardly
    changes; a clock would tell how busy the machine is.
    """
    page = browser.new_context().new_page()
    devtools = page.context.new_cdp_session(page)
    devtools.send("Performance.enable")
    page.goto(file.as_uri())
    page.evaluate("new Promise(drawn => requestAnimationFrame(() => setTimeout(drawn)))")
    measured = devtools.send("Performance.getMetrics")["metrics"]
    page.context.close()
    return float(next(each["value"] for each in measured if each["name"] == "ProcessTime"))
