"""A thread that is read again says what its page holds, or is refused."""

import json
from pathlib import Path
from typing import Any

import pytest

from classifier import InputError
from classifier.reading import read
from classifier.thread import Thread

PAGE = "Tolls rise. No! Yes."
WHOLE: dict[str, Any] = {
    "schema": 1,
    "id": "t",
    "article": {"start": 0, "end": 11, "text": "Tolls rise."},
    "replies": [
        {
            "id": "r1",
            "start": 12,
            "end": 20,
            "text": "Yes.",
            "own": [[16, 20]],
            "quotes": [{"start": 12, "end": 15}],
            "excerpts": [],
        }
    ],
    "page_text": PAGE,
}


def written(file: Path, **changes: object) -> Path:
    thread = json.loads(json.dumps(WHOLE))
    for place, value in changes.items():
        holder = thread["replies"][0] if place in thread["replies"][0] else thread
        holder[place] = value
    file.write_text(json.dumps(thread))
    return file


def test_a_whole_thread_is_read_as_it_was(tmp_path: Path) -> None:
    assert list(read(written(tmp_path / "t.jsonl"))) == [Thread.model_validate(WHOLE)]
    assert len(list(read(written(tmp_path / "t.jsonl", page_text=None)))) == 1


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"end": 21}, "replies.0 stands outside its place: 12 to 21"),
        ({"start": -1}, "replies.0 stands outside"),
        ({"start": 17}, "replies.0, a part of it stands outside its place: 16 to 20"),
        ({"own": [[20, 16]]}, "replies.0, a part of it stands outside its place: 20 to 16"),
        ({"quotes": [{"start": 3, "end": 8}]}, "replies.0, a part of it stands outside"),
        ({"excerpts": [[0, 5]]}, "replies.0, a part of it stands outside"),
        ({"text": "Never."}, "replies.0.text is not what its page_text holds there"),
        ({"own": []}, "replies.0.text is not what its page_text holds there"),
        ({"preamble": [[0, 99]]}, "preamble.0 stands outside its place: 0 to 99"),
        ({"article": {"start": 0, "end": 5, "text": "Toll"}}, "article is not what its page_text"),
        ({"page_text": None, "start": 30}, "replies.0 stands outside its place: 30 to 20"),
    ],
)
def test_offsets_that_do_not_fit_are_refused(
    tmp_path: Path, changes: dict[str, object], place: str
) -> None:
    with pytest.raises(InputError) as refused:
        list(read(written(tmp_path / "t.jsonl", **changes)))
    assert "no line of it holds a thread" in str(refused.value)
    notices: list[object] = []
    with pytest.raises(InputError):
        list(read(tmp_path / "t.jsonl", notify=notices.append))
    assert place in str(notices[0])
