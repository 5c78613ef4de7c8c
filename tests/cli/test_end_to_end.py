"""The released models behind the command line, in processes of their own."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import Cli

PAGE = Path(__file__).parents[2] / "data" / "fixture" / "harbour_tunnel.txt"
TRUTH = json.loads(PAGE.with_suffix(".truth.json").read_text(encoding="utf-8"))
OFFLINE = """
import sys
def refuse(event, _):
    if event in ("socket.connect", "socket.getaddrinfo", "urllib.Request"):
        raise RuntimeError("asked the network")
sys.addaudithook(refuse)
from classifier.cli import main
main()
"""


def run(*arguments: object, folder: Path) -> subprocess.CompletedProcess[str]:
    root = Path(__file__).parents[2]
    paths = [str(root), *filter(None, [os.environ.get("PYTHONPATH")])]
    return subprocess.run(
        [sys.executable, "-c", OFFLINE, *map(str, arguments)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
    )


def test_a_page_is_reported_from_any_folder_without_the_network(tmp_path: Path) -> None:
    file = tmp_path / "report.json"
    done = run("report", PAGE, "--target", "tunnel toll", "--json", file, folder=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "tunnel toll" in done.stdout
    (report,) = (json.loads(line) for line in file.read_text(encoding="utf-8").splitlines())
    thread, summary = report["thread"], report["summary"]
    assert thread["article"]["start"] == TRUTH["article"]["start"]
    assert thread["article"]["end"] == TRUTH["article"]["end"]
    assert [reply["own"] for reply in thread["replies"]] == [
        reply["own"] for reply in TRUTH["replies"]
    ]
    assert summary["replies"] == len(TRUTH["replies"])
    for family in ("labels", "baseline"):
        labels = [reply[family] for reply in thread["replies"]]
        assert all("tunnel toll" in {stance["target"] for stance in e["stance"]} for e in labels)
        read = [each for each in labels if each["sentiment"]["reason"] != "language"]
        assert len(labels) > len(read) > 5
        for each in read:
            assert each["incivility"]["probabilities"].keys() >= {"toxicity", "insult"}
            assert sum(each["sentiment"]["probabilities"].values()) == pytest.approx(1, abs=1e-5)


def test_splitting_and_scoring_may_be_two_processes(cli: "Cli", tmp_path: Path) -> None:
    split = run("split", PAGE, folder=tmp_path)
    assert (split.returncode, split.stderr) == (0, "")
    piped = cli("score", "-", stdin=split.stdout)
    assert (piped.code, piped.err) == (0, "")
    assert piped.out == cli("score", PAGE).out


def test_labels_do_not_depend_on_what_else_is_scored(cli: "Cli", comments: Path) -> None:
    together = cli("score", PAGE, comments).records
    assert together == [*cli("score", PAGE).records, *cli("score", comments).records]


def test_a_released_model_is_measured_on_a_file(cli: "Cli", tmp_path: Path) -> None:
    file = tmp_path / "stances.jsonl"
    records = [
        {"text": "The ferry is a lifeline and must stay.", "target": "ferry", "label": "favor"},
        {"text": "Scrap the ferry, it only burns money.", "target": "ferry", "label": "against"},
        {"text": "It rained on Tuesday.", "target": "ferry", "label": "neutral"},
    ]
    file.write_text("".join(json.dumps(record) + "\n" for record in records))
    done = cli("evaluate", "stance", "--data", file, "--json", "-")
    assert (done.code, done.err) == (0, "")
    (found,) = json.loads(done.out)
    assert (found["task"], found["n"]) == ("stance", 3)
    for family in ("transformer", "baseline"):
        assert 0 <= found[family]["macro_f1"] <= 1
        assert 0 <= found[family]["ece"] <= 1
        assert set(found[family]["per_label"]) == {"favor", "against", "neutral"}


def test_the_released_models_are_listed(cli: "Cli") -> None:
    listed = cli("models", "list")
    names = {line.split(":")[0] for line in listed.out.splitlines() if not line.startswith(" ")}
    assert {"comment", "stance", "split"} <= names


def test_a_damaged_model_is_named(cli: "Cli", comments: Path, tmp_path: Path) -> None:
    folder = tmp_path / "models" / "comment"
    folder.mkdir(parents=True)
    (folder / "config.json").write_text("{")
    told = cli("score", comments, "--models", tmp_path / "models")
    assert told.code == 2
    (line,) = told.complaints
    assert str(folder / "config.json") in line
