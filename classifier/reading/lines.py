"""From pieces of text to its lines."""

from collections.abc import Iterable, Iterator


def lines_of(pieces: Iterable[str]) -> Iterator[str]:
    """Yield the lines with their line feeds; no other character ends a line.

    Unlike `str.splitlines`, which also breaks at U+2028 and its like, as comments may hold.
    """
    unfinished: list[str] = []
    for piece in pieces:
        *whole, rest = piece.split("\n")
        for line in whole:
            unfinished.append(line)
            yield "".join(unfinished) + "\n"
            unfinished.clear()
        if rest:
            unfinished.append(rest)
    if unfinished:
        yield "".join(unfinished)
