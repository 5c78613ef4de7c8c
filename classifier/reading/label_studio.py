"""Label Studio's JSON export: a list of tasks, each of which shows one comment.

The comment is what stands under ``data``, its keys found as in any comment record; a task's own
id is the comment's where the data give none. What people answered is not read here:
``classifier import`` makes labelled examples of it.
"""

from collections.abc import Iterator
from dataclasses import replace

from classifier.reading.columns import Columns, shown
from classifier.reading.exports import Export, record_of
from classifier.reading.records import Comment, comment_of

_MARKS = ("annotations", "completions", "predictions", "total_annotations")


def _fits(value: object) -> bool:
    return (
        isinstance(value, dict)
        and isinstance(value.get("data"), dict)
        and any(mark in value for mark in _MARKS)
    )


def _items(value: object, columns: Columns) -> Iterator[Comment]:
    task = record_of(value)
    data = record_of(task.get("data"))
    found = columns.found_in(data)
    if found.text is None:
        raise ValueError(f"a task without a key that holds the text among {shown(data)}")
    comment = comment_of(data, found)
    task_id = task.get("id")
    if comment.id is None and isinstance(task_id, (int, str)):
        comment = replace(comment, id=str(task_id))
    yield comment


LABEL_STUDIO = Export(name="label-studio", fits=_fits, items=_items)
