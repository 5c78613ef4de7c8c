"""Notices whenever anything in this process reads a pickle."""

import pickle
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

_seen: list[str] = []
_watched = False


def _notice(event: str, arguments: tuple[Any, ...]) -> None:
    if event == "pickle.find_class":
        _seen.append(".".join(map(str, arguments)))


def _noticed(name: str, call: Callable[..., Any]) -> Callable[..., Any]:
    def read(*arguments: Any, **options: Any) -> Any:  # noqa: ANN401 - stands in for pickle's
        _seen.append(name)
        return call(*arguments, **options)

    return read


@contextmanager
def noticed_pickles() -> Iterator[list[str]]:
    """Give a list to which every pickle that is read adds what it asked for.

    The interpreter's audit event tells of every class that any unpickler looks up; `load` and
    `loads` are watched too, since a pickle of numbers and strings looks up none.
    """
    global _watched  # noqa: PLW0603 - an audit hook stays for good
    if not _watched:
        sys.addaudithook(_notice)
        _watched = True
    load, loads = pickle.load, pickle.loads
    pickle.load, pickle.loads = _noticed("load", load), _noticed("loads", loads)
    _seen.clear()
    try:
        yield _seen
    finally:
        pickle.load, pickle.loads = load, loads
