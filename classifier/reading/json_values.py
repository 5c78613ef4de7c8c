"""From the text of a JSON file to its values, one at a time where the file is a list."""

import json
import re
from collections.abc import Iterable, Iterator

from classifier.errors import InputError
from classifier.reading.limits import Limits
from classifier.reading.notices import Notice, Notify
from classifier.reading.text import whole_text

_SPACE = re.compile(r"[ \t\n\r]*+")
_DECODER = json.JSONDecoder()


def parsed(text: str) -> object:
    """Return the value of a JSON text; raise `ValueError` if it is none."""
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise ValueError(_complaint(error.msg, error.lineno, error.colno)) from None
    except RecursionError:
        raise ValueError("not usable JSON: nested too deeply") from None


def values_of(
    pieces: Iterable[str], *, limits: Limits, source: str, notify: Notify
) -> Iterator[object]:
    """Yield the values of a list, or the one value of a file that is no list.

    Where a list is broken, what follows is left out, which is noticed as a failure.

    Raises
    ------
    InputError
        If nothing of the file can be used.
    """
    text = _Unparsed(pieces, limits)
    if not text.is_next("["):
        try:
            yield parsed(whole_text(text.rest(), limits=limits, source=source))
        except ValueError as error:
            raise InputError(f"{source}: {error}") from None
        return
    anything = False
    try:
        for value in _listed(text):
            anything = True
            yield value
            del value
    except _BrokenListError as error:
        if not anything:
            raise InputError(f"{source}: {error}") from None
        message = f"{error}: what follows was left out"
        notify(Notice(kind="failure", source=source, message=message))


class _BrokenListError(ValueError):
    """A list goes on as none may."""


def _listed(text: "_Unparsed") -> Iterator[object]:
    """Yield the values of the list that begins here."""
    text.take("[")
    if not text.is_next("]"):
        yield text.value()
        while text.is_next(","):
            text.take(",")
            yield text.value()
    text.take("]")
    text.end()


class _Unparsed:
    """The text that was read but not parsed yet."""

    def __init__(self, pieces: Iterable[str], limits: Limits) -> None:
        self._pieces = iter(pieces)
        self._limits = limits
        self._held = ""
        self._at = 0
        self._line = self._column = 1

    def rest(self) -> Iterator[str]:
        """Yield all of it."""
        held, self._held = self._held[self._at :], ""
        yield held
        yield from self._pieces

    def is_next(self, mark: str) -> bool:
        """Pass white space, and tell whether the mark follows."""
        return not self._ends() and self._held.startswith(mark, self._at)

    def take(self, mark: str) -> None:
        """Pass a mark; raise `_BrokenListError` if another one follows."""
        if not self.is_next(mark):
            raise self._broken("Expecting ',' delimiter")
        self._pass_to(self._at + 1)

    def end(self) -> None:
        """Raise `_BrokenListError` if there is anything but white space."""
        if not self._ends():
            raise self._broken("Extra data")

    def value(self) -> object:
        """Return the value that follows, and pass it; raise `_BrokenListError` without one."""
        self._ends()
        while True:
            try:
                value, end = _DECODER.raw_decode(self._held, self._at)
            except RecursionError:
                raise _BrokenListError("not usable JSON: nested too deeply") from None
            except json.JSONDecodeError as error:
                if len(self._held) - self._at > self._limits.page_size:
                    raise _BrokenListError(f"a value is {self._limits.excess}") from None
                length = error.pos - self._at
                if not self._reads_on():
                    self._pass_to(self._at + length)
                    raise self._broken(error.msg) from None
                continue
            # A number may go on in what was not read yet, as in "1", "1." or "1e-".
            length = end - self._at
            if end + 2 >= len(self._held) and self._reads_on():
                continue
            self._pass_to(self._at + length)
            return value

    def _ends(self) -> bool:
        """Pass white space, and tell whether nothing follows."""
        while True:
            space = _SPACE.match(self._held, self._at)
            self._pass_to(space.end() if space else self._at)
            if self._at < len(self._held):
                return False
            if not self._reads_on():
                return True

    def _reads_on(self) -> bool:
        """Read as much again as is held, so that parsing it anew takes linear time in all."""
        held = self._held[self._at :]
        read, size = [held], 0
        for piece in self._pieces:
            read.append(piece)
            size += len(piece)
            if size and size >= len(held):
                break
        self._held, self._at = "".join(read), 0
        return size > 0

    def _pass_to(self, place: int) -> None:
        last = self._held.rfind("\n", self._at, place)
        self._line += self._held.count("\n", self._at, place)
        self._column = place - last if last >= 0 else self._column + place - self._at
        self._at = place

    def _broken(self, reason: str) -> _BrokenListError:
        return _BrokenListError(_complaint(reason, self._line, self._column))


def _complaint(reason: str, line: int, column: int) -> str:
    where = f"line {line}, " if line > 1 else ""
    return f"not JSON: {reason} at {where}column {column}"
