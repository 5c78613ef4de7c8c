"""Join successive paragraphs of one kind, and make a reply's spans of them."""

from collections.abc import Iterable
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """Successive paragraphs of one kind and source, and where they stand in the page."""

    kind: PieceKind
    source: str | None
    start: int
    end: int


def runs_of(pieces: Iterable[Piece], paragraphs: Paragraphs) -> list[Run]:
    """Return the pieces with those joined that follow each other directly and are alike."""
    runs: list[list[Piece]] = []
    for piece in pieces:
        last = runs[-1][-1] if runs else None
        if last and last == (piece.number - 1, piece.kind, piece.source):
            runs[-1].append(piece)
        else:
            runs.append([piece])
    return [
        Run(
            kind=run[0].kind,
            source=run[0].source,
            start=int(paragraphs.start[run[0].number]),
            end=int(paragraphs.end[run[-1].number]),
        )
        for run in runs
    ]


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
