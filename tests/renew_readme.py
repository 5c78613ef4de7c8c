"""Renew what the README shows of commands' output: ``python tests/renew_readme.py README.md``.

Between ``<!-- output: NAME -->`` and ``<!-- output: end -->`` stands what one part below prints:
report, csv, topics. With ``--loop`` the walk-through, which trains for some minutes, is renewed
too: loop export, loop import, loop train, loop calibrate.
"""

import csv
import io
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from random import Random

from regression.fixture import FOLDER, labelled_pages
from regression.test_topics import stances_taken
from test_readme import ASKED, LOOP, answered, commands, decisions

from classifier.errors import InputError
from classifier.evaluating.topics import TopicScores, score_topics
from classifier.labelling.topics import find_topics
from classifier.splitting import split

_EXAMPLE = "data/fixture/harbour_tunnel.txt"
_END = "<!-- output: end -->"
_REPORT_LINES = 17
_CSV_ROWS = 4
_LOOP_LINES = 14
_CSV_COLUMNS = (
    "reply_id",
    "parent_id",
    "article_stance",
    "article_against",
    "incivility",
    "toxicity_probability",
    "sentiment_withheld",
)
_SHARE_OF_OTHER_ANSWERS = 0.15


def renew(readme: Path, outputs: Mapping[str, str]) -> None:
    """Replace what stands between the marks of each output, those of its name.

    Raises
    ------
    InputError
        If a mark is missing.
    """
    text = readme.read_text(encoding="utf-8")
    for name, output in outputs.items():
        mark = f"<!-- output: {name} -->"
        before, begin, rest = text.partition(mark)
        _, end, after = rest.partition(_END)
        if not begin or not end:
            raise InputError(f"{readme}: needs the lines {mark} and {_END} around the output")
        text = f"{before}{begin}\n\n{_block(output)}\n\n{end}{after}"
    readme.write_text(text, encoding="utf-8")


def report_sample() -> str:
    """Return the command of the terminal report and its first lines."""
    lines = _said("report", _EXAMPLE).splitlines()
    return "\n".join([f"$ classifier report {_EXAMPLE}", *lines[:_REPORT_LINES], "…"])


def csv_sample() -> str:
    """Return some columns of the first rows of the report's table."""
    rows = list(csv.DictReader(io.StringIO(_said("report", _EXAMPLE, "--csv", "-"))))
    out = io.StringIO()
    table = csv.DictWriter(out, _CSV_COLUMNS, extrasaction="ignore", lineterminator="\n")
    table.writeheader()
    table.writerows(rows[:_CSV_ROWS])
    return out.getvalue().rstrip("\n")


def topic_figures() -> str:
    """Return how well topics are found, on the threads developed on and on the others."""
    found = [
        ([topic.text for topic in find_topics(split(each.page))], stances_taken(each))
        for each in labelled_pages()
    ]
    halves = {"developed on": found[::2], "not developed on": found[1::2]}
    rows = [f"{name:<17} {_figures(score_topics(half))}" for name, half in halves.items()]
    return "\n".join(
        [f"{'threads':<17} precision      recall         most argued found", *rows],
    )


def walk_through(folder: Path) -> dict[str, str]:
    """Run the commands of the README's loop on the fixture; return what each prints, shortened."""
    (folder / "threads").mkdir()
    for page in ASKED:
        shutil.copy(FOLDER / f"{page}.txt", folder / "threads")
    (folder / "decisions.jsonl").write_text(decisions(), encoding="utf-8")
    told = {}
    for arguments in commands(LOOP):
        if arguments[0] == "import":
            exported = _with_a_second_reader(answered(folder / "tasks.json"))
            (folder / "export.json").write_text(exported, encoding="utf-8")
        lines = _said(*arguments, folder=folder).splitlines()
        shown = lines if len(lines) <= _LOOP_LINES else [*lines[:_LOOP_LINES], "…", lines[-1]]
        told[f"loop {arguments[0]}"] = "\n".join([" ".join(["$ classifier", *arguments]), *shown])
    return told


def _with_a_second_reader(exported: str) -> str:
    """Let the second person answer otherwise at times, and leave most tasks to the first."""
    chance = Random(17)
    tasks = json.loads(exported)
    for task in tasks:
        first, second = task["annotations"]
        task["annotations"] = [first, second] if chance.random() < 0.3 else [first]
        if chance.random() < _SHARE_OF_OTHER_ANSWERS:
            second["result"] = json.loads(json.dumps(second["result"]))
            second["result"][1]["value"]["choices"] = ["neutral"]
    return json.dumps(tasks)


def _figures(scores: TopicScores) -> str:
    shares = (
        (scores.precision, scores.found_right, scores.found),
        (scores.recall, scores.gold_found, scores.gold),
    )
    told = (f"{share:.2f} ({part}/{whole})".ljust(14) for share, part, whole in shares)
    return " ".join([*told, f"{scores.leads_found}/{scores.threads}"])


def _said(*arguments: str, folder: Path | None = None) -> str:
    command = [sys.executable, "-m", "classifier", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=folder)
    return (done.stdout + done.stderr).rstrip("\n")


def _block(text: str) -> str:
    return "\n".join(f"    {line}".rstrip() for line in text.splitlines())


if __name__ == "__main__":
    made = {"report": report_sample, "csv": csv_sample, "topics": topic_figures}
    with tempfile.TemporaryDirectory() as scratch:
        outputs = {name: output() for name, output in made.items()}
        if "--loop" in sys.argv:
            outputs |= walk_through(Path(scratch))
    renew(Path(sys.argv[1]), outputs)
