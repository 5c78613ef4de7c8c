"""How a forum engine marks up its pages: a description, apart from the logic that applies it."""

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from lxml.etree import XPath, _Element


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """Where a value stands in the markup.

    Parameters
    ----------
    selector : str
        CSS selector of the elements that may hold it. Selectors are matched once over a whole
        page; without descendant combinators they take linear time.
    attribute : str or None
        The attribute that holds it; by default the element's text does.
    pattern : str or None
        Regular expression whose first group is the value, searched for after white space was
        collapsed; by default all of it is the value.
    """

    selector: str
    attribute: str | None = None
    pattern: str | None = None

    def of(self, element: "_Element") -> str | None:
        """Return the value that this element holds, or None."""
        if self.attribute is None:
            found = "".join(cast("Sequence[str]", list(element.itertext())))
        else:
            found = str(element.get(self.attribute) or "")
        found = " ".join(found.split())
        if self.pattern is not None:
            match = re.search(self.pattern, found)
            found = match[1] if match else ""
        return found.strip() or None


@dataclass(frozen=True, slots=True, kw_only=True)
class Engine:
    """The marks of one forum engine or comment system, in its default theme.

    Where several values are given, the first that is found counts.

    Parameters
    ----------
    name : str
        What ``--format`` calls it.
    title : str
        What its makers call it.
    signs : tuple of str
        Selectors; a page on which one of them matches was made by this engine.
    post : str
        Selector of the elements that hold one post each, with its author and controls. A post
        inside another is an answer to it.
    body : tuple of str
        Selectors of what was written in a post, the preferred one first.
    id, author, posted_at, number : tuple of Value
        The post's id, its author's name, when it was posted, and its place in the thread from 1.
    parent : tuple of Value
        Id of the post that is answered, where it is marked apart from quotes.
    deleted : str or None
        Selector of what only a deleted post has: it stays in the thread without words.
    quote : str or None
        Selector of a quote in a body.
    quote_head : str or None
        Selector of the line in a quote that names its author.
    quote_lead : str or None
        Selector of such a line where it stands before the quote.
    quoted_author, quoted_id : tuple of Value
        Author and post id of a quote, in its element, its head or its lead.
    skip : tuple of str
        Selectors of what stands in a body and is nobody's words.
    said : str or None
        Selector of an author's name in a body; the words up to the next element go with it.
    opening_is_article : bool
        Whether the thread's first post is what the replies discuss.
    article : tuple of str
        Selectors of the article where it is no post; by default it is looked for.
    thread_id, thread_title, page : tuple of Value
        The thread's id and title, and which of its pages this is, from 1.
    """

    name: str
    title: str
    signs: tuple[str, ...]
    post: str
    body: tuple[str, ...]
    id: tuple[Value, ...] = ()
    author: tuple[Value, ...] = ()
    posted_at: tuple[Value, ...] = ()
    number: tuple[Value, ...] = ()
    parent: tuple[Value, ...] = ()
    deleted: str | None = None
    quote: str | None = None
    quote_head: str | None = None
    quote_lead: str | None = None
    quoted_author: tuple[Value, ...] = ()
    quoted_id: tuple[Value, ...] = ()
    skip: tuple[str, ...] = ()
    said: str | None = None
    opening_is_article: bool = True
    article: tuple[str, ...] = ()
    thread_id: tuple[Value, ...] = ()
    thread_title: tuple[Value, ...] = ()
    page: tuple[Value, ...] = ()


def matches(selector: str, root: "_Element") -> "list[_Element]":
    """Return the elements of a tree that a CSS selector matches.

    Those of each of its alternatives, parted by commas, stand in page order.
    """
    found = [cast("list[_Element]", path(root)) for path in _compiled(selector)]
    return found[0] if len(found) == 1 else list(dict.fromkeys(itertools.chain(*found)))


def first_value(values: Sequence[Value], root: "_Element") -> str | None:
    """Return the first of the values that a tree holds."""
    for value in values:
        for element in matches(value.selector, root):
            if found := value.of(element):
                return found
    return None


@lru_cache(maxsize=1024)
def _compiled(selector: str) -> "list[XPath]":
    """Return a path for each alternative: libxml2 takes quadratic time to unite node sets."""
    from cssselect import HTMLTranslator, parse
    from lxml.etree import XPath

    translate = HTMLTranslator().selector_to_xpath
    return [XPath(translate(alternative)) for alternative in parse(selector)]
