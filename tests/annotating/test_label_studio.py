"""Out to Label Studio and back; exports are in the shape that Label Studio writes."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import pytest

from classifier.annotating import Judgement, choose, items_of, read_judgements
from classifier.annotating.label_studio import label_studio_tasks, labelling_config
from classifier.errors import InputError
from classifier.tasks import ModelName
from classifier.thread import Thread

if TYPE_CHECKING:
    from conftest import Labelled

    from classifier.reading import Notice


def answer(question: str, *labels: str) -> dict[str, Any]:
    return {
        "id": "Kq3",
        "from_name": question,
        "to_name": "text",
        "type": "choices",
        "origin": "manual",
        "value": {"choices": list(labels)},
    }


def annotation(who: object, *results: dict[str, Any], **changes: object) -> dict[str, Any]:
    return {
        "id": 7,
        "completed_by": who,
        "result": list(results),
        "was_cancelled": False,
        "ground_truth": False,
        "created_at": "2026-05-04T10:00:00.000000Z",
        "updated_at": "2026-05-04T10:00:00.000000Z",
        "lead_time": 4.2,
        **changes,
    }


def task(text: str, *annotations: dict[str, Any], number: int = 1, **data: str) -> dict[str, Any]:
    return {
        "id": number,
        "project": 3,
        "data": {"text": text, "target": "", "target_kind": "", "thread": "toll", **data},
        "annotations": list(annotations),
        "predictions": [{"result": [answer("sentiment", "positive")]}],
        "drafts": [{"result": [answer("sentiment", "positive")]}],
        "meta": {},
    }


class Export:
    """A file that was exported, and what reading it gives."""

    def __init__(self, file: Path, *tasks: object) -> None:
        self.notices: list[Notice] = []
        self.file = file
        file.write_text(json.dumps(tasks), encoding="utf-8")

    def read(self) -> list[Judgement]:
        return read_judgements(self.file, notify=self.notices.append)

    @property
    def told(self) -> dict[str, str]:
        return {notice.message: notice.kind for notice in self.notices}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "export.json"


def test_tasks_carry_the_transformers_labels_as_predictions(labelled: "Labelled") -> None:
    thread = Thread(id="toll", replies=(labelled("r1", "You fool.", insult=0.8),))
    (made,) = label_studio_tasks(choose(items_of(thread, "comment")), model_version="c")
    assert made["data"]["text"] == "You fool."
    assert (made["data"]["thread"], made["data"]["reply"]) == ("toll", "r1")
    (prediction,) = made["predictions"]
    assert prediction["score"] == pytest.approx(0.6)
    assert {each["from_name"]: each["value"]["choices"] for each in prediction["result"]} == {
        "incivility": ["insult"],
        "sentiment": ["negative"],
    }


@pytest.mark.parametrize("model", ["comment", "stance", "tone"])
def test_the_configuration_knows_every_name_that_tasks_use(
    model: ModelName, labelled: "Labelled"
) -> None:
    root = ET.fromstring(labelling_config(model))
    texts = {text.get("name"): str(text.get("value")) for text in root.iter("Text")}
    controls = {control.get("name"): control for control in root.iter("Choices")}
    assert {control.get("toName") for control in controls.values()} == {"text"}
    assert {control.get("required") for control in controls.values()} == {"true"}
    thread = Thread(id="toll", replies=(labelled("r1", "You fool.", against=0.8),))
    for made in label_studio_tasks(choose(items_of(thread, model)), model_version="c"):
        assert {value.removeprefix("$") for value in texts.values()} <= made["data"].keys()
        for result in made["predictions"][0]["result"]:
            assert result["to_name"] in texts
            offered = {each.get("value") for each in controls[result["from_name"]]}
            assert set(result["value"]["choices"]) <= offered


def test_what_was_predicted_comes_back_as_a_judgement_when_it_is_accepted(
    labelled: "Labelled", file: Path
) -> None:
    replies = (labelled("r1", "You fool.", insult=0.8), labelled("r2", "Well.", negative=0.1))
    made = label_studio_tasks(
        choose(items_of(Thread(id="toll", replies=replies), "comment")), model_version="c"
    )
    for number, each in enumerate(made, start=1):
        each |= {"id": number, "annotations": [annotation(4, *each["predictions"][0]["result"])]}
    found = {each.text: each for each in Export(file, *made).read()}
    assert found["You fool."].label == "negative"
    assert found["You fool."].labels["insult"]
    assert not found["You fool."].labels["threat"]
    assert found["Well."].label == "positive"
    assert not any(found["Well."].labels.values())
    assert found["Well."].group == "toll"


def test_both_forms_of_an_annotators_id_are_the_same_person(file: Path) -> None:
    whole = {"id": 12, "email": "ana@example.org", "first_name": "", "last_name": ""}
    export = Export(
        file,
        task("One.", annotation(12, answer("sentiment", "neutral"))),
        task("Two.", annotation(whole, answer("sentiment", "neutral"))),
    )
    assert {each.annotator for each in export.read()} == {"12"}


def test_a_persons_later_annotation_of_a_task_is_read_last(file: Path) -> None:
    later = annotation(1, answer("sentiment", "negative"), updated_at="2026-05-04T11:00:00Z")
    export = Export(file, task("One.", later, annotation(1, answer("sentiment", "neutral"))))
    assert [each.label for each in export.read()] == ["neutral", "negative"]


def test_stances_keep_their_target(file: Path) -> None:
    made = task(
        "Never.",
        annotation(1, answer("stance", "against")),
        target="the toll",
        target_kind="topic",
    )
    (found,) = Export(file, made).read()
    assert (found.target, found.target_kind, found.label) == ("the toll", "topic", "against")


def test_an_open_multiple_question_is_unknown_and_none_is_no(file: Path) -> None:
    left_open = task("One.", annotation(1, answer("sentiment", "neutral")))
    none = task("Two.", annotation(1, answer("incivility", "none")))
    first, second = Export(file, left_open, none).read()
    assert first.labels == {}
    assert set(second.labels.values()) == {False}


def test_unknown_labels_are_told_once_and_the_rest_is_kept(file: Path) -> None:
    export = Export(
        file,
        task("One.", annotation(1, answer("incivility", "spam", "insult"))),
        task("Two.", annotation(1, answer("incivility", "spam"), answer("sentiment", "neutral"))),
        task("Three.", annotation(1, answer("mood", "blue"), answer("sentiment", "neutral"))),
    )
    first, second, third = export.read()
    assert first.labels["insult"]
    assert (second.labels, second.label, third.label) == ({}, "neutral", "neutral")
    assert list(export.told.values()) == ["failure", "failure"]
    spam, mood = export.told
    assert spam.startswith("left out 2 times: unknown incivility label 'spam': known are toxicity")
    assert mood.startswith("left out once: unknown question 'mood': known are ")


def test_labels_that_exclude_each_other_are_told(file: Path) -> None:
    export = Export(
        file, task("One.", annotation(1, answer("incivility", "none", "insult"))), task("Two.")
    )
    with pytest.raises(InputError, match="nobody's answer"):
        export.read()
    assert "left out once: none and insult do not go together as incivility" in export.told


def test_deleted_skipped_and_open_tasks_are_counted_without_being_faults(file: Path) -> None:
    export = Export(
        file,
        None,
        {"id": 2, "data": {}, "annotations": []},
        {"id": 3, "data": None, "annotations": None},
        task("Skipped.", annotation(1, was_cancelled=True)),
        task("Open."),
        task("Done.", annotation(1, answer("sentiment", "neutral"))),
    )
    assert [each.text for each in export.read()] == ["Done."]
    assert export.told == {
        "tasks without a text, as deleted ones are: 3 left out": "warning",
        "annotations that were skipped: 1 left out": "warning",
        "tasks without an annotation: 1 left out": "warning",
    }


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ('[{"text": "x", "sentiment": "neutral", "annotator": 1}]', "not as JSON-MIN"),
        ("[{", "does not parse as JSON"),
        ("[" * 100_000, "does not parse as JSON"),
        ("[]", "JSON-MIN"),
        ("", "is empty"),
        ('[{"annotations": [[], 3, {"result": 5}], "data": {"text": "x"}}]', "nobody's answer"),
        (
            (
                '[{"annotations": [{"result": [{"type": "choices", "value": []}]}], "data": '
                '{"text": "x"}}]'
            ),
            "nobody's answer",
        ),
    ],
)
def test_what_is_no_export_is_one_line(file: Path, content: str, complaint: str) -> None:
    file.write_text(content)
    with pytest.raises(InputError, match=complaint) as raised:
        read_judgements(file, notify=lambda _: None)
    assert str(raised.value).startswith(str(file))
