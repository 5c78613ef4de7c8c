"""Labelled example records, for training and evaluation.

An example is a text with what is known of it: one label of an exclusive task (stance, sentiment),
a value for some labels of which several may hold (incivility, tone), or both. As files they are
JSON Lines, one record a line.
"""

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import nullcontext
from dataclasses import dataclass, field
from os import PathLike
from pathlib import Path
from typing import Any, get_args

from classifier.errors import InputError
from classifier.tasks import TASKS, TaskName
from classifier.thread import TargetKind

_TARGET_KINDS: tuple[TargetKind, ...] = get_args(TargetKind)
_TASK_LIST = [task for tasks in TASKS.values() for task in tasks]
_EXCLUSIVE = {task.name: task.outputs for task in _TASK_LIST if task.exclusive}
_MULTIPLE = {task.name: task.outputs for task in _TASK_LIST if not task.exclusive}
_ONE_OF = tuple(dict.fromkeys((*_EXCLUSIVE["stance"], *_EXCLUSIVE["sentiment"])))
_SEVERAL_OF = tuple(label for labels in _MULTIPLE.values() for label in labels)
_STANCES_ONLY = frozenset(_EXCLUSIVE["stance"]) - frozenset(_EXCLUSIVE["sentiment"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A text with the labels that are known of it.

    Parameters
    ----------
    text : str
        The words that are judged.
    target : str or None
        What the stance is towards; None for other tasks.
    target_kind : {"article", "parent", "topic"} or None
        What the words in `target` are.
    label : str or None
        A stance where `target` is given, otherwise a sentiment; None if unknown.
    labels : mapping of str to float
        Incivility and tone labels: 0 to 1, the share of raters who gave it where several did.
        A label that is absent is unknown, not 0.
    corpus : str or None
        Name of the collection that the example is from.
    group : str or None
        Examples of one group (a thread, an article) never stand in two parts of a corpus.
    weight : float
        How much the example counts in training.
    """

    text: str
    target: str | None = None
    target_kind: TargetKind | None = None
    label: str | None = None
    labels: Mapping[str, float] = field(default_factory=dict)
    corpus: str | None = None
    group: str | None = None
    weight: float = 1.0


class _BadLineError(Exception):
    """A line that is no example record; its message says why."""


def tasks_of(example: Example) -> tuple[TaskName, ...]:
    """Return the tasks that an example says something about.

    ``neutral`` is a stance where the example has a target, a sentiment where it has none.
    """
    found: list[TaskName] = []
    if example.label is not None:
        is_stance = example.target is not None and example.label in _EXCLUSIVE["stance"]
        found.append("stance" if is_stance else "sentiment")
    found += [
        name for name, labels in _MULTIPLE.items() if not example.labels.keys().isdisjoint(labels)
    ]
    return tuple(found)


def read_examples(
    path: str | PathLike[str], *, on_bad_line: Callable[[InputError], None] | None = None
) -> list[Example]:
    """Read example records from JSON Lines.

    Blank lines and keys that a record has besides the known ones are passed over.

    Parameters
    ----------
    path : path-like
        The file; ``-`` is standard input.
    on_bad_line : callable, optional
        Called with the error of each line that is no record, after which reading goes on. By
        default the first such line raises.

    Raises
    ------
    InputError
        If the file cannot be read or holds no record, a line is no record and `on_bad_line` is
        not given, or a label is unknown; it names file and line.
    """
    name = "standard input" if str(path) == "-" else str(path)
    examples = []
    try:
        with nullcontext(sys.stdin.buffer) if str(path) == "-" else Path(path).open("rb") as lines:
            for number, record in _records(lines, name=name, on_bad_line=on_bad_line):
                examples.append(_example(record, where=f"{name}:{number}"))
    except OSError as error:
        raise InputError(f"{name}: cannot be read: {error.strerror}") from error
    if not examples:
        raise InputError(f"{name}: holds no example record")
    return examples


def _records(
    lines: Iterable[bytes], *, name: str, on_bad_line: Callable[[InputError], None] | None
) -> Iterator[tuple[int, dict[str, Any]]]:
    for number, line in enumerate(lines, start=1):
        content = line.removeprefix(b"\xef\xbb\xbf").strip()
        if not content:
            continue
        try:
            yield number, _record(content)
        except _BadLineError as error:
            found = InputError(f"{name}:{number}: {error}")
            if on_bad_line is None:
                raise found from error
            on_bad_line(found)


def _record(line: bytes) -> dict[str, Any]:
    try:
        record = json.loads(line.decode())
    except UnicodeDecodeError as error:
        raise _BadLineError(f"byte {error.start} is not UTF-8") from error
    except (ValueError, RecursionError) as error:
        raise _BadLineError("does not parse as JSON") from error
    if not isinstance(record, dict):
        raise _BadLineError("an example record is a JSON object")
    _check_strings(record)
    if record.get("target_kind") not in (None, *_TARGET_KINDS):
        raise _BadLineError(f"'target_kind' is one of {', '.join(_TARGET_KINDS)}")
    labels = record.get("labels") or {}
    if not isinstance(labels, dict):
        raise _BadLineError("'labels' is an object that gives labels a value from 0 to 1")
    for label, value in labels.items():
        if value is not None and not (isinstance(value, int | float) and 0 <= value <= 1):
            raise _BadLineError(f"the value of {label!r} is not a number from 0 to 1")
    return record


def _check_strings(record: dict[str, Any]) -> None:
    if not isinstance(record.get("text"), str):
        raise _BadLineError("an example record needs a 'text' that is a string")
    for key in ("text", "target", "label"):
        value = record.get(key)
        if not isinstance(value, str | None):
            raise _BadLineError(f"{key!r} is not a string")
        if value is not None and any("\ud800" <= letter <= "\udfff" for letter in value):
            raise _BadLineError(f"{key!r} holds half of a surrogate pair")


def _example(record: dict[str, Any], *, where: str) -> Example:
    label, target = record.get("label"), record.get("target") or None
    labels = {
        name: float(value)
        for name, value in (record.get("labels") or {}).items()
        if value is not None
    }
    _check_known(() if label is None else (label,), _ONE_OF, where=where)
    _check_known(labels, _SEVERAL_OF, where=where)
    if target is None and label in _STANCES_ONLY:
        raise InputError(f"{where}: stance {label!r} needs the 'target' that it is towards")
    corpus, group = record.get("corpus"), record.get("group")
    return Example(
        text=record["text"],
        target=target,
        # A target of no stated kind is read as one that a user names is scored.
        target_kind=record.get("target_kind") or ("topic" if target else None),
        label=label,
        labels=labels,
        corpus=corpus if isinstance(corpus, str) else None,
        group=group if isinstance(group, str) else None,
    )


def _check_known(found: Iterable[str], known: tuple[str, ...], *, where: str) -> None:
    for label in found:
        if label not in known:
            raise InputError(f"{where}: unknown label {label!r}: known are {', '.join(known)}")
