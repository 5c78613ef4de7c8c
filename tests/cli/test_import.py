import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from classifier.examples import read_examples

if TYPE_CHECKING:
    from conftest import Cli


def annotated(text: str, **answers: str) -> dict[str, Any]:
    """A task as Label Studio exports it, with one sentiment an annotator."""
    return {
        "id": len(text),
        "data": {"text": text, "target": "", "thread": "bins"},
        "annotations": [
            {
                "completed_by": {"id": who, "email": f"{who}@example.org"},
                "was_cancelled": False,
                "result": [
                    {
                        "from_name": "sentiment",
                        "to_name": "text",
                        "type": "choices",
                        "value": {"choices": [label]},
                    }
                ],
            }
            for who, label in answers.items()
        ],
    }


@pytest.fixture
def export(tmp_path: Path) -> Path:
    file = tmp_path / "export.json"
    tasks = [
        annotated("They forgot our street.", ana="negative", ben="negative"),
        annotated("Ours too.", ana="negative", ben="neutral", cai="negative"),
        annotated("Well.", ana="neutral", ben="negative"),
        annotated("Emptied at last.", ana="positive"),
    ]
    file.write_text(json.dumps(tasks))
    return file


def test_answers_become_examples_with_agreement_and_conflicts(
    cli: "Cli", export: Path, tmp_path: Path
) -> None:
    file = tmp_path / "mine.jsonl"
    done = cli("import", export, "--output", file)
    assert (done.code, done.err) == (0, "")
    assert {each.text: each.label for each in read_examples(file)} == {
        "They forgot our street.": "negative",
        "Ours too.": "negative",
        "Emptied at last.": "positive",
    }
    first, *_, ours, well = done.out.splitlines()
    assert first == (
        f"{file}: 3 examples from 8 judgements by 3 people; 1 text left out as unsettled"
    )
    assert ours.endswith(
        "task 9: sentiment: ana: negative, ben: neutral, cai: negative; kept negative"
    )
    assert well.endswith("task 5: sentiment: ana: neutral, ben: negative; left unknown")
    (row,) = (line.split() for line in done.out.splitlines() if line.split()[:1] == ["sentiment"])
    assert row[1:4] == ["3", "3", "1"]
    assert -1 <= float(row[4]) < 1


def test_the_report_is_written_as_json_too(cli: "Cli", export: Path, tmp_path: Path) -> None:
    done = cli("import", export, "--output", tmp_path / "mine.jsonl", "--json", "-")
    report = json.loads(done.out)
    assert (report["examples"], report["unsettled"]) == (3, 1)
    assert report["agreement"][0].keys() == {"label", "items", "annotators", "agreed", "alpha"}
    assert [each["kept"] for each in report["conflicts"]] == ["negative", None]


def test_several_files_are_one_body_of_judgements(cli: "Cli", export: Path, tmp_path: Path) -> None:
    table = tmp_path / "more.csv"
    table.write_text("text,sentiment,annotator\nWell.,neutral,dee\n")
    feedback = tmp_path / "feedback.jsonl"
    feedback.write_text(json.dumps({"text": "Well.", "label": "neutral", "annotator": "eva"}))
    done = cli("import", export, table, feedback, "--output", "-")
    assert (done.code, done.err) == (0, "")
    well = next(record for record in done.records if record["text"] == "Well.")
    assert (well["label"], well["annotators"]) == ("neutral", ["ana", "ben", "dee", "eva"])


def test_one_unusable_file_does_not_lose_the_others(
    cli: "Cli", export: Path, tmp_path: Path
) -> None:
    broken = tmp_path / "broken.json"
    broken.write_text("[{")
    done = cli("import", broken, export, "--output", tmp_path / "mine.jsonl")
    assert done.code == 1
    assert done.complaints == [f"classifier: {broken}: does not parse as JSON: export it again"]
    assert len(read_examples(tmp_path / "mine.jsonl")) == 3


def test_nothing_usable_leaves_the_file_as_it_was(cli: "Cli", tmp_path: Path) -> None:
    broken, file = tmp_path / "broken.json", tmp_path / "mine.jsonl"
    broken.write_text("[{")
    file.write_text("earlier")
    done = cli("import", broken, "--output", file)
    assert done.code == 2
    assert len(done.complaints) == 2
    assert file.read_text() == "earlier"
    assert sorted(tmp_path.iterdir()) == [broken, file]


def test_an_unwritable_output_is_one_line(cli: "Cli", export: Path, tmp_path: Path) -> None:
    done = cli("import", export, "--output", tmp_path)
    assert done.code == 2
    assert len(done.complaints) == 1
    assert f"{tmp_path}: cannot be written" in done.err


def test_records_and_report_do_not_mix(cli: "Cli", export: Path) -> None:
    done = cli("import", export, "--output", "-", "--json", "-")
    assert done.code == 2
    assert "cannot both go to standard output" in done.err


def test_without_the_package_for_agreement_the_records_are_written_all_the_same(
    cli: "Cli", export: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "nltk.metrics.agreement", None)
    done = cli("import", export, "--output", tmp_path / "mine.jsonl")
    assert done.code == 0
    assert done.complaints == [
        (
            "classifier: agreement between annotators needs the 'annotate' extra: run pip install "
            "'classifier[annotate]'"
        )
    ]
    assert len(read_examples(tmp_path / "mine.jsonl")) == 3
