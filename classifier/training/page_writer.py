"""Write a page piece by piece and keep the truth about every piece."""
# ruff: noqa: PLR2004 - what is drawn how often stands where it is drawn

from dataclasses import dataclass
from random import Random
from typing import Literal

from classifier.thread import Article, Page, Quote, Reply, Span, Thread

Kind = Literal["article", "own", "quote", "excerpt", "head", "author", "furniture"]
_INSIDE_REPLIES = ("own", "quote", "excerpt", "head")


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """One paragraph as it stands on the page.

    Parameters
    ----------
    kind : str
        What it is.
    reply : int or None
        Number of the reply that it belongs to, from 0.
    source : int or None
        For a quote, number of the reply that it repeats; -1 is the article.
    """

    start: int
    end: int
    kind: Kind
    reply: int | None = None
    source: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AssembledPage:
    """A page whose truth is known.

    Parameters
    ----------
    page : Page
        What a reader would see.
    truth : Thread
        How it must be split.
    written : tuple of Written
        Every paragraph of the page, in order, with its kind.
    layout : str
        Name of the layout of its posts.
    """

    page: Page
    truth: Thread
    written: tuple[Written, ...]
    layout: str


class PageWriter:
    """Appends paragraphs to a page.

    Parameters
    ----------
    line_end : str
        What stands for a line end.
    rng : Random or None
        Where given, stray spaces are left at line ends and beginnings.
    """

    def __init__(self, *, line_end: str, rng: Random | None) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._line_end = line_end
        self._rng = rng
        self.written: list[Written] = []

    def write(
        self,
        text: str,
        kind: Kind,
        *,
        gap: str,
        reply: int | None = None,
        source: int | None = None,
    ) -> None:
        """Append one paragraph after `gap`, a run of line feeds."""
        if self.written:
            self._append(gap.replace("\n", self._stray() + self._line_end) + self._stray())
        start = self._length
        self._append(text)
        self.written.append(
            Written(start=start, end=self._length, kind=kind, reply=reply, source=source)
        )

    def text(self) -> str:
        """Return the page so far."""
        return "".join(self._parts)

    def _append(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)

    def _stray(self) -> str:
        if self._rng is None or self._rng.random() > 0.3:
            return ""
        return self._rng.choice((" ", "  ", "\t", "\u00a0"))


def truth_of(
    page: Page,
    written: list[Written],
    *,
    authors: dict[int, str],
    answers: dict[int, int],
    headline: str | None,
) -> Thread:
    """Return the thread that a perfect splitter would find.

    Parameters
    ----------
    page : Page
        The whole page.
    written : list of Written
        All its paragraphs, in order.
    authors : dict of int to str
        Names of the repliers whose name is visible.
    answers : dict of int to int
        For replies that visibly answer one, that reply's number.
    headline : str or None
        The article's headline.
    """
    of_article = [piece for piece in written if piece.kind == "article"]
    article = None
    if of_article:
        start, end = of_article[0].start, of_article[-1].end
        article = Article(start=start, end=end, text=page.text[start:end], headline=headline)
    count = 1 + max((piece.reply for piece in written if piece.reply is not None), default=-1)
    return Thread(
        id=page.id,
        preamble=tuple(
            (piece.start, piece.end)
            for piece in written
            if piece.kind in ("furniture", "author")
            and not (article and article.start <= piece.start < article.end)
            and piece.reply is None
        ),
        article=article,
        replies=tuple(
            _reply(
                page.text,
                number,
                [piece for piece in written if piece.reply == number],
                author=authors.get(number),
                parent=answers.get(number),
            )
            for number in range(count)
        ),
    )


def _reply(
    text: str, number: int, written: list[Written], *, author: str | None, parent: int | None
) -> Reply:
    runs: list[Written] = []
    for piece in written:
        last = runs[-1] if runs else None
        if last and (last.kind, last.source) == (piece.kind, piece.source):
            runs[-1] = Written(
                start=last.start, end=piece.end, kind=last.kind, reply=number, source=last.source
            )
        else:
            runs.append(piece)
    inside = [run for run in runs if run.kind in _INSIDE_REPLIES]
    own = spans(runs, "own")
    return Reply(
        id=f"r{number + 1}",
        author=author,
        start=inside[0].start,
        end=inside[-1].end,
        text="\n\n".join(text[start:end] for start, end in own),
        own=own,
        quotes=tuple(
            Quote(start=run.start, end=run.end, reply_id=_source_id(run.source))
            for run in runs
            if run.kind == "quote"
        ),
        excerpts=spans(runs, "excerpt"),
        parent_id=None if parent is None else _source_id(parent),
    )


def spans(written: list[Written], kind: Kind) -> tuple[Span, ...]:
    """Return where the pieces of one kind stand."""
    return tuple((piece.start, piece.end) for piece in written if piece.kind == kind)


def _source_id(source: int | None) -> str | None:
    if source is None:
        return None
    return "article" if source < 0 else f"r{source + 1}"
