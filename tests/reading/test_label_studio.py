"""Label Studio's JSON export, read as comments."""

import json
from typing import TYPE_CHECKING

from classifier.thread import Target

if TYPE_CHECKING:
    from conftest import Reading

ANNOTATION = {
    "id": 1,
    "completed_by": 3,
    "was_cancelled": False,
    "result": [
        {
            "from_name": "tone",
            "to_name": "text",
            "type": "choices",
            "value": {"choices": ["hostile"]},
        }
    ],
}


def test_tasks_are_comments_whatever_was_answered(reading: "Reading") -> None:
    tasks = [
        {
            "id": 41,
            "data": {"text": "Build it.", "target": "the ferry"},
            "annotations": [ANNOTATION],
        },
        {"id": 42, "data": {"text": "Never.", "id": "c9", "author": "ben"}, "annotations": []},
    ]
    thread = reading.thread("project-8.json", json.dumps(tasks))
    first, second = thread.replies
    assert (first.id, first.text) == ("41", "Build it.")
    assert first.targets == (Target(kind="topic", text="the ferry"),)
    assert (second.id, second.author) == ("c9", "ben")


def test_task_that_shows_no_text_is_named(reading: "Reading") -> None:
    tasks = [
        {"id": 1, "data": {"text": "Fine."}, "annotations": []},
        {"id": 2, "data": {"image": "boat.png"}, "annotations": []},
    ]
    assert len(reading.thread("p.json", json.dumps(tasks)).replies) == 1
    assert reading.failures[0].endswith(
        "item 2 left out: a task without a key that holds the text among image"
    )
