"""Threads that put the HTML report to the test, and a reader of what it makes of them."""

from html.parser import HTMLParser
from typing import TYPE_CHECKING

from classifier.aggregating import summarize
from classifier.reporting import html_page
from classifier.thread import Article, Quote, Reply, Thread

if TYPE_CHECKING:
    from conftest import MakeLabels

ATTACK = (
    "</title></style></script><script>alert(1)</script><img src=x onerror=alert(2)>"
    "\"'` onmouseover=alert(3) {{ 7 * 7 }} {% raw %} <!-- --> &lt;b&gt; \x00\x1b\x85\u202e"
)


class Markup(HTMLParser):
    """Tags, attributes and texts of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.words: list[str] = []
        self.inside: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs
        self.inside.append(tag)

    def handle_data(self, data: str) -> None:
        if self.inside[-1:] not in (["style"], ["script"]) or data.strip():
            self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())


def page_of(*threads: Thread) -> str:
    return html_page([(thread, summarize(thread)) for thread in threads])


def hostile(text: str, labels: "MakeLabels") -> Thread:
    """A thread in which every text that a page can bring is the same."""
    given = labels(
        ("topic", text, "against"), ("article", text, "favor"), ("parent", text, "neutral")
    )
    replies = tuple(
        Reply(
            id=f"{text}{number}",
            author=text,
            posted_at=text,
            start=0,
            end=len(text),
            text=text,
            own=((0, len(text)),),
            quotes=(Quote(start=0, end=len(text), reply_id=f"{text}1"),),
            excerpts=((0, len(text)),),
            parent_id=f"{text}1",
            labels=given,
            baseline=labels(("topic", text, "favor"), uncivil="insult"),
        )
        for number in range(1, 5)
    )
    return Thread(
        id=text or "t",
        source=text,
        title=text,
        article=Article(start=0, end=len(text), text=text, headline=text),
        replies=replies,
        page_text=text,
    )


def long_thread(labels: "MakeLabels") -> Thread:
    """Five hundred replies of eighty words, with labels for six targets and kinds each."""
    words = "They promised us a boat and what did we get, a timetable with holes in it. " * 6
    given = labels(
        ("article", "Ferry", "against"),
        ("parent", "x", None),
        *(("topic", f"topic number {n}", "favor") for n in range(2)),
        uncivil="insult toxicity",
    )
    replies = tuple(
        Reply(
            id=f"r{n}",
            author=f"author {n % 60}",
            start=n,
            end=n + 1,
            text=words,
            own=((0, len(words)),),
            parent_id=f"r{n // 2}",
            labels=given,
            baseline=given,
        )
        for n in range(1, 501)
    )
    return Thread(id="long", replies=replies)
