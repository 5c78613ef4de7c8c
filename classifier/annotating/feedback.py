"""Read example records that carry who gave their labels: feedback, and files made here."""

import json
from collections.abc import Iterator
from typing import Any, get_args

from classifier.annotating.complaints import Complaints
from classifier.annotating.judgements import Judgement
from classifier.annotating.questions import ALL_QUESTIONS
from classifier.thread import TargetKind

_TARGET_KINDS: tuple[TargetKind, ...] = get_args(TargetKind)
_HOLDS_FROM = 0.5


class _BadRecordError(Exception):
    """A line that holds no record; its message says why."""


def judgements_of_records(text: str, *, source: str, complaints: Complaints) -> Iterator[Judgement]:
    """Yield the judgements of JSON Lines with one record a line.

    A record holds ``text``; ``label`` for a sentiment or, with ``target``, a stance; ``labels``,
    an object of incivility and tone labels from 0 to 1, or a list of those that hold, in which
    case the others of their question do not; and ``annotator``. A server's feedback is so.

    Parameters
    ----------
    text : str
        The file.
    source : str
        What messages call it.
    complaints : Complaints
        Where lines that are no record are counted.
    """
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            yield _judgement(line, where=f"{source}, line {number}")
        except _BadRecordError as error:
            complaints.fault(str(error))


def _judgement(line: str, *, where: str) -> Judgement:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError):
        raise _BadRecordError("a line does not parse as JSON") from None
    if not isinstance(record, dict) or not isinstance(record.get("text"), str):
        raise _BadRecordError("a record is an object with a 'text'")
    target = record.get("target")
    target = target if isinstance(target, str) and target.strip() else None
    label = _label(record.get("label"), has_target=target is not None)
    labels = _labels(record.get("labels"))
    if label is None and not labels:
        raise _BadRecordError("a record gives no label")
    kind = record.get("target_kind")
    group = record.get("group")
    return Judgement(
        text=record["text"],
        target=target,
        target_kind=kind if kind in _TARGET_KINDS else None,
        annotator=str(record.get("annotator") or "unknown"),
        label=label,
        labels=labels,
        group=group if isinstance(group, str) else None,
        where=where,
    )


def _label(value: object, *, has_target: bool) -> str | None:
    if value is None:
        return None
    question = ALL_QUESTIONS["stance" if has_target else "sentiment"]
    if value not in question.labels:
        raise _BadRecordError(
            f"unknown {question.name} label: known are {', '.join(question.labels)}"
        )
    return str(value)


def _labels(value: object) -> dict[str, bool]:
    if value is None:
        return {}
    if isinstance(value, list):
        questions = [q for q in ALL_QUESTIONS.values() if not q.exclusive]
        owners = [q for q in questions if any(label in q.labels for label in value)]
        known = {label: label in value for q in owners for label in q.labels}
        _check_known(value)
        return known
    if not isinstance(value, dict):
        raise _BadRecordError("'labels' is an object that gives labels a value from 0 to 1")
    _check_known(value)
    return {name: _holds(each) for name, each in value.items() if each is not None}


def _check_known(names: Any) -> None:  # noqa: ANN401 - keys or items from a file
    known = [label for q in ALL_QUESTIONS.values() if not q.exclusive for label in q.labels]
    if any(name not in known for name in names):
        raise _BadRecordError(f"unknown label: known are {', '.join(known)}")


def _holds(value: object) -> bool:
    if not isinstance(value, int | float) or not 0 <= value <= 1:
        raise _BadRecordError("a label's value is a number from 0 to 1")
    return value >= _HOLDS_FROM
