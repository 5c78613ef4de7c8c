"""From pieces of text to its lines."""

from collections.abc import Iterable, Iterator

from classifier.reading.limits import Limits
from classifier.reading.notices import Notice, Notify


def lines_of(
    pieces: Iterable[str], *, limits: Limits, source: str, notify: Notify
) -> Iterator[str]:
    """Yield the lines with their line feeds; no other character ends a line.

    Unlike `str.splitlines`, which also breaks at U+2028 and its like, as comments may hold. A
    line longer than a page may be is never held in memory: it is noticed as a failure, and an
    empty line stands in its place.
    """
    unfinished: list[str] = []
    length = number = 0
    for piece in pieces:
        *whole, rest = piece.split("\n")
        for line in whole:
            number += 1
            length += len(line)
            if length > limits.page_size:
                _leave_out(number, limits, source, notify)
                yield "\n"
            else:
                unfinished += (line, "\n")
                yield _drained(unfinished)
            unfinished.clear()
            length = 0
        length += len(rest)
        if length > limits.page_size:
            unfinished.clear()
        elif rest:
            unfinished.append(rest)
    if length > limits.page_size:
        _leave_out(number + 1, limits, source, notify)
    elif unfinished:
        yield _drained(unfinished)


def _drained(parts: list[str]) -> str:
    """Join the parts of a line and let go of them before it is used."""
    text = "".join(parts)
    parts.clear()
    return text


def _leave_out(number: int, limits: Limits, source: str, notify: Notify) -> None:
    message = f"left out: {limits.excess}"
    notify(Notice(kind="failure", source=source, message=message, line=number))
