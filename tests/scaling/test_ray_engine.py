"""``score --engine ray``: the same job on a Ray cluster of several nodes on this machine."""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import uuid
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from scaling.conftest import ROOT, left_out, replies, shards
from scaling.test_killed import wait_until

if TYPE_CHECKING:
    from scaling.conftest import Job

MARK = "CLASSIFIER_TEST_CLUSTER"
# Runs at the start of each Python process of the cluster: one that labels is killed, as the system
# does where memory ends, as soon as it begins a thread of this name.
DEADLY = "deadly"
KILLED = f"""
import os, signal
from classifier.scaling import worker

load = worker.scorer_label

def scorer_label(settings):
    label = load(settings)

    def labelled(thread):
        if thread.id == {DEADLY!r}:
            os.kill(os.getpid(), signal.SIGKILL)
        return label(thread)

    return labelled

worker.scorer_label = scorer_label
"""
needs_ray = pytest.mark.skipif(
    find_spec("ray") is None, reason="needs the 'scale' extra: pip install 'classifier[scale]'"
)


@pytest.fixture(scope="module")
def mark() -> str:
    """What all processes of the cluster have in their environment."""
    return uuid.uuid4().hex


@pytest.fixture(scope="module")
def address(mark: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the address of a cluster of a head and two nodes that label."""
    hook = tmp_path_factory.mktemp("hook")
    (hook / "sitecustomize.py").write_text(KILLED)
    path = os.pathsep.join([str(hook), str(ROOT)])
    process = subprocess.Popen(
        [sys.executable, Path(__file__).with_name("ray_nodes.py"), "2"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env={**os.environ, "PYTHONPATH": path, "OMP_NUM_THREADS": "1", MARK: mark},
    )
    assert process.stdout is not None
    yield process.stdout.readline().strip()
    process.communicate(timeout=60)


def labellers(mark: str) -> list[int]:
    """Return the processes of the cluster that hold models."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if b"Labeller" in (folder / "cmdline").read_bytes():
                found += [int(folder.name)] * (mark.encode() in (folder / "environ").read_bytes())
        except OSError:  # it has just ended
            continue
    return found


@needs_ray
@pytest.mark.skipif(not Path("/proc/self").exists(), reason="finds the worker to kill in /proc")
def test_shards_of_several_nodes_are_those_of_one_process_though_a_worker_is_killed(
    job: "Job", address: str, mark: str
) -> None:
    inputs = [job.comments(5000, name=name) for name in ("north", "south", "west")]
    broken = job.folder / "broken.jsonl"
    broken.write_text('{"body": "One and the same."}\n{oops\n{"body": "Three of them."}\n')
    inputs[1:1] = [broken, job.folder / "absent.jsonl"]
    local = job.run("score", *inputs, "--output", "local", "--workers", 1)
    shutil.copytree(job.folder / "local", job.folder / "ray")
    every = shards(job.folder / "ray")
    kept, damaged, *removed = sorted(job.folder.glob("ray/shard-*"))
    damaged.write_bytes(damaged.read_bytes()[:-7])
    for shard in removed:
        shard.unlink()
    running = job.start(
        *("score", *inputs, "--output", "ray", "--engine", "ray", "--ray-address", address)
    )
    before = kept.stat().st_mtime_ns
    wait_until(lambda: running.poll() is not None or len(shards(job.folder / "ray")) > 3)
    held = labellers(mark)
    os.kill(held[0], signal.SIGKILL)
    done = len(shards(job.folder / "ray"))
    out, err = running.communicate(timeout=200)
    assert len(held) == 2
    assert done < len(every) - 1, "a worker that is killed too late shows nothing"
    assert (running.returncode, out) == (1, "")
    *told, summary = err.splitlines()
    assert told == list(local.complaints[:-1])
    counts = re.search(r"(\d+) shards with .* (\d+) were done before; 2 left out", summary)
    assert counts is not None
    written, done_before = map(int, counts.groups())
    # A shard that the killed worker had just written, and could not tell of, is not made again.
    assert (written + done_before, done_before) in {(len(every), 1), (len(every), 2)}
    assert kept.stat().st_mtime_ns == before
    for file in ("manifest.jsonl", "errors.jsonl", "job.json"):
        assert (job.folder / "ray" / file).read_bytes() == (
            job.folder / "local" / file
        ).read_bytes()
    assert shards(job.folder / "ray") == every


@needs_ray
def test_a_thread_that_ends_every_worker_is_left_out_alone(job: "Job", address: str) -> None:
    source = job.comments(60, of_thread=1)
    lines = source.read_text().splitlines(keepends=True)
    deadly = {"thread_id": DEADLY, "id": "last", "text": "They said it would sail."}
    source.write_text("".join([*lines[:30], json.dumps(deadly) + "\n", *lines[30:]]))
    ended = job.run(
        *("score", source, "--output", "out", "--engine", "ray", "--ray-address", address)
    )
    assert ended.code == 1
    assert "1 left out, listed in out/errors.jsonl" in ended.complaints[-1]
    assert [reply["id"] for reply in replies(job.folder / "out")] == [f"c{n}" for n in range(60)]
    (told,) = left_out(job.folder / "out")
    assert (told["source"], told["thread"]) == (str(source), DEADLY)
    assert "several workers ended on it" in told["reason"]


@needs_ray
def test_an_address_that_cannot_be_reached_is_told_in_one_line(job: "Job") -> None:
    with socket.socket() as unheard:
        unheard.bind(("127.0.0.1", 0))
        place = f"127.0.0.1:{unheard.getsockname()[1]}"
        ended = job.run(
            *("score", job.comments(1), "--output", "out", "--engine", "ray"),
            *("--ray-address", place),
        )
    assert (ended.code, len(ended.complaints)) == (2, 1)
    assert f"--ray-address {place}: cannot be reached" in ended.complaints[0]
    assert "ray start" in ended.complaints[0]


def test_without_the_extra_it_says_what_to_install(job: "Job") -> None:
    hidden = job.folder / "hidden" / "ray"
    hidden.mkdir(parents=True)
    (hidden / "__init__.py").write_text('raise ImportError("as if it were not installed")')
    path = os.pathsep.join([str(hidden.parent), str(ROOT)])
    job.environment["PYTHONPATH"] = path
    ended = job.run("score", job.comments(1), "--output", "out", "--engine", "ray")
    assert (ended.code, len(ended.complaints)) == (2, 1)
    assert "pip install 'classifier[scale]'" in ended.complaints[0]


def test_an_unknown_engine_is_wrong_use(job: "Job") -> None:
    ended = job.run("score", job.comments(1), "--output", "out", "--engine", "steam")
    assert (ended.code, ended.complaints) == (
        2,
        ("classifier: --engine steam: choose local or ray",),
    )
