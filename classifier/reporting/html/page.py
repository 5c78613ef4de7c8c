"""One self-contained HTML page: templates, style and script of this package, nothing fetched."""

from base64 import b64encode
from collections.abc import Sequence
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import TYPE_CHECKING

from classifier import __version__
from classifier.reporting.html.comparison import comparison_of
from classifier.reporting.html.shown_text import shown
from classifier.reporting.html.threads import thread_view
from classifier.summary import Summary
from classifier.thread import Thread

if TYPE_CHECKING:
    from jinja2 import Environment

_STYLES = ("page.css", "charts.css", "thread.css", "surroundings.css")
_SCRIPTS = ("filters.js", "reading.js")


def html_page(pairs: Sequence[tuple[Thread, Summary]]) -> str:
    """Return the report of one thread, or of several with an index that compares them.

    The page fetches nothing, and its Content-Security-Policy allows nothing but its own style and
    script, by their hashes. It can be read where scripts are off; they add filters, sorting and
    keys. Whatever stands in a thread is shown as text.

    Parameters
    ----------
    pairs : sequence of (Thread, Summary)
        Labelled threads and what they add up to. Words of quotes and excerpts are shown where
        `Thread.page_text` is set, words that carry incivility are marked where
        `MultiLabel.spans` are.

    Returns
    -------
    str
        A whole HTML document; every character can be encoded.
    """
    several = len(pairs) > 1
    views = [
        thread_view(thread, summary, number=number if several else None)
        for number, (thread, summary) in enumerate(pairs, start=1)
    ]
    comparison = comparison_of(pairs, [view.anchors for view in views]) if several else None
    style, script = _joined(_STYLES), _joined(_SCRIPTS)
    return (
        _environment()
        .get_template("page.html.jinja")
        .render(
            threads=views,
            comparison=comparison,
            title=comparison.title if comparison else views[0].headline if views else "No threads",
            style=style,
            script=script,
            policy=_policy(style, script),
            version=__version__,
        )
    )


@cache
def _environment() -> "Environment":
    from jinja2 import Environment, PackageLoader, StrictUndefined
    from markupsafe import Markup

    def visible(value: object) -> object:
        return shown(value) if isinstance(value, str) and not isinstance(value, Markup) else value

    environment = Environment(
        loader=PackageLoader("classifier.reporting.html"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=visible,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["percent"] = lambda value: f"{value:.2f}%"
    environment.filters["pixels"] = lambda value: f"{value:.1f}"
    return environment


@cache
def _joined(names: tuple[str, ...]) -> str:
    folder = files("classifier.reporting.html") / "assets"
    return "\n".join((folder / name).read_text(encoding="utf-8") for name in names)


def _policy(style: str, script: str) -> str:
    return "; ".join(
        (
            "default-src 'none'",
            f"style-src {_source(style)}",
            f"script-src {_source(script)}",
            "img-src data:",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def _source(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"
