"""``classifier serve`` as far as it refuses to start; tests/serving has the server itself."""

import socket
import subprocess
import sys
from pathlib import Path

import pytest
from serving.server import START


def started(*options: object) -> tuple[int, str]:
    run = subprocess.run(
        [sys.executable, "-c", START, "serve", *map(str, options)],
        capture_output=True,
        text=True,
        timeout=200,
        check=False,
    )
    return run.returncode, run.stderr


def test_a_port_that_is_taken_is_said_in_one_line() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        code, said = started("--port", port)
    assert code == 2
    assert said.startswith(f"classifier: cannot listen on 127.0.0.1:{port}: ")
    assert len(said.splitlines()) == 1


def test_a_missing_model_is_said_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "comment").mkdir()
    (tmp_path / "comment" / "config.json").write_text("{}")
    code, said = started("--port", 0, "--models", tmp_path)
    assert code == 2
    assert "not the configuration of a released model" in said
    assert len(said.splitlines()) == 1


@pytest.mark.parametrize(
    ("option", "complaint"),
    [
        ("--api-key-file", "holds no API key"),
        ("--feedback", "feedback cannot be written to it"),
        ("--public-url", "--public-url is an address such as"),
    ],
)
def test_an_option_that_does_not_fit_is_said_in_one_line(
    tmp_path: Path, option: str, complaint: str
) -> None:
    file = tmp_path / "empty"
    file.write_text("# no key\n")
    given = tmp_path if option == "--feedback" else file
    code, said = started("--port", 0, option, given)
    assert code == 2
    assert complaint in said
    assert len(said.splitlines()) == 1
