"""A job behind the command line, in processes of its own, with models of a few hundred weights."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

import pytest
from scaling.tiny_models import write_models

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_models(tmp_path_factory.mktemp("models"))


@dataclass(frozen=True, kw_only=True)
class Job:
    """``classifier score --output`` on comments of our own writing."""

    models: Path
    folder: Path
    environment: dict[str, str] = field(default_factory=dict)

    def comments(self, count: int, *, name: str = "comments", of_thread: int = 5) -> Path:
        """Write comments, so many of each thread."""
        file = self.folder / f"{name}.jsonl"
        with file.open("w") as lines:
            for number in range(count):
                text = (
                    f"The ferry was late for the {number}th time, and they said nothing about it."
                )
                thread = f"{name}-{number // of_thread}"
                record = {"thread_id": thread, "id": f"c{number}", "text": text}
                lines.write(json.dumps(record) + "\n")
        return file

    def start(
        self,
        *arguments: object,
        before: Callable[[], None] | None = None,
        out: IO[str] | int = subprocess.PIPE,
    ) -> "subprocess.Popen[str]":
        return subprocess.Popen(
            [sys.executable, "-m", "classifier", *map(str, (*arguments, "--models", self.models))],
            stdout=out,
            stderr=subprocess.PIPE,
            stdin=subprocess.DEVNULL,
            text=True,
            cwd=self.folder,
            env={**os.environ, "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"} | self.environment,
            preexec_fn=lambda: _as_in_a_terminal(before),  # noqa: PLW1509 - no threads matter here
            start_new_session=True,
        )

    def run(
        self,
        *arguments: object,
        before: Callable[[], None] | None = None,
        out: IO[str] | int = subprocess.PIPE,
    ) -> "Ended":
        return self.ended(self.start(*arguments, before=before, out=out))

    @staticmethod
    def ended(running: "subprocess.Popen[str]") -> "Ended":
        """Wait for the end of what was started."""
        out, err = running.communicate(timeout=200)
        return Ended(code=running.returncode, out=out or "", complaints=tuple(err.splitlines()))


def _as_in_a_terminal(before: Callable[[], None] | None) -> None:
    """Let a process be interrupted though a shell has started these tests in the background."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    if before is not None:
        before()


@dataclass(frozen=True, kw_only=True)
class Ended:
    """What a command left behind."""

    code: int
    out: str
    complaints: Sequence[str]


@pytest.fixture
def job(models: Path, tmp_path: Path) -> Job:
    return Job(models=models, folder=tmp_path)


def shards(folder: Path) -> dict[str, bytes]:
    """Return the bytes of each shard, by name."""
    return {file.name: file.read_bytes() for file in sorted(folder.glob("shard-*"))}


def threads(folder: Path) -> list[Any]:
    """Return the threads of shards in JSON Lines, in order."""
    return [json.loads(line) for each in shards(folder).values() for line in each.splitlines()]


def replies(folder: Path) -> list[Any]:
    """Return the replies of shards in JSON Lines, in order."""
    return [reply for thread in threads(folder) for reply in thread["replies"]]


def left_out(folder: Path) -> list[Any]:
    """Return what a job lists as left out."""
    return [json.loads(line) for line in (folder / "errors.jsonl").read_text().splitlines()]
