"""Find the article that a page's comments discuss."""

import re
from collections.abc import Collection, Sequence
from copy import deepcopy
from typing import TYPE_CHECKING

from classifier.reading.html.engine import matches
from classifier.reading.html.rendering import Rendered, Role, RoleOf, render

if TYPE_CHECKING:
    from lxml.etree import _Element

_MARKED = (
    '[itemprop="articleBody"]',
    ".article-body",
    ".article__body",
    ".entry-content",
    ".post-content",
    ".story-body",
    "article",
    "main",
)
_CHROME = re.compile(
    r"\b(?:share|sharing|social|related|promo|advert|ads?|sponsor\w*|newsletter|subscribe|byline"
    r"|breadcrumbs?|tags?|sidebar|widget|comments?|respond|jp-relatedposts|recommended|outbrain"
    r"|taboola|read-?more|caption-credit|cookie\w*|paywall)\b",
    re.IGNORECASE,
)
_CHROME_TAGS = frozenset(("aside", "nav", "footer", "form", "header", "h1"))
_FEWEST_WORDS = 30


def article_in(
    root: "_Element", *, selectors: Sequence[str] = (), posts: "Collection[_Element]" = ()
) -> Rendered | None:
    """Return the article's text, or None if the page seems to have none.

    It is what the selectors match; else what trafilatura finds, where the ``web`` extra is
    installed; else the usual elements of articles; else the element that holds most words in
    paragraphs of its own.

    Parameters
    ----------
    root : element
        The page.
    selectors : sequence of str
        Where the page's engine puts articles.
    posts : collection of elements
        The comments, which are no part of it.
    """
    comments = set(posts)

    def role_of(element: "_Element") -> Role | None:
        if element in comments or element.tag in _CHROME_TAGS:
            return "skip"
        kind = f"{element.get('class') or ''} {element.get('id') or ''}"
        return "skip" if _CHROME.search(kind) else None

    marked = _longest(root, selectors, role_of)
    if marked is not None:
        return marked
    extracted = _by_trafilatura(root, comments)
    if extracted is not None:
        return extracted
    return _longest(root, _MARKED, role_of) or _densest(root, comments, role_of)


def _longest(root: "_Element", selectors: Sequence[str], role_of: RoleOf) -> Rendered | None:
    """Return what the first selector matches that matches enough words."""
    for selector in selectors:
        found = [render(element, role_of) for element in matches(selector, root)[:20]]
        best = max(found, key=lambda each: len(each.text), default=None)
        if best is not None and len(best.text.split()) >= _FEWEST_WORDS:
            return best
    return None


def _by_trafilatura(root: "_Element", comments: "set[_Element]") -> Rendered | None:
    try:
        from lxml.etree import tostring
        from trafilatura import bare_extraction
    except ImportError:
        return None
    numbers = {number for number, each in enumerate(root.iter()) if each in comments}
    copy = deepcopy(root)
    for number, element in enumerate(list(copy.iter())):
        if number in numbers or element.tag == "h1":
            element.clear(keep_tail=True)
    page = tostring(copy, encoding="unicode", method="html")
    found = bare_extraction(page, include_comments=False, include_tables=False)
    text = str(getattr(found, "text", None) or "")
    paragraphs = [line.strip() for line in text.split("\n") if line.strip()]
    joined = "\n\n".join(paragraphs)
    if len(joined.split()) < _FEWEST_WORDS:
        return None
    return Rendered(text=joined, own=((0, len(joined)),))


def _densest(root: "_Element", comments: "set[_Element]", role_of: RoleOf) -> Rendered | None:
    """Return the element with most words in paragraphs that are its own children."""
    words: dict[_Element, int] = {}
    for paragraph in root.iter("p"):
        parent = paragraph.getparent()
        if parent is not None and not _within(paragraph, comments):
            words[parent] = words.get(parent, 0) + len("".join(paragraph.itertext()).split())
    best = max(words, key=lambda each: words[each], default=None)
    if best is None or words[best] < _FEWEST_WORDS:
        return None
    return render(best, role_of)


def _within(element: "_Element", comments: "set[_Element]") -> bool:
    return any(ancestor in comments for ancestor in element.iterancestors())
