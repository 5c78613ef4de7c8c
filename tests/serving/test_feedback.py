"""Suggested scores: kept as labelled examples where the server was told to, otherwise not."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from serving.server import Running

from classifier.examples import read_examples, tasks_of

Records = Callable[[], list[dict[str, Any]]]

PATH = "/v1alpha1/comments:suggestscore"


def suggest(server: Running, scores: dict[str, float], **more: object) -> dict[str, Any]:
    body = {
        "comment": {"text": "The toll is a joke, and so are you."},
        "attributeScores": {
            name: {"summaryScore": {"value": value}} for name, value in scores.items()
        },
        **more,
    }
    response = server.post(PATH, json=body)
    assert response.status_code == 200, response.text
    answer: dict[str, Any] = response.json()
    return answer


@pytest.fixture
def records(feedback_file: Path) -> Records:
    before = len(feedback_file.read_text().splitlines())

    def since() -> list[dict[str, Any]]:
        lines = feedback_file.read_text().splitlines()[before:]
        return [json.loads(line) for line in lines]

    return since


def test_a_suggestion_becomes_an_example_that_training_reads(
    server: Running, records: Records, feedback_file: Path
) -> None:
    answer = suggest(server, {"TOXICITY": 0.9, "INSULT": 1}, clientToken="moderator-3")
    assert answer == {"clientToken": "moderator-3"}
    [record] = records()
    assert record["text"] == "The toll is a joke, and so are you."
    assert record["labels"] == {"toxicity": 0.9, "insult": 1}
    assert record["annotator"] == "moderator-3"
    example = read_examples(feedback_file)[-1]
    assert tasks_of(example) == ("incivility",)


def test_sentiment_and_stance_become_labels(
    server: Running, records: Records, feedback_file: Path
) -> None:
    context = {"articleAndParentComment": {"parentComment": {"text": "I like the toll."}}}
    suggest(server, {"SENTIMENT_NEGATIVE": 1, "AGAINST_PARENT": 1}, context=context)
    sentiment, stance = records()
    assert sentiment["label"] == "negative"
    assert (stance["label"], stance["target"]) == ("against", "I like the toll.")
    tasks = [tasks_of(example) for example in read_examples(feedback_file)[-2:]]
    assert tasks == [("sentiment",), ("stance",)]


def test_a_moderators_decision_is_kept_beside_the_labels(server: Running, records: Records) -> None:
    suggest(server, {"DELETED": 1}, communityId="Coral:forum")
    [record] = records()
    assert (record["labels"], record["suggested"]) == ({}, {"DELETED": 1})
    assert record["community"] == "Coral:forum"


@pytest.mark.parametrize(
    "scores",
    [
        {},
        {"TOXICITY": {}},
        {"TOXICITY": {"summaryScore": {"value": 1.5}}},
        {"TOXICITY": {"summaryScore": {}}},
        {"AGAINST_PARENT": {"summaryScore": {"value": 1}}},
    ],
)
def test_a_suggestion_that_says_nothing_is_refused(
    server: Running, records: Records, scores: dict[str, Any]
) -> None:
    body = {"comment": {"text": "Hello."}, "attributeScores": scores}
    assert server.post(PATH, json=body).status_code == 400
    assert records() == []


def test_without_the_option_it_is_answered_and_nothing_is_kept(
    locked_server: Running, tmp_path: Path
) -> None:
    body = {
        "comment": {"text": "Hello."},
        "attributeScores": {"TOXICITY": {"summaryScore": {"value": 0}}},
        "clientToken": "t",
    }
    answer = locked_server.post(PATH, json=body, params={"key": "second"})
    assert (answer.status_code, answer.json()) == (200, {"clientToken": "t"})
    assert list(tmp_path.iterdir()) == []
