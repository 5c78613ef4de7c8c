"""Memory does not grow with the input."""

import os
from pathlib import Path

import pytest
from scaling.growth import MOST_MEGABYTES, measure, write_comments


# Counts at which a command that kept its threads would need tens of megabytes more.
@pytest.mark.skipif(not hasattr(os, "wait4"), reason="peak memory is told by Unix systems")
@pytest.mark.parametrize(
    ("command", "counts"), [("split", (2000, 24_000)), ("score", (1500, 6000))]
)
def test_many_times_the_input_takes_no_more_memory(
    command: str, counts: tuple[int, int], models: Path, tmp_path: Path
) -> None:
    source = tmp_path / "comments.jsonl"
    # Comments need no model to be split; the small ones of these tests label them.
    options = ["--models", models, "--no-topics"] if command == "score" else []
    peaks = []
    for count in counts:
        write_comments(source, count)
        peaks.append(measure(command, source, *options).megabytes)
    assert peaks[1] < peaks[0] + 15
    assert peaks[1] < MOST_MEGABYTES
