import json
from pathlib import Path

import pytest

from classifier.annotating import Judgement, read_judgements
from classifier.errors import InputError
from classifier.reading import Notice


def read(file: Path, *records: object, notices: list[Notice] | None = None) -> list[Judgement]:
    lines = [each if isinstance(each, str) else json.dumps(each) for each in records]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return read_judgements(file, notify=(notices if notices is not None else []).append)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "feedback.jsonl"


def test_feedback_is_read_with_who_gave_it(file: Path) -> None:
    comment, stance = read(
        file,
        {"text": "You fool.", "labels": {"insult": 1, "threat": 0}, "annotator": "ana"},
        {"text": "Never.", "target": "toll", "label": "against", "annotator": 3},
    )
    assert (comment.labels, comment.annotator) == ({"insult": True, "threat": False}, "ana")
    assert (stance.target, stance.label, stance.annotator) == ("toll", "against", "3")


def test_a_list_of_labels_denies_the_others_of_its_question(file: Path) -> None:
    (found,) = read(file, {"text": "You fool.", "labels": ["insult"]})
    assert found.labels["insult"]
    assert not found.labels["toxicity"]
    assert "sarcastic" not in found.labels


def test_one_bad_line_does_not_lose_the_others(file: Path) -> None:
    notices: list[Notice] = []
    found = read(
        file,
        "{",
        "[" * 100_000,
        {"text": "x", "labels": {"spam": 1}},
        {"text": "x", "labels": {"insult": 7}},
        {"text": "x", "label": "against"},
        {"text": "x", "label": []},
        {"text": "x", "labels": 4},
        {"text": "x"},
        {"labels": {"insult": 1}},
        {"text": "Fine.", "label": "positive"},
        notices=notices,
    )
    assert [each.text for each in found] == ["Fine."]
    assert sum(notice.kind == "failure" for notice in notices) == 7
    assert "left out 2 times: a line does not parse as JSON" in [n.message for n in notices]


def test_a_file_without_a_usable_record_is_one_line(file: Path) -> None:
    with pytest.raises(InputError, match="nobody's answer in it can be used"):
        read(file, {"text": "x"})
