"""HTML inside a field of a record: a comment's body, without the page around it."""

from typing import TYPE_CHECKING

from classifier.errors import InputError
from classifier.reading.html.markup import parse
from classifier.reading.html.rendering import Rendered, render

if TYPE_CHECKING:
    from lxml.etree import _Element


def rendered(markup: str) -> Rendered:
    """Return the readable text of a fragment of HTML, entities decoded."""
    return render(tree_of(f"<div>{markup}</div>"))


def tree_of(markup: str) -> "_Element":
    """Return the root of a fragment's tree; raise `ValueError` if there is none."""
    try:
        return parse(markup, source="its HTML", notify=lambda _: None)
    except InputError as error:
        raise ValueError(str(error)) from None
