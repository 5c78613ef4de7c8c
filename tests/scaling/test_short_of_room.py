"""Jobs whose disk is full, or whose folder takes no files."""

import os
import subprocess
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from scaling.conftest import shards

if TYPE_CHECKING:
    from scaling.conftest import Ended, Job

MOUNTED = 3_000_000
on_unix = pytest.mark.skipif(
    find_spec("resource") is None, reason="limits of files need a Unix system"
)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """Return a file system of three megabytes."""
    place = tmp_path / "disk"
    place.mkdir()
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={MOUNTED}", "tmpfs", place],
        capture_output=True,
        check=False,
    )
    if made.returncode:
        pytest.skip("needs the right to mount a file system: run it as root")
    yield place
    subprocess.run(["umount", "-l", place], check=True)


def told_in_one_line(ended: "Ended") -> str:
    assert (ended.code, len(ended.complaints)) == (2, 1), ended.complaints
    return ended.complaints[0]


def says_how_to_go_on(line: str, folder: object, reason: str) -> None:
    assert f"{folder}: cannot be written: {reason}" in line
    assert "run the same command again" in line


@pytest.mark.parametrize(
    ("room", "done"), [(0, 0), (20_000, 0), (900_000, 1), (1_600_000, 2)], ids=str
)
def test_a_full_disk_is_told_and_with_room_again_the_job_goes_on(
    job: "Job", small_disk: Path, room: int, done: int
) -> None:
    source, out = job.comments(3000), small_disk / "out"
    ballast = small_disk / "ballast"
    ballast.write_bytes(bytes(MOUNTED - room))
    stopped = job.run("score", source, "--output", out, "--workers", 1)
    says_how_to_go_on(told_in_one_line(stopped), out, "No space left on device")
    assert not list(out.glob(".*.part"))
    before = {file: file.stat().st_mtime_ns for file in out.glob("shard-*")}
    assert len(before) == done
    ballast.unlink()
    again = job.run("score", source, "--output", out, "--workers", 2)
    assert again.code == 0
    assert f"{3 - done} shards with" in again.complaints[0]
    assert all(file.stat().st_mtime_ns == time for file, time in before.items())
    job.run("score", source, "--output", "whole", "--workers", 1)
    assert shards(out) == shards(job.folder / "whole")


def small_files() -> None:
    """Let this process, and those that it starts, write no more than a megabyte to a file."""
    import resource

    resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, 1_000_000))


@on_unix
def test_no_room_for_temporary_files_is_told_and_the_job_goes_on(job: "Job") -> None:
    source = job.comments(2000)
    # What is not plainly English is read by a model that is unpacked to a temporary file.
    english = "The ferry was late for the 1500th time, and they said nothing about it."
    german = "Die letzte Fahrt kam schon wieder nicht, und niemand hat etwas dazu gesagt."
    source.write_text(source.read_text().replace(english, german))
    stopped = job.run("score", source, "--output", "out", "--workers", 1, before=small_files)
    line = told_in_one_line(stopped)
    assert "shard-000001.jsonl: cannot be labelled: File too large" in line
    assert "run the same command again" in line
    again = job.run("score", source, "--output", "out", "--workers", 1)
    assert again.complaints == ("out: 1 shards with 1000 replies written, 1 were done before",)


@on_unix
def test_a_size_that_files_may_not_pass_is_told_as_a_full_disk_is(job: "Job") -> None:
    source = job.comments(2000)
    lines = source.read_text().splitlines(keepends=True)
    longer = [line.replace("about it", "about it, or about us" * 20) for line in lines]
    source.write_text("".join([*lines[:1000], *longer[1000:]]))
    stopped = job.run("score", source, "--output", "out", "--workers", 1, before=small_files)
    says_how_to_go_on(told_in_one_line(stopped), "out", "File too large")
    assert not list((job.folder / "out").glob(".*.part"))
    job.run("score", source, "--output", "whole", "--workers", 1)
    done = shards(job.folder / "out")
    assert list(done) == ["shard-000000.jsonl"]
    assert done.items() <= shards(job.folder / "whole").items()
    again = job.run("score", source, "--output", "out", "--workers", 1)
    assert again.code == 0
    assert shards(job.folder / "out") == shards(job.folder / "whole")


@pytest.mark.parametrize("command", ["score", "split"])
def test_a_full_disk_behind_standard_output_is_told_in_one_line(job: "Job", command: str) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("needs /dev/full, which this system lacks")
    with Path("/dev/full").open("w") as full:
        ended = job.run(command, job.comments(5), out=full)
    assert told_in_one_line(ended).endswith("standard output: No space left on device")


def test_a_folder_whose_parent_is_a_file_is_told_before_any_work(job: "Job") -> None:
    parent = job.comments(5)
    ended = job.run("score", parent, "--output", parent / "out")
    says_how_to_go_on(told_in_one_line(ended), parent / "out", "Not a directory")


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere"
)
def test_a_folder_that_nobody_may_write_is_told_before_any_work(job: "Job") -> None:
    out = job.folder / "out"
    out.mkdir(mode=0o555)
    ended = job.run("score", job.comments(5), "--output", out)
    says_how_to_go_on(told_in_one_line(ended), out, "Permission denied")


def test_a_read_only_disk_is_told_and_what_is_done_there_kept(job: "Job", small_disk: Path) -> None:
    source, out = job.comments(2000), small_disk / "out"
    assert job.run("score", source, "--output", out, "--workers", 1).code == 0
    done = shards(out)
    (out / "shard-000001.jsonl").unlink()
    subprocess.run(["mount", "-o", "remount,ro", small_disk], check=True)
    ended = job.run("score", source, "--output", out)
    says_how_to_go_on(told_in_one_line(ended), out, "Read-only file system")
    subprocess.run(["mount", "-o", "remount,rw", small_disk], check=True)
    again = job.run("score", source, "--output", out, "--workers", 1)
    assert "1 were done before" in again.complaints[0]
    assert shards(out) == done
