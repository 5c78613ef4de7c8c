import csv
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


def test_one_html_page_holds_all_threads(cli: "Cli", comments: Path, tmp_path: Path) -> None:
    file = tmp_path / "report.html"
    done = cli("report", comments, "--html", file)
    assert done.code == 0
    assert "2 replies" in done.out
    page = file.read_text()
    assert page.startswith("<!doctype html>")
    assert "2 threads, 3 replies" in page
    assert 'id="t1-a"' in page
    assert "They forgot our street again." in page


def test_html_of_a_stripped_page_shows_the_words_of_its_quotes(cli: "Cli") -> None:
    done = cli("report", "data/fixture/harbour_tunnel.txt", "--html", "-")
    assert done.code == 0
    assert done.out.startswith("<!doctype html>")
    assert '<blockquote class="quote">' in done.out
    assert "its words are not in this file" not in done.out


def test_tables_have_a_row_a_reply(cli: "Cli", comments: Path, tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet", reason="needs pip install pyarrow")
    table, columnar = tmp_path / "replies.csv", tmp_path / "replies.parquet"
    done = cli("report", comments, "--csv", table, "--parquet", columnar)
    assert done.code == 0
    with table.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert [(row["thread_id"], row["reply_id"]) for row in rows] == [
        ("bins", "a"),
        ("bins", "b"),
        ("trams", "c"),
    ]
    assert {row["sentiment"] for row in rows} == {"negative"}
    assert parquet.read_table(columnar).column("reply_id").to_pylist() == ["a", "b", "c"]


def test_a_table_on_standard_output_is_all_that_is_printed(cli: "Cli", comments: Path) -> None:
    done = cli("report", comments, "--csv", "-")
    assert done.out.splitlines()[0].startswith("thread_id,headline,")
    assert len(done.out.splitlines()) == 4


def test_two_outputs_cannot_share_standard_output(cli: "Cli", comments: Path) -> None:
    told = cli("report", comments, "--csv", "-", "--html", "-")
    assert told.code == 2
    assert told.out == ""
    (complaint,) = told.complaints
    assert "only one of" in complaint


def test_nothing_is_replaced_where_every_input_fails(cli: "Cli", tmp_path: Path) -> None:
    kept = {tmp_path / name: f"old {name}" for name in ("a.html", "a.csv", "a.parquet", "a.json")}
    for file, text in kept.items():
        file.write_text(text)
    options = [part for file in kept for part in (f"--{file.suffix[1:]}", file)]
    told = cli("report", tmp_path / "absent.txt", *options)
    assert told.code == 2
    assert {file: file.read_text() for file in tmp_path.iterdir()} == kept
