"""Workers that find no memory for a thread: it alone is left out."""

import json
import os
import signal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from scaling.conftest import ROOT, left_out, replies, shards
from scaling.test_killed import workers_of

if TYPE_CHECKING:
    from scaling.conftest import Ended, Job

# Runs at the start of each Python process of a job; limits the memory of those that label to what
# lies half way between the usual and what the endless thread takes.
LIMIT = """
import resource, sys
if "classifier.scaling.worker" in sys.orig_argv:
    resource.setrlimit(resource.RLIMIT_AS, (750_000_000, 750_000_000))
"""
LARGEST = 300_000_000
ENDLESS = 80_000
LARGE = ("--max-page-size", 100)


def with_endless(file: Path, *, at: int) -> Path:
    """Put a thread among others whose labelled replies take some hundred megabytes more.

    It comes as `split` writes threads, for those of comments are cut before they grow so long, and
    is read only where larger pages are allowed than by default.
    """
    text = "No, and no again."
    posts = [
        {"id": f"e{number}", "start": 0, "end": len(text), "text": text, "own": [[0, len(text)]]}
        for number in range(ENDLESS)
    ]
    thread = {"schema": 1, "id": "endless", "source": str(file), "replies": posts}
    endless = json.dumps(thread) + "\n"
    lines = file.read_text().splitlines(keepends=True)
    file.write_text("".join([*lines[:at], endless, *lines[at:]]))
    return file


def holds_the_others(ended: "Ended", source: Path, folder: Path, *, others: int) -> None:
    """Hold a job to having left out the endless thread and nothing else."""
    assert ended.code == 1
    assert len(ended.complaints) == 1, ended.complaints
    summary = ended.complaints[0]
    assert "1 left out, listed in out/errors.jsonl" in summary
    assert [reply["id"] for reply in replies(folder)] == [f"c{number}" for number in range(others)]
    assert all(reply["labels"] for reply in replies(folder))
    (told,) = left_out(folder)
    assert (told["source"], told["thread"]) == (str(source), "endless")
    assert "memory" in told["reason"]


def test_a_thread_that_takes_more_than_a_worker_may_have_is_left_out_alone(job: "Job") -> None:
    pytest.importorskip("resource", reason="limits of memory need a Unix system")
    hook = job.folder / "hook"
    hook.mkdir()
    (hook / "sitecustomize.py").write_text(LIMIT)
    job.environment["PYTHONPATH"] = os.pathsep.join([str(hook), str(ROOT)])
    source = with_endless(job.comments(60), at=30)
    ended = job.run("score", source, "--output", "out", *LARGE, "--workers", 1)
    holds_the_others(ended, source, job.folder / "out", others=60)


def test_a_thread_whose_workers_are_killed_for_their_memory_is_left_out_alone(job: "Job") -> None:
    source = with_endless(job.comments(1500), at=600)
    running = job.start("score", source, "--output", "out", *LARGE, "--workers", 2)
    killed = set()
    while running.poll() is None:
        for worker in workers_of(running.pid):
            if resident(worker) > LARGEST:
                os.kill(worker, signal.SIGKILL)
                killed.add(worker)
    ended = job.ended(running)
    assert len(killed) > 1
    holds_the_others(ended, source, job.folder / "out", others=1500)
    kept = shards(job.folder / "out")
    again = job.run("score", source, "--output", "out", *LARGE, "--workers", 1)
    holds_the_others(again, source, job.folder / "out", others=1500)
    assert "2 were done before" in again.complaints[0]
    assert shards(job.folder / "out") == kept


def resident(process: int) -> int:
    """Return how much memory a process holds, in bytes; 0 if it has ended."""
    try:
        pages = Path(f"/proc/{process}/statm").read_text().split()[1]
    except (OSError, IndexError):
        return 0
    return int(pages) * os.sysconf("SC_PAGE_SIZE")
