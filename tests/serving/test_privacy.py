"""No word of a comment leaves the server but in the answer to who sent it."""

import asyncio
import json

import httpx
import pytest
from serving.server import Running, Serve

from classifier.serving.guard import Guard
from classifier.serving.metrics import Metrics
from classifier.serving.settings import Settings

SECRET = "quixotic zanzibar marmalade"


def every_request(server: Running) -> list[httpx.Response]:
    """Send the secret everywhere, in requests that succeed and that fail."""
    analyze = "/v1alpha1/comments:analyze"
    suggest = "/v1alpha1/comments:suggestscore"
    bad = [
        {"comment": {"text": SECRET, SECRET: 1}},
        {"comment": {"text": SECRET, "type": SECRET}},
        {"comment": {"text": SECRET}, "requestedAttributes": {SECRET: {}}},
        {"comment": {"text": SECRET}, "requestedAttributes": {"TOXICITY": {"scoreType": SECRET}}},
        {
            "comment": {"text": SECRET},
            "requestedAttributes": {"TOXICITY": {}},
            "languages": [SECRET],
        },
        {"comment": {"text": [SECRET]}},
        {"comment": {"text": SECRET * 2000}, "requestedAttributes": {"TOXICITY": {}}},
        SECRET,
    ]
    return [
        server.analyze(SECRET),
        server.analyze(SECRET, "AGAINST_PARENT"),
        *(server.post(path, json=body) for path in (analyze, suggest) for body in bad),
        server.post(analyze, content=f'{{"{SECRET}'.encode()),
        server.post("/v1/score", content=f'{SECRET}\n{{"words": "{SECRET}"}}\n'.encode()),
        server.post("/v1/threads", json={"words": SECRET}),
        server.post("/v1/threads", content=b"", params={"format": SECRET}),
        server.post("/report", data={"text": SECRET, "key": SECRET}),
        server.get(f"/{SECRET}", params={"key": SECRET}),
        server.get("/$discovery/rest", headers={"Host": "marmalade zanzibar"}),
    ]


def test_no_log_metric_or_error_holds_a_comment(serve: Serve) -> None:
    server = serve()
    answers = every_request(server)
    metrics = server.get("/metrics").text
    server.terminate()
    server.process.wait()
    log = "".join(server.said)
    for place in (log, metrics, *(answer.text for answer in answers)):
        for word in SECRET.split():
            assert word not in place, place
    assert "Traceback" not in log
    assert all(answer.status_code < 500 for answer in answers)
    assert json.loads(answers[0].text)["attributeScores"]


def test_an_error_that_nobody_foresaw_is_logged_by_its_place_alone(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async def broken(*_: object) -> None:
        raise ValueError(SECRET)

    async def ask() -> httpx.Response:
        guard = Guard(broken, settings=Settings(), metrics=Metrics())
        async with httpx.AsyncClient(transport=httpx.ASGITransport(guard)) as client:
            return await client.post("http://server/", content=SECRET)

    answer = asyncio.run(ask())
    assert answer.status_code == 500
    assert answer.json() == {
        "error": {"code": 500, "message": "Internal Server Error.", "status": "INTERNAL"}
    }
    assert "ValueError at test_privacy.py:" in caplog.text
    assert SECRET not in caplog.text + answer.text
