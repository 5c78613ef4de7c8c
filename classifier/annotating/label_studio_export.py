"""Read what people answered from the JSON that Label Studio exports."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, get_args

from classifier.annotating.complaints import Complaints
from classifier.annotating.judgements import Judgement, labels_of_answer
from classifier.errors import InputError
from classifier.thread import TargetKind

_TARGET_KINDS: tuple[TargetKind, ...] = get_args(TargetKind)


def is_label_studio(content: object) -> bool:
    """Tell whether parsed JSON is one task or a list with tasks."""
    tasks = content if isinstance(content, list) else [content]
    return any(isinstance(task, dict) and "annotations" in task for task in tasks)


def judgements_of_tasks(
    content: object, *, source: str, complaints: Complaints
) -> Iterator[Judgement]:
    """Yield the judgements of Label Studio's own JSON export.

    An annotation that was skipped, a task that nobody annotated and one that lost its data hold
    no answer; they are counted. Drafts and predictions are not read.

    Parameters
    ----------
    content : object
        The parsed export: a list of tasks with their annotations.
    source : str
        What messages call it.
    complaints : Complaints
        Where labels and questions that the scheme does not know are counted.

    Raises
    ------
    InputError
        If it is the short form of the export, which leaves out who annotated what.
    """
    tasks = content if isinstance(content, list) else [content]
    if not is_label_studio(content):
        raise InputError(
            f"{source}: no task in it has 'annotations': export from Label Studio as JSON, not as "
            "JSON-MIN"
        )
    for number, task in enumerate(tasks, start=1):
        data = task.get("data") if isinstance(task, dict) else None
        if not isinstance(data, dict) or not isinstance(data.get("text"), str):
            complaints.remark("tasks without a text, as deleted ones are")
            continue
        where = f"{source}, task {task.get('id', number)}"
        yield from _judgements_of_task(task, data, where=where, complaints=complaints)


def _judgements_of_task(
    task: Mapping[str, Any], data: Mapping[str, Any], *, where: str, complaints: Complaints
) -> Iterator[Judgement]:
    annotations = [each for each in _list(task.get("annotations")) if isinstance(each, dict)]
    if not annotations:
        complaints.remark("tasks without an annotation")
    for annotation in sorted(annotations, key=_when):
        if annotation.get("was_cancelled"):
            complaints.remark("annotations that were skipped")
            continue
        judgement = _judgement(annotation, data, where=where, complaints=complaints)
        if judgement.label is None and not judgement.labels:
            complaints.remark("annotations without a usable answer")
        else:
            yield judgement


def _judgement(
    annotation: Mapping[str, Any], data: Mapping[str, Any], *, where: str, complaints: Complaints
) -> Judgement:
    label: str | None = None
    labels: dict[str, bool] = {}
    for name, given in _answers(annotation).items():
        one, several = labels_of_answer(name, given, complain=complaints.fault)
        label = one or label
        labels |= several
    kind = data.get("target_kind")
    return Judgement(
        text=data["text"],
        target=_string(data, "target"),
        target_kind=kind if kind in _TARGET_KINDS else None,
        annotator=_annotator(annotation.get("completed_by")),
        label=label,
        labels=labels,
        group=_string(data, "thread"),
        where=where,
    )


def _answers(annotation: Mapping[str, Any]) -> dict[str, list[str]]:
    answers: dict[str, list[str]] = {}
    for region in _list(annotation.get("result")):
        if not isinstance(region, dict) or region.get("type") != "choices":
            continue
        value = region.get("value")
        chosen = _list(value.get("choices")) if isinstance(value, dict) else []
        answers.setdefault(str(region.get("from_name")), []).extend(map(str, chosen))
    return answers


def _annotator(completed_by: object) -> str:
    """Return the id of who annotated: Label Studio writes it bare or with name and address."""
    if isinstance(completed_by, dict):
        completed_by = completed_by.get("id") or completed_by.get("email")
    return "unknown" if completed_by is None else str(completed_by)


def _when(annotation: Mapping[str, Any]) -> str:
    """Return when an annotation was last changed, so that a person's later answer counts."""
    return str(annotation.get("updated_at") or annotation.get("created_at") or "")


def _list(value: object) -> Sequence[Any]:
    return value if isinstance(value, list) else []


def _string(data: Mapping[str, Any], key: str) -> str | None:
    value = data.get(key)
    return value if isinstance(value, str) and value.strip() else None
