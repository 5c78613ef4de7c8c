"""How time and memory grow with the input, measured on this machine.

    python tests/scaling/growth.py [--comments N] [--times 1 2 4 8] [--workers N] [--engine ray]

Comments are made up, 20 a discussion, of lengths as under news articles. `split` and `score` read
each amount of them as JSON Lines and print; `score --output` writes shards by so many workers.
Peak memory is that of the largest process of a command (Linux, macOS). Ends with exit code 1 if
one took more than 400 MB.
"""
# ruff: noqa: T201 - it prints what it measures

import argparse
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
MOST_MEGABYTES = 400
_A_THREAD = 20
_MEDIAN_WORDS, _SIGMA = 30, 0.9
_FEWEST_WORDS, _MOST_WORDS = 3, 400
_WORDS = (
    *("the", "ferry", "is", "late", "again", "and", "nobody", "in", "this", "town", "says", "why"),
    *("people", "who", "pay", "for", "it", "every", "day", "want", "to", "know", "what", "they"),
    *("get", "you", "are", "wrong", "about", "harbour", "money", "a", "good", "plan", "stupid"),
    *("never", "always", "council", "believe", "me", "not", "one", "word", "of", "that", "story"),
)

# A process is told to have had the memory of the one that started it: this one is small.
_STARTER = """
import os, sys
nowhere = [(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)]
command = os.posix_spawn(sys.argv[1], sys.argv[1:], os.environ, file_actions=nowhere)
_, status, used = os.wait4(command, 0)
print(status, used.ru_maxrss)
"""


@dataclass(frozen=True, kw_only=True)
class Run:
    """What a command took."""

    seconds: float
    megabytes: float


def write_comments(file: Path, count: int) -> None:
    """Write made-up comments as JSON Lines, sorted by discussion."""
    draw = random.Random(7)
    with file.open("w", encoding="utf-8") as lines:
        for number in range(count):
            size = round(draw.lognormvariate(0, _SIGMA) * _MEDIAN_WORDS)
            words = draw.choices(_WORDS, k=min(max(size, _FEWEST_WORDS), _MOST_WORDS))
            thread, first = divmod(number, _A_THREAD)
            record = {"id": f"c{number}", "thread_id": f"t{thread}", "text": " ".join(words)}
            if first:
                record["parent_id"] = f"c{number - 1}"
            lines.write(json.dumps(record) + "\n")


def measure(*arguments: object) -> Run:
    """Run a command of the package to its end."""
    began = time.perf_counter()
    told = subprocess.run(
        [
            sys.executable,
            "-ISc",
            _STARTER,
            sys.executable,
            "-m",
            "classifier",
            *map(str, arguments),
        ],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=True,
    )
    seconds = time.perf_counter() - began
    status, peak = map(int, told.stdout.split())
    if status:
        raise SystemExit(f"{arguments[0]} ended with exit code {os.waitstatus_to_exitcode(status)}")
    a_megabyte = 1e6 if sys.platform == "darwin" else 1e6 / 1024
    return Run(seconds=seconds, megabytes=peak / a_megabyte)


def commands(
    source: Path, *, output: Path, options: Sequence[str]
) -> dict[str, tuple[object, ...]]:
    """Return the commands to measure, by what the table calls them."""
    return {
        "split": ("split", source),
        "score": ("score", source),
        "score --output": ("score", source, "--output", output, *options),
    }


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--comments", type=int, default=2000)
    parser.add_argument("--times", type=int, nargs="+", default=[1, 2, 4, 8])
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--engine", default="local")
    parser.add_argument("--only", nargs="+", help="names of the table's rows")
    chosen = parser.parse_args()
    options = ("--workers", str(chosen.workers), "--engine", chosen.engine)
    print(f"{os.cpu_count()} cores; score --output: {chosen.workers} workers, {chosen.engine}")
    print(f"{'':16}{'comments':>10}{'seconds':>10}{'a second':>10}{'peak MB':>10}")
    largest = 0.0
    with tempfile.TemporaryDirectory() as folder:
        source, output = Path(folder) / "comments.jsonl", Path(folder) / "scored"
        for name, arguments in commands(source, output=output, options=options).items():
            if chosen.only and name not in chosen.only:
                continue
            for times in chosen.times:
                count = chosen.comments * times
                write_comments(source, count)
                shutil.rmtree(output, ignore_errors=True)
                run = measure(*arguments)
                largest = max(largest, run.megabytes)
                rate = count / run.seconds
                print(
                    f"{name:16}{count:10,}{run.seconds:10.1f}{rate:10,.0f}{run.megabytes:10.0f}",
                    flush=True,
                )
    print(f"largest process: {largest:.0f} MB, {MOST_MEGABYTES} are allowed")
    return int(largest > MOST_MEGABYTES)


if __name__ == "__main__":
    sys.exit(main())
