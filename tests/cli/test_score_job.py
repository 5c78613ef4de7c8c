"""``score --output``: shards, as the command line makes them with the released models."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import Cli


def shards(folder: Path) -> list[Path]:
    return sorted(folder.glob("shard-*"))


def test_shards_hold_what_would_be_printed_and_are_made_once(
    cli: "Cli", comments: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "new" / "scored"
    done = cli("score", comments, "--output", folder, "--workers", 1)
    assert (done.code, done.out) == (0, "")
    assert done.complaints == [f"{folder}: 1 shards with 3 replies written"]
    (shard,) = shards(folder)
    assert shard.read_text() == cli("score", comments).out
    written = shard.stat().st_mtime_ns
    again = cli("score", comments, "--output", folder, "--workers", 2)
    assert again.complaints == [f"{folder}: 0 shards with 0 replies written, 1 were done before"]
    assert shard.stat().st_mtime_ns == written


def test_a_damaged_shard_is_made_again(cli: "Cli", comments: Path, tmp_path: Path) -> None:
    folder = tmp_path / "scored"
    cli("score", comments, "--output", folder)
    (shard,) = shards(folder)
    whole = shard.read_bytes()
    shard.write_bytes(whole[:-7])
    assert cli("score", comments, "--output", folder).code == 0
    assert shard.read_bytes() == whole


def test_shards_of_other_options_are_not_mixed(cli: "Cli", comments: Path, tmp_path: Path) -> None:
    folder = tmp_path / "scored"
    cli("score", comments, "--output", folder)
    told = cli("score", comments, "--output", folder, "--target", "the bins")
    assert told.code == 2
    (line,) = told.complaints
    assert "made with another targets" in line
    assert "name another folder" in line


def test_what_is_left_out_is_listed_with_its_place(cli: "Cli", tmp_path: Path) -> None:
    file, absent = tmp_path / "some.jsonl", tmp_path / "absent.jsonl"
    file.write_text('{"body": "One and the same."}\n{oops\n{"body": "Three of them."}\n')
    told = cli("score", absent, file, "--output", tmp_path / "scored")
    assert told.code == 1
    listed = [
        json.loads(line) for line in (tmp_path / "scored" / "errors.jsonl").read_text().splitlines()
    ]
    assert [(each["source"], each["line"]) for each in listed] == [
        (str(absent), None),
        (str(file), 2),
    ]
    assert "2 left out, listed in" in told.complaints[-1]


def test_rows_in_parquet_open_elsewhere(cli: "Cli", comments: Path, tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet", reason="needs the 'parquet' extra")
    folder = tmp_path / "scored"
    assert cli("score", comments, "--output", folder, "--shards", "parquet").code == 0
    (shard,) = shards(folder)
    rows = parquet.read_table(shard).to_pylist()
    assert [row["own_words"] for row in rows] == [
        "They forgot our street again.",
        "Ours too.",
        "Late, and cold as well.",
    ]


def test_an_unknown_form_of_shards_is_wrong_use(cli: "Cli", comments: Path, tmp_path: Path) -> None:
    told = cli("score", comments, "--output", tmp_path / "scored", "--shards", "xml")
    assert told.code == 2
    assert told.complaints == ["classifier: --shards xml: choose jsonl or parquet"]
