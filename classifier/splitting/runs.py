"""Join successive paragraphs of one kind, and make a reply's spans of them."""

from collections.abc import Iterable
from typing import Literal, NamedTuple

from classifier.splitting.paragraphs import Paragraphs
from classifier.thread import Quote, Span

PieceKind = Literal["own", "quote", "excerpt", "head"]


class Piece(NamedTuple):
    """One paragraph of a reply; a page has many, and named tuples are soon made.

    Parameters
    ----------
    number : int
        Which paragraph of the page.
    kind : {"own", "quote", "excerpt", "head"}
        What it is; the head of a quote, such as "X wrote:", is nobody's words.
    source : str or None
        For a quote, the id of what it repeats.
    """

    number: int
    kind: PieceKind
    source: str | None = None


class Run(NamedTuple):
    """Successive paragraphs of one kind and source, and where they stand in the page."""

    kind: PieceKind
    source: str | None
    start: int
    end: int


def runs_of(pieces: Iterable[Piece], paragraphs: Paragraphs) -> list[Run]:
    """Return the pieces with those joined that follow each other directly and are alike."""
    runs: list[Run] = []
    first: Piece | None = None
    last: Piece | None = None
    for piece in pieces:
        if last is None or piece != (last.number + 1, last.kind, last.source):
            if first and last:
                runs.append(_run(first, last, paragraphs))
            first = piece
        last = piece
    if first and last:
        runs.append(_run(first, last, paragraphs))
    return runs


def _run(first: Piece, last: Piece, paragraphs: Paragraphs) -> Run:
    start, end = int(paragraphs.start[first.number]), int(paragraphs.end[last.number])
    return Run(first.kind, first.source, start, end)


def spans_of(runs: Iterable[Run], kind: PieceKind) -> tuple[Span, ...]:
    """Return where the runs of one kind stand."""
    return tuple((run.start, run.end) for run in runs if run.kind == kind)


def quotes_of(runs: Iterable[Run]) -> tuple[Quote, ...]:
    """Return the quotes among the runs."""
    return tuple(
        Quote(start=run.start, end=run.end, reply_id=run.source)
        for run in runs
        if run.kind == "quote"
    )


def own_words(text: str, own: Iterable[Span]) -> str:
    """Return a reply's own words: its own spans joined by blank lines."""
    return "\n\n".join(text[start:end] for start, end in own)
