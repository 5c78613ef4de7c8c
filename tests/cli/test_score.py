import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import Cli

pytestmark = pytest.mark.usefixtures("plain_scorer")


def test_threads_come_out_labelled_one_a_line_in_their_order(cli: "Cli", comments: Path) -> None:
    done = cli("score", comments)
    assert done.code == 0
    assert done.err == ""
    assert [thread["id"] for thread in done.records] == ["bins", "trams"]
    for thread in done.records:
        assert thread["schema"] == 1
        for reply in thread["replies"]:
            assert reply["labels"]["sentiment"]["label"] == "negative"
            assert reply["baseline"] is None


def test_what_split_prints_can_be_scored(cli: "Cli", comments: Path) -> None:
    split = cli("split", comments)
    assert split.code == 0
    scored = cli("score", "-", stdin=split.out)
    assert scored.code == 0
    assert scored.out == cli("score", comments).out


def test_targets_replace_the_topics_that_are_looked_for(cli: "Cli", comments: Path) -> None:
    def targets(*options: str) -> list[str]:
        thread = cli("score", comments, *options).records[0]
        return [stance["target"] for stance in thread["replies"][0]["labels"]["stance"]]

    assert targets() == ["a topic found"]
    assert targets("--target", "the bins", "--target", "the council") == ["the bins", "the council"]
    assert targets("--no-topics") == []


def test_the_baseline_is_set_beside_when_asked(cli: "Cli", comments: Path) -> None:
    (reply, _) = cli("score", "--baseline", comments).records[0]["replies"]
    assert reply["baseline"]["sentiment"]["label"] == "negative"


def test_columns_may_be_named(cli: "Cli", tmp_path: Path) -> None:
    file = tmp_path / "odd.csv"
    file.write_text("who,words,when\nOla,Not again.,2024-05-01\n")
    (thread,) = cli("score", file, "--text-column", "words", "--author-column", "who").records
    assert thread["replies"][0]["text"] == "Not again."
    assert thread["replies"][0]["author"] == "Ola"


def test_a_format_may_be_named(cli: "Cli", tmp_path: Path) -> None:
    file = tmp_path / "table.dat"
    file.write_text("a\tbody\n1\tNot again.\n")
    (thread,) = cli("score", "--format", "tsv", file).records
    assert thread["replies"][0]["text"] == "Not again."
    [complaint] = cli("score", "--format", "odt", file).complaints
    assert complaint.startswith("classifier: unknown format 'odt': choose one of text, json,")


def test_a_failed_input_is_named_and_the_rest_is_done(
    cli: "Cli", comments: Path, tmp_path: Path
) -> None:
    empty = tmp_path / "empty.jsonl"
    empty.touch()
    told = cli("score", tmp_path / "absent.jsonl", comments, empty)
    assert told.code == 1
    assert len(told.records) == 2
    assert len(told.complaints) == 2
    assert "absent.jsonl" in told.complaints[0]
    assert "empty.jsonl" in told.complaints[1]


def test_an_only_input_that_fails_is_unusable_input(cli: "Cli", tmp_path: Path) -> None:
    told = cli("score", tmp_path / "absent.jsonl")
    assert told.code == 2
    assert told.out == ""
    assert len(told.complaints) == 1


def test_a_line_that_does_not_parse_is_named_and_the_rest_goes_on(
    cli: "Cli", tmp_path: Path
) -> None:
    file = tmp_path / "some.jsonl"
    file.write_text('{"body": "One."}\n{oops\n{"body": "Three."}\n')
    told = cli("score", file)
    assert told.code == 1
    assert [reply["text"] for reply in told.records[0]["replies"]] == ["One.", "Three."]
    (complaint,) = told.complaints
    assert complaint.startswith(f"classifier: {file}, line 2: ")


def test_output_is_utf_8_whatever_the_locale(cli: "Cli", tmp_path: Path) -> None:
    file = tmp_path / "café.jsonl"
    file.write_text(json.dumps({"body": "Crème brûlée, naïve 你好"}), encoding="utf-8")
    done = cli("score", file)
    assert done.records[0]["replies"][0]["text"] == "Crème brûlée, naïve 你好"
