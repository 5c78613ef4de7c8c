from collections.abc import Iterator
from pathlib import Path

import pytest
from serving.server import Running, Serve, start, stop


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Start servers with options; they are stopped when the test ends."""
    started: list[Running] = []

    def run(*options: object) -> Running:
        started.append(start(*options))
        return started[-1]

    yield run
    for running in started:
        stop(running)


@pytest.fixture(scope="session")
def feedback_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("serving") / "feedback.jsonl"


@pytest.fixture(scope="session")
def server(feedback_file: Path) -> Iterator[Running]:
    """A server that anybody may call and that keeps suggested scores."""
    running = start("--feedback", feedback_file)
    yield running
    stop(running)


@pytest.fixture(scope="session")
def locked_server() -> Iterator[Running]:
    """A server that asks for a key."""
    running = start("--api-key", "open sesame", "--api-key", "second")
    yield running
    stop(running)
