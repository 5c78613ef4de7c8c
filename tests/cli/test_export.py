import csv
import io
import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import Cli

PAGE = Path(__file__).parents[2] / "data" / "fixture" / "harbour_tunnel.txt"


def test_replies_become_tasks_with_the_models_labels_and_a_configuration(
    cli: "Cli", tmp_path: Path
) -> None:
    file = tmp_path / "tasks.json"
    done = cli("export", PAGE, "--to", "label-studio", "--output", file, "--budget", 5)
    assert (done.code, done.err) == (0, "")
    tasks = json.loads(file.read_text(encoding="utf-8"))
    assert len(tasks) == 5
    page = PAGE.read_text(encoding="utf-8")
    for task in tasks:
        assert task["data"]["text"].split("\n\n")[0] in page
        assert {each["from_name"] for each in task["predictions"][0]["result"]} == {
            "incivility",
            "sentiment",
        }
    assert {task["data"]["chosen_for"] for task in tasks} == {"uncertain", "disagreement"}
    config = (tmp_path / "tasks.xml").read_text(encoding="utf-8")
    assert '<Choice value="insult"' in config
    assert done.out.startswith(f"{file}: 5 of ")
    assert done.out.endswith(f"labelling configuration in {tmp_path / 'tasks.xml'}\n")


def test_a_table_goes_to_standard_output_alone(cli: "Cli") -> None:
    done = cli(
        "export", PAGE, "--to", "csv", "--for", "stance", "--target", "toll", "--output", "-"
    )
    assert (done.code, done.err) == (0, "")
    rows = list(csv.DictReader(io.StringIO(done.out.removeprefix("\ufeff"), newline="")))
    assert {"toll"} < {row["target"] for row in rows}
    assert all(row["text"] and not row["stance"] and not row["annotator"] for row in rows)


@pytest.mark.usefixtures("plain_scorer")
def test_an_input_that_fails_does_not_lose_the_others(
    cli: "Cli", comments: Path, tmp_path: Path
) -> None:
    file = tmp_path / "tasks.csv"
    options = ("--to", "csv", "--for", "stance", "--target", "bins", "--output", file)
    done = cli("export", comments, tmp_path / "none.txt", *options)
    assert done.code == 1
    assert done.complaints == [f"classifier: {tmp_path / 'none.txt'}: no such file: check the path"]
    assert len(file.read_text(encoding="utf-8").splitlines()) == 4


@pytest.mark.usefixtures("plain_scorer")
def test_nothing_to_label_leaves_the_file_as_it_was(
    cli: "Cli", comments: Path, tmp_path: Path
) -> None:
    file = tmp_path / "tasks.json"
    file.write_text("earlier")
    done = cli("export", comments, "--to", "label-studio", "--for", "tone", "--output", file)
    assert done.code == 2
    (line,) = done.complaints
    assert "nothing to label" in line
    assert file.read_text() == "earlier"
    assert sorted(tmp_path.iterdir()) == [comments, file]


@pytest.mark.usefixtures("plain_scorer")
def test_an_output_that_cannot_be_written_is_told_before_anything_is_labelled(
    cli: "Cli", comments: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise AssertionError

    monkeypatch.setattr("classifier.labelling.Scorer.label_thread", fail)
    file = tmp_path / "no" / "tasks.json"
    done = cli("export", comments, "--to", "label-studio", "--output", file)
    assert done.code == 2
    assert done.complaints == [f"classifier: {file}: cannot be written: No such file or directory"]


@pytest.mark.usefixtures("plain_scorer")
def test_tasks_may_not_take_the_configurations_place(
    cli: "Cli", comments: Path, tmp_path: Path
) -> None:
    done = cli("export", comments, "--to", "label-studio", "--output", tmp_path / "tasks.xml")
    assert done.code == 2
    assert "end it in .json" in done.err
    assert list(tmp_path.iterdir()) == [comments]
