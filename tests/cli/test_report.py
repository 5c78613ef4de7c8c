import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import Cli

pytestmark = pytest.mark.usefixtures("plain_scorer")


def test_the_report_names_what_was_found(cli: "Cli", comments: Path) -> None:
    done = cli("report", comments, "--target", "the council")
    assert done.code == 0
    assert done.err == ""
    assert "2 replies" in done.out
    assert "the council" in done.out
    assert "\x1b" not in done.out


def test_json_on_standard_output_is_all_that_is_printed(cli: "Cli", comments: Path) -> None:
    done = cli("report", comments, "--json", "-")
    assert done.code == 0
    assert [set(record) for record in done.records] == [{"thread", "summary"}] * 2
    first = done.records[0]
    assert first["thread"]["replies"][0]["labels"]["sentiment"]["label"] == "negative"
    assert first["thread"]["replies"][0]["baseline"] is not None
    assert first["summary"]["replies"] == 2
    assert first["summary"]["transformer"] is not None
    assert first["summary"]["baseline"] is not None


def test_json_in_a_file_comes_beside_the_printed_report(
    cli: "Cli", comments: Path, tmp_path: Path
) -> None:
    file = tmp_path / "report.json"
    file.write_text("old")
    done = cli("report", comments, "--json", file)
    assert "replies" in done.out
    assert [json.loads(line)["thread"]["id"] for line in file.read_text().splitlines()] == [
        "bins",
        "trams",
    ]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["comments.jsonl", "report.json"]


def test_a_page_that_fails_is_named_and_the_rest_is_reported(
    cli: "Cli", comments: Path, tmp_path: Path
) -> None:
    file = tmp_path / "report.json"
    told = cli("report", tmp_path / "absent.txt", comments, "--json", file)
    assert told.code == 1
    assert len(told.complaints) == 1
    assert "absent.txt" in told.err
    assert len(file.read_text().splitlines()) == 2


def test_a_file_that_cannot_be_written_is_told_before_the_work(
    cli: "Cli", comments: Path, tmp_path: Path
) -> None:
    told = cli("report", comments, "--json", tmp_path / "no" / "folder.json")
    assert told.code == 2
    assert told.out == ""
    (complaint,) = told.complaints
    assert complaint.endswith("folder.json: cannot be written: No such file or directory")
