"""Comments as JSON Lines in, labels as JSON Lines out."""

import http.client
import json
from collections.abc import Iterator
from typing import Any

import httpx
from serving.server import Running


def score(server: Running, lines: list[Any], **more: object) -> list[Any]:
    content = "".join(
        (line if isinstance(line, str) else json.dumps(line)) + "\n" for line in lines
    )
    response = server.post("/v1/score", content=content.encode(), **more)
    assert response.status_code == 200, response.text
    return [json.loads(line) for line in response.text.splitlines()]


def test_answers_come_in_the_order_of_the_lines_with_their_ids(server: Running) -> None:
    lines = [
        {"id": n, "text": "You idiot. " if n % 3 else "Lovely day. " * n} for n in range(1, 30)
    ]
    answers = score(server, lines)
    assert [each["id"] for each in answers] == [line["id"] for line in lines]
    for line, each in zip(lines, answers, strict=True):
        toxic = each["labels"]["incivility"]["probabilities"]["toxicity"]
        assert (toxic > 0.5) == line["text"].startswith("You")


def test_targets_parents_and_languages_are_asked_as_the_line_says(server: Running) -> None:
    [answer] = score(
        server,
        [{"text": "No way.", "target": "the toll", "parent": "I like it.", "language": "en"}],
    )
    kinds = [stance["target_kind"] for stance in answer["labels"]["stance"]]
    assert kinds == ["topic", "parent"]


def test_a_line_that_cannot_be_used_is_told_and_the_rest_goes_on(server: Running) -> None:
    secret = "nobody may read this"
    lines: list[Any] = [
        {"text": "One."},
        "not JSON " + secret,
        {"words": secret},
        {"text": 7, "id": "x"},
        "",
        {"text": "é" * 10_241},
        {"text": "Two.", "id": "last"},
    ]
    first, *bad, last = score(server, lines)
    assert "labels" in first
    assert [each["error"]["code"] for each in bad] == [400] * 4
    assert secret not in json.dumps(bad)
    assert (last["id"], "labels" in last) == ("last", True)


def test_answers_arrive_while_the_request_is_still_being_sent(server: Running) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    connection.putrequest("POST", "/v1/score")
    connection.putheader("Transfer-Encoding", "chunked")
    connection.endheaders()

    def send(content: bytes) -> None:
        connection.send(b"%x\r\n%s\r\n" % (len(content), content))

    send(b'{"id": 1, "text": "Good morning."}\n')
    response = connection.getresponse()
    assert json.loads(response.readline())["id"] == 1
    send(b'{"id": 2, "te')
    send(b'xt": "Good night."}\n')
    assert json.loads(response.readline())["id"] == 2
    send(b"")
    assert response.read() == b""
    connection.close()


def test_a_client_that_sends_everything_before_it_reads_is_answered(server: Running) -> None:
    lines = [{"id": n, "text": f"Good morning, number {n}."} for n in range(600)]
    assert [each["id"] for each in score(server, lines)] == list(range(600))


def test_a_line_without_end_is_cut_off_and_not_held(server: Running) -> None:
    def endless() -> Iterator[bytes]:
        yield b'{"text": "Hello."}\n{"text": "'
        for _ in range(40):
            yield b"x" * 100_000

    response = httpx.post(server.url + "/v1/score", content=endless(), timeout=60)
    answers = [json.loads(line) for line in response.text.splitlines()]
    assert "labels" in answers[0]
    assert "longer than" in answers[1]["error"]["message"]


def test_tone_is_refused_where_its_model_is_not_installed(server: Running) -> None:
    names = [each["name"] for each in server.get("/v1/attributes").json()["attributes"]]
    [answer] = score(server, [{"text": "Oh, brilliant."}], params={"tone": "true"})
    assert ("SARCASTIC" in names) == ("labels" in answer)
