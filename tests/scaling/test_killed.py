"""Jobs that are killed, whole or in part, and what is there when they have gone on."""

import json
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from scaling.conftest import ROOT, shards, threads

if TYPE_CHECKING:
    from collections.abc import Callable

    from scaling.conftest import Job

KILLS = 50


def test_job_killed_at_fifty_random_moments_ends_as_if_it_had_not_been(
    job: "Job", models: Path
) -> None:
    source = job.comments(600)
    ended = subprocess.run(
        [
            *(sys.executable, Path(__file__).with_name("killed_again.py")),
            *(source, models, job.folder / "jobs", str(KILLS)),
        ],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"},
    )
    assert (ended.returncode, ended.stderr) == (0, "")
    told = json.loads(ended.stdout)
    assert told["killed"] >= KILLS
    assert told["halfway"] > KILLS / 5, "kills that all come too early or too late show nothing"
    assert sum(name.startswith("shard-") for name in told["unbroken"]) == 600 / 25
    assert all(each == told["unbroken"] for each in told["broken"])


def test_killed_worker_costs_nothing(job: "Job") -> None:
    source = job.comments(4000)
    running = job.start("score", source, "--output", "out", "--workers", "2")
    killed = False
    while running.poll() is None and not killed:
        time.sleep(0.005)
        if shards(job.folder / "out"):
            os.kill(workers_of(running.pid)[0], signal.SIGKILL)
            killed = True
    _, err = running.communicate()
    assert killed
    assert (running.returncode, "Traceback" in err) == (0, False)
    assert [reply["id"] for each in threads(job.folder / "out") for reply in each["replies"]] == [
        f"c{number}" for number in range(4000)
    ]
    assert all(reply["labels"] for each in threads(job.folder / "out") for reply in each["replies"])


def test_interrupt_ends_in_good_order_and_says_how_to_go_on(job: "Job") -> None:
    source = job.comments(4000)
    running = job.start("score", source, "--output", "out", "--workers", "2")
    wait_until(lambda: bool(shards(job.folder / "out")))
    workers = workers_of(running.pid)
    os.killpg(running.pid, signal.SIGINT)
    _, err = running.communicate(timeout=60)
    assert running.returncode == 130
    [complaint] = err.splitlines()
    assert "run the same command again" in complaint
    assert not list((job.folder / "out").glob("*.part"))
    wait_until(lambda: not any(Path(f"/proc/{worker}").exists() for worker in workers))
    again = job.run("score", source, "--output", "out", "--workers", "1")
    assert again.code == 0
    whole = job.run("score", source, "--output", "whole", "--workers", "1")
    assert whole.code == 0
    assert shards(job.folder / "out") == shards(job.folder / "whole")


def workers_of(process: int) -> list[int]:
    """Return the processes that another has started, those started first before the others."""
    children = Path(f"/proc/{process}/task/{process}/children")
    if not children.exists():
        pytest.skip("the processes of a job are found in /proc, which this system lacks")
    every: list[int] = []
    for task in Path(f"/proc/{process}/task").glob("*/children"):
        with suppress(OSError):  # a thread that has just ended
            every += map(int, task.read_text().split())
    return sorted(every)


def wait_until(holds: "Callable[[], bool]") -> None:
    end = time.monotonic() + 60
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.005)
