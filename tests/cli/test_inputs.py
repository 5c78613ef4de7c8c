"""Folders, patterns, pages of one thread and the bounds of what is read, for every command."""

import gzip
import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import Cli

pytestmark = pytest.mark.usefixtures("plain_scorer")


def write(folder: Path, **texts: str) -> None:
    folder.mkdir(exist_ok=True)
    for name, text in texts.items():
        records = [{"thread_id": "t5", "id": word, "text": word} for word in text.split()]
        (folder / f"{name.replace('_', '-')}.json").write_text(json.dumps(records))


def test_folder_means_the_files_in_it(cli: "Cli", tmp_path: Path) -> None:
    write(tmp_path / "saved", a="one", b="two")
    done = cli("split", tmp_path / "saved")
    assert (done.code, done.err) == (0, "")
    assert [thread["replies"][0]["text"] for thread in done.records] == ["one", "two"]
    assert cli("split", f"{tmp_path}/saved/*.json").out == done.out


def test_folder_without_pages_is_named_and_the_others_go_on(cli: "Cli", tmp_path: Path) -> None:
    write(tmp_path / "saved", a="one")
    (tmp_path / "empty").mkdir()
    done = cli("split", tmp_path / "empty", tmp_path / "saved")
    assert (done.code, len(done.records)) == (1, 1)
    assert done.complaints == [
        f"classifier: {tmp_path}/empty: is a folder: name files, or a folder with pages in it"
    ]


def test_pages_of_one_thread_are_scored_as_one(cli: "Cli", tmp_path: Path) -> None:
    write(tmp_path / "saved", ferry_page_2="two three", ferry_page_10="four", ferry="one two")
    [thread] = cli("score", tmp_path / "saved").records
    assert [reply["text"] for reply in thread["replies"]] == ["one", "two", "three", "four"]
    done = cli("score", tmp_path / "saved", "--output", tmp_path / "out")
    assert done.code == 0
    (shard,) = (tmp_path / "out").glob("shard-*")
    assert len(shard.read_text().splitlines()) == 1


def test_files_of_any_name_join_when_asked(cli: "Cli", tmp_path: Path) -> None:
    write(tmp_path / "saved", a="one two", b="two three")
    assert len(cli("split", tmp_path / "saved").records) == 2
    [thread] = cli("split", "--join", tmp_path / "saved").records
    assert [reply["id"] for reply in thread["replies"]] == ["one", "two", "three"]


def test_what_is_larger_than_a_page_may_be_is_left_out(cli: "Cli", tmp_path: Path) -> None:
    bomb = tmp_path / "bomb.txt.gz"
    bomb.write_bytes(gzip.compress(b"word " * 400_000))
    write(tmp_path, fine="one")
    done = cli("split", "--max-page-size", "1", bomb, tmp_path / "fine.json")
    assert (done.code, len(done.records)) == (1, 1)
    assert done.complaints == [
        f"classifier: {bomb}: larger than 1 MB: raise --max-page-size to read it"
    ]


def test_comments_without_a_thread_are_scored_as_they_come(cli: "Cli", tmp_path: Path) -> None:
    file = tmp_path / "c.csv"
    file.write_text("text\n" + "".join(f"number {n}\n" for n in range(2500)))
    threads = cli("score", file).records
    assert [len(thread["replies"]) for thread in threads] == [1000, 1000, 500]
    [thread] = cli("split", file).records
    assert len(thread["replies"]) == 2500
