"""Nothing warns: every usual command runs with each warning taken for an error."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "data" / "fixture" / "bus_strike.txt"


@pytest.fixture
def examples(tmp_path: Path) -> Path:
    file = tmp_path / "examples.jsonl"
    records = [
        {"text": f"{words} {n}", "label": label, "labels": {"insult": int(label == "negative")}}
        for n in range(3)
        for words, label in (("Thank you!", "positive"), ("You idiot.", "negative"))
    ]
    file.write_text("".join(json.dumps(record) + "\n" for record in records))
    return file


@pytest.mark.parametrize(
    "arguments",
    [
        ("--help",),
        ("split", PAGE),
        ("score", PAGE),
        ("report", PAGE, "--html", "report.html", "--csv", "replies.csv"),
        ("evaluate", "comment", "--data", "examples.jsonl"),
        ("models", "list"),
    ],
    ids=lambda arguments: arguments[0],
)
@pytest.mark.usefixtures("examples")
def test_a_command_warns_of_nothing(arguments: tuple[object, ...], tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-m", "classifier", *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout
