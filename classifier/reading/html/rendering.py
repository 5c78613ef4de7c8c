"""From the markup of a post to readable text, with its quotes told from the writer's own words."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from classifier.thread import Span

if TYPE_CHECKING:
    from lxml.etree import _Element

Role = Literal["skip", "said", "quote", "excerpt"]
RoleOf = Callable[["_Element"], Role | None]

_SILENT = frozenset(
    (
        *("script", "style", "template", "noscript", "iframe", "object", "svg", "canvas"),
        *("button", "input", "select", "textarea", "nav", "head", "title", "video", "audio"),
    )
)
_PARAGRAPHS = frozenset(
    (
        *("p", "ul", "ol", "dl", "table", "blockquote", "pre", "figure", "article", "section"),
        *("h1", "h2", "h3", "h4", "h5", "h6", "aside", "fieldset", "details", "hr"),
    )
)
_LINES = frozenset(
    (
        *("div", "li", "tr", "dt", "dd", "form", "center", "address", "caption", "tbody"),
        *("thead", "figcaption", "header", "footer", "main", "summary", "legend"),
    )
)
_WORDS = re.compile(r"[^ \t\n\r\f\v\u00a0]+")
_SMILEY = re.compile(r"smil|emoji|emoticon", re.IGNORECASE)
_LONGEST_SMILEY = 32
_LEFT_OUT = ("skip", "said")


@dataclass(frozen=True, slots=True, kw_only=True)
class RenderedQuote:
    """A quote in a rendered text, how many quotes it stands inside, and its element."""

    start: int
    end: int
    depth: int
    element: "_Element"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """The text of an element.

    Parameters
    ----------
    text : str
        Words as they are, white space collapsed, line breaks as single line feeds, paragraphs
        and other blocks parted by blank lines, list items led by ``-`` or their number, code
        as it is laid out, pictures of feelings as their names.
    own : tuple of (int, int)
        Where the words stand that are in no quote.
    quotes : tuple of RenderedQuote
        In page order; a quote inside another follows it.
    excerpts : tuple of (int, int)
        Where text pasted from elsewhere stands, outside of quotes.
    """

    text: str
    own: tuple[Span, ...] = ()
    quotes: tuple[RenderedQuote, ...] = ()
    excerpts: tuple[Span, ...] = ()


def render(root: "_Element", role_of: RoleOf = lambda _: None) -> Rendered:
    """Return the readable text of an element.

    Parameters
    ----------
    root : element
        What to render; its own role is not asked for.
    role_of : callable
        Says of an element whether it is to be left out, by itself or (``"said"``) with the words
        up to the next element; or whether it is a quote or an excerpt.
    """
    from lxml.etree import iterwalk

    writer = _Writer()
    lists: list[int] = []
    roles: list[Role] = []
    walk = iterwalk(root, events=("start", "end"))
    for event, element in walk:
        tag = element.tag if isinstance(element.tag, str) else ""
        role = role_of(element) if element is not root else None
        if event == "start":
            if tag in _SILENT or role in _LEFT_OUT:
                walk.skip_subtree()
                continue
            writer.set_apart(tag)
            if role is not None:
                roles.append(role)
                writer.open(element, role)
            _begin(writer, element, tag, lists)
            writer.write(element.text or "")
        else:
            if not (tag in _SILENT or role in _LEFT_OUT):
                if tag in ("ul", "ol") and lists:
                    lists.pop()
                writer.preformatted -= tag == "pre"
                if role is not None:
                    writer.close(roles.pop())
                writer.set_apart(tag)
            elif tag in _PARAGRAPHS or tag in _LINES:
                writer.set_apart("div")
            if element is not root and role != "said":
                writer.write(element.tail or "")
    return writer.rendered()


def _begin(writer: "_Writer", element: "_Element", tag: str, lists: list[int]) -> None:
    """Write what an element stands for by itself."""
    if tag == "br":
        writer.break_line()
    elif tag in ("ul", "ol"):
        lists.append(0 if tag == "ol" else -1)
    elif tag == "li":
        if lists and lists[-1] >= 0:
            lists[-1] += 1
            writer.write(f"{lists[-1]}. ")
        elif lists:
            writer.write("- ")
    elif tag in ("td", "th"):
        writer.write(" ")
    elif tag == "pre":
        writer.preformatted += 1
    elif tag == "img":
        writer.write(_smiley(element))


def _smiley(element: "_Element") -> str:
    name = str(element.get("alt") or "")
    kind = f"{element.get('class')} {element.get('src')}"
    return name if len(name) <= _LONGEST_SMILEY and _SMILEY.search(kind) else ""


class _Writer:
    """Collects text, collapses its white space, and notes where roles begin and end."""

    def __init__(self) -> None:
        self.preformatted = 0
        self._pieces: list[str] = []
        self._length = 0
        self._breaks = 0
        self._space = False
        self._open: list[tuple[_Element, Role, int]] = []
        self._quotes: list[RenderedQuote] = []
        self._excerpts: list[Span] = []
        self._own: list[Span] = []
        self._own_from: int | None = None

    def write(self, text: str) -> None:
        """Add text; of its white space only what parts words is kept."""
        if self.preformatted:
            for number, line in enumerate(text.expandtabs(4).split("\n")):
                if number:
                    self.break_line()
                if line.strip():
                    self._put(line.rstrip() if self._breaks or not self._length else line)
            return
        words = _WORDS.findall(text)
        if words:
            if text[0] in " \t\n\r\f\v\u00a0":
                self._space = True
            self._put(" ".join(words))
        if text and (not words or text[-1] in " \t\n\r\f\v\u00a0"):
            self._space = True

    def break_line(self) -> None:
        """Begin a new line; two of them make a blank one."""
        self._breaks = min(self._breaks + 1, 2)
        self._space = False

    def set_apart(self, tag: str) -> None:
        """Part what comes from what was, as the borders of this element do."""
        wanted = 2 if tag in _PARAGRAPHS else 1 if tag in _LINES else 0
        self._breaks = max(self._breaks, wanted)

    def open(self, element: "_Element", role: Role) -> None:
        """Begin a quote or an excerpt."""
        self._end_own()
        self._breaks = 2
        self._open.append((element, role, -1))

    def close(self, role: Role) -> None:
        """End the innermost of them."""
        element, _, start = self._open.pop()
        self._breaks = 2
        if start < 0:
            return
        if role == "excerpt":
            self._excerpts.append((start, self._length))
            return
        depth = len(self._open)
        self._quotes.append(
            RenderedQuote(start=start, end=self._length, depth=depth, element=element)
        )

    def rendered(self) -> Rendered:
        """Return all that was written."""
        self._end_own()
        quotes = sorted(self._quotes, key=lambda q: (q.start, q.depth))
        return Rendered(
            text="".join(self._pieces),
            own=tuple(self._own),
            quotes=tuple(quotes),
            excerpts=tuple(self._excerpts),
        )

    def _put(self, text: str) -> None:
        if self._length and self._breaks:
            self._add("\n" * self._breaks)
        elif self._length and self._space:
            self._add(" ")
        self._breaks, self._space = 0, False
        if self._open:
            self._begin_open()
        elif self._own_from is None:
            self._own_from = self._length
        self._add(text)

    def _begin_open(self) -> None:
        """Let all open roles that have no text yet begin here."""
        for index in range(len(self._open) - 1, -1, -1):
            element, role, start = self._open[index]
            if start >= 0:
                break
            self._open[index] = (element, role, self._length)

    def _end_own(self) -> None:
        if self._own_from is not None:
            self._own.append((self._own_from, self._length))
            self._own_from = None

    def _add(self, text: str) -> None:
        self._pieces.append(text)
        self._length += len(text)


def element_text(element: "_Element") -> str:
    """Return the readable text of an element, nothing left out but what is never shown."""
    return render(element).text
