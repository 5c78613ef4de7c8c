"""Inputs that vanish, shrink or change while a job runs or between its runs; and interrupts."""

import json
import os
import signal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from scaling.conftest import left_out, replies, shards
from scaling.test_killed import wait_until

if TYPE_CHECKING:
    from scaling.conftest import Job


def test_an_input_that_vanishes_is_named_and_the_others_are_done(job: "Job") -> None:
    inputs = [job.comments(3000, name=name) for name in ("north", "south", "west")]
    running = job.start("score", *inputs, "--output", "out", "--workers", 1)
    wait_until(lambda: bool(shards(job.folder / "out")))
    inputs[2].unlink()
    ended = job.ended(running)
    assert ended.code == 1
    vanished, summary = ended.complaints
    assert f"{inputs[2]}: no such file" in vanished
    assert "1 left out" in summary
    (told,) = left_out(job.folder / "out")
    assert told["source"] == str(inputs[2])
    assert len(replies(job.folder / "out")) == 6000
    job.comments(3000, name="west")
    again = job.run("score", *inputs, "--output", "out", "--workers", 1)
    assert again.code == 0
    assert "3 shards with 3000 replies written, 6 were done before" in again.complaints[0]
    assert len(replies(job.folder / "out")) == 9000


def test_an_input_that_is_cut_short_while_it_is_read_is_named_with_the_line(job: "Job") -> None:
    source = job.comments(20_000)
    running = job.start("score", source, "--output", "out", "--workers", 1)
    wait_until(lambda: bool(shards(job.folder / "out")))
    cut = source.stat().st_size * 4 // 5
    os.truncate(source, cut)
    whole = source.read_bytes().count(b"\n")
    ended = job.ended(running)
    assert ended.code == 1
    broken, summary = ended.complaints
    assert f"{source}, line {whole + 1}: left out: not JSON" in broken
    assert "1 left out" in summary
    (told,) = left_out(job.folder / "out")
    assert (told["source"], told["line"]) == (str(source), whole + 1)
    assert [reply["id"] for reply in replies(job.folder / "out")] == [
        f"c{number}" for number in range(whole)
    ]


def test_of_a_changed_input_only_what_changed_is_labelled_again(job: "Job") -> None:
    source = job.comments(3000)
    assert job.run("score", source, "--output", "out", "--workers", 1).code == 0
    before = {file.name: file.stat().st_mtime_ns for file in (job.folder / "out").glob("shard-*")}
    lines = source.read_text().splitlines(keepends=True)
    lines[1500] = lines[1500].replace("late", "early")
    source.write_text("".join(lines))
    again = job.run("score", source, "--output", "out", "--workers", 1)
    assert again.complaints == ("out: 1 shards with 1000 replies written, 2 were done before",)
    after = {file.name: file.stat().st_mtime_ns for file in (job.folder / "out").glob("shard-*")}
    assert [name for name in sorted(before) if after[name] != before[name]] == [
        "shard-000001.jsonl"
    ]
    assert "early" in replies(job.folder / "out")[1500]["text"]
    source.write_text("".join(lines[:1200]))
    shorter = job.run("score", source, "--output", "out", "--workers", 1)
    assert shorter.complaints == ("out: 1 shards with 200 replies written, 1 were done before",)
    assert len(replies(job.folder / "out")) == 1200


@pytest.mark.parametrize("command", ["score", "split"])
def test_an_interrupt_ends_commands_that_print_without_a_word(
    job: "Job", command: str, tmp_path: Path
) -> None:
    printed = tmp_path / "printed"
    with printed.open("w") as out:
        running = job.start(command, job.comments(20_000), out=out)
        wait_until(lambda: printed.stat().st_size > 0)
        running.send_signal(signal.SIGINT)
        ended = job.ended(running)
    assert (ended.code, ended.complaints) == (130, ())
    *whole, _ = printed.read_text().split("\n")
    assert 0 < len(whole) < 4000
    assert [json.loads(line)["id"] for line in whole] == [
        f"comments-{number}" for number in range(len(whole))
    ]
