"""What the server does not take, how long it waits, and how it leaves."""

import concurrent.futures
import json
import socket
import threading
import time
from collections.abc import Iterator

import httpx
import pytest
from serving.server import Running, Serve

HEAD = b"POST /v1alpha1/comments:analyze HTTP/1.1\r\nHost: localhost\r\n"


def raw(server: Running, *sent: bytes) -> bytes:
    """Send one piece after the other, each when the last was answered, and return all answers."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=60) as connection:
        received = b""
        for number, piece in enumerate(sent):
            received += connection.recv(65_536) if number else b""
            connection.sendall(piece)
        while piece := connection.recv(65_536):
            received += piece
        return received


def test_a_body_that_says_it_is_too_large_is_refused_before_any_of_it_is_sent(
    server: Running,
) -> None:
    answer = raw(server, HEAD + b"Content-Length: 10000000000\r\n\r\n")
    head, _, body = answer.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 413 ")
    assert b"connection: close" in head.lower()
    assert json.loads(body)["error"]["code"] == 413


def test_a_body_that_turns_out_too_large_is_cut_off(server: Running) -> None:
    sent = 0

    def endless() -> Iterator[bytes]:
        nonlocal sent
        for _ in range(1000):
            sent += 65_536
            yield b" " * 65_536

    try:
        answer = httpx.post(
            server.url + "/v1alpha1/comments:analyze", content=endless(), timeout=60
        )
        assert answer.status_code == 413
    except httpx.TransportError:
        pass  # the connection was closed before all was sent
    assert sent < 60_000_000


def test_clients_that_stop_sending_are_left(serve: Serve) -> None:
    server = serve("--patience", "1")
    assert raw(server, b"") == b""
    assert raw(server, b"POST /v1alpha1/comm") == b""
    served = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"
    assert raw(server, served, b"GET /hea").endswith(b'{"status":"alive"}')
    answer = raw(server, HEAD + b'Content-Length: 100\r\n\r\n{"comment":')
    assert answer.startswith(b"HTTP/1.1 408 ")
    assert server.analyze("Good morning.").status_code == 200


def test_other_origins_web_pages_are_kept_out(server: Running, serve: Serve) -> None:
    path = "/v1alpha1/comments:suggestscore"
    headers = {"Origin": "https://elsewhere.example", "Sec-Fetch-Site": "cross-site"}
    refused = server.post(path, json={}, headers=headers)
    assert refused.status_code == 403
    assert "access-control-allow-origin" not in refused.headers
    allowing = serve("--allow-origin", "https://elsewhere.example")
    body = {"comment": {"text": "Hello."}, "requestedAttributes": {"TOXICITY": {}}}
    answer = allowing.post("/v1alpha1/comments:analyze", json=body, headers=headers)
    assert answer.status_code == 200
    assert answer.headers["access-control-allow-origin"] == "https://elsewhere.example"


@pytest.mark.parametrize("path", ["/", "/healthz", "/nowhere", "/openapi.json"])
def test_every_answer_carries_the_headers_that_protect_a_browser(
    server: Running, path: str
) -> None:
    headers = server.get(path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "no-referrer"
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "server" not in headers


def test_a_full_queue_answers_429_and_never_hangs(serve: Serve) -> None:
    server = serve("--queue", "4", "--threads", "1")
    text = "Honestly, the harbour tunnel is a fine plan. " * 100

    def one(_: int) -> httpx.Response:
        return server.analyze(text)

    with concurrent.futures.ThreadPoolExecutor(32) as pool:
        answers = list(pool.map(one, range(64)))
    statuses = {answer.status_code for answer in answers}
    assert statuses == {200, 429}
    for answer in answers:
        if answer.status_code == 429:
            assert answer.headers["Retry-After"] == "1"
            assert answer.json()["error"]["status"] == "RESOURCE_EXHAUSTED"
    assert server.analyze("Good morning.").status_code == 200


def test_sigterm_answers_what_has_arrived_and_then_leaves(serve: Serve) -> None:
    server = serve()
    text = "Honestly, the harbour tunnel is a fine plan. " * 200
    answers: list[int] = []
    asking = [
        threading.Thread(target=lambda: answers.append(server.analyze(text).status_code))
        for _ in range(6)
    ]
    for thread in asking:
        thread.start()
    ends = time.monotonic() + 30
    while "classifier_waiting 0.0" in server.get("/metrics").text and time.monotonic() < ends:
        time.sleep(0.01)
    code = server.terminate()
    for thread in asking:
        thread.join(60)
    assert answers == [200] * 6
    assert code == 0
    with pytest.raises(httpx.TransportError):
        server.get("/healthz")


def test_workers_share_the_work_and_their_counts_and_leave_together(serve: Serve) -> None:
    server = serve("--workers", "2")
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: server.analyze("Good morning."), range(40)))
    assert {answer.status_code for answer in answers} == {200}
    counted = {
        line.rsplit(" ", 1)[1]
        for _ in range(6)
        for line in server.get("/metrics").text.splitlines()
        if line.startswith("classifier_comments_total")
    }
    assert counted == {"40.0"}
    assert server.terminate() == 0
