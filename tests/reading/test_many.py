"""Folders and patterns in place of files."""

from pathlib import Path

import pytest

from classifier.errors import InputError
from classifier.reading import read
from classifier.reading.many import expanded


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    names = [
        "page-10.html",
        "page-2.html",
        "deep/er/notes.txt.gz",
        "deep/c.jsonl.zst",
        "deep/viewtopic.php?t=5",
        "deep/crawl.warc.gz",
        "logo.png",
        ".hidden.txt",
        ".cache/page.txt",
        "corpus/utterances.jsonl",
    ]
    for name in names:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x")
    return tmp_path


def test_folder_means_the_readable_files_in_it_in_natural_order(folder: Path) -> None:
    assert [file.removeprefix(f"{folder}/") for file in expanded([str(folder)])] == [
        "corpus/utterances.jsonl",
        "deep/c.jsonl.zst",
        "deep/crawl.warc.gz",
        "deep/er/notes.txt.gz",
        "deep/viewtopic.php?t=5",
        "page-2.html",
        "page-10.html",
    ]


def test_pattern_means_what_it_matches(folder: Path) -> None:
    found = expanded([f"{folder}/*.html", f"{folder}/**/*.gz"])
    assert [Path(file).name for file in found] == [
        "page-2.html",
        "page-10.html",
        "crawl.warc.gz",
        "notes.txt.gz",
    ]


def test_corpus_folder_means_itself(folder: Path) -> None:
    assert expanded([f"{folder}/corpus"]) == [f"{folder}/corpus"]


def test_files_whose_names_look_like_patterns_mean_themselves(tmp_path: Path) -> None:
    path = tmp_path / "viewtopic.php?t=[5]"
    path.write_text("x")
    assert expanded([str(path)]) == [str(path)]


def test_what_means_nothing_is_left_for_its_reader(tmp_path: Path) -> None:
    given = ["-", "missing.txt", "x" * 5000, "a\0b", f"{tmp_path}/*.html", str(tmp_path)]
    assert expanded(given) == given


def test_folders_that_hold_each_other_end(tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_text("x")
    (tmp_path / "again").symlink_to(tmp_path, target_is_directory=True)
    assert expanded([str(tmp_path)]) == [f"{tmp_path}/page.txt"]


@pytest.mark.parametrize("name", ["x" * 5000, "a\0b"])
def test_name_that_no_file_can_have_is_refused(name: str) -> None:
    with pytest.raises(InputError):
        list(read(name))
