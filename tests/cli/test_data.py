from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from classifier.training.sources import named_sources, read_register

if TYPE_CHECKING:
    from conftest import Cli


def test_corpora_are_listed_with_licence_and_use(cli: "Cli", tmp_path: Path) -> None:
    listed = cli("data", "list", "--corpora", tmp_path)
    assert listed.code == 0
    rows = {line.split()[0]: line for line in listed.out.splitlines() if line.strip()}
    for source in read_register():
        assert source.licence in rows[source.name]
        assert f"0 of {len(source.files)}" in rows[source.name]
    assert "stance" in rows["vast"]
    assert str(tmp_path) in listed.out


def test_a_named_corpus_is_listed_with_checksum_and_origin_of_each_file(
    cli: "Cli", tmp_path: Path
) -> None:
    listed = cli("data", "list", "iac_v1", "vast", "--corpora", tmp_path)
    assert listed.code == 0
    for source in named_sources(("iac_v1", "vast")):
        assert source.title in listed.out
        for file in source.files:
            assert f"sha256: {file.sha256}" in listed.out
            for origin in [file.url] if file.url else file.origin:
                assert origin in listed.out
    assert "stance (train)" in listed.out
    assert "tweeteval" not in listed.out


def test_the_folder_of_corpora_may_come_from_the_environment(
    cli: "Cli", tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLASSIFIER_CORPORA", str(tmp_path))
    assert str(tmp_path) in cli("data", "list").out


def test_files_that_cannot_be_had_are_named_and_nothing_is_half_written(
    cli: "Cli", tmp_path: Path
) -> None:
    kept, folder = tmp_path / "kept", tmp_path / "corpora"
    kept.mkdir()
    told = cli("data", "fetch", "rumoureval2019", "--corpora", folder, "--from", kept)
    assert told.code == 2
    (line,) = told.complaints
    assert str(kept / "rumoureval2019" / "sdqc_all.jsonl") in line
    assert told.out == f"0 of 1 files are in {folder}\n"
    assert not [path for path in folder.rglob("*") if path.is_file()]


def test_an_unknown_corpus_is_wrong_use(cli: "Cli", tmp_path: Path) -> None:
    told = cli("data", "fetch", "moods", "--corpora", tmp_path)
    assert told.code == 2
    assert told.complaints[0].startswith("classifier: no corpus is called 'moods': known are vast")
