"""A model is used only if its files are those that were released."""

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from classifier import ModelError, Scorer
from classifier.checksums import CHECKSUMS, verify_checksums, write_checksums
from classifier.labelling.released import ReleasedModel, find_model
from classifier.splitting import split
from classifier.thread import Page

PAGE = Page(id="p", text="The council voted.\nGood.\nBad.")
FIGURES = {"README.md", "metrics.json", "suite.json", CHECKSUMS}
MODELS = ("comment", "stance", "split")


def load(models: Path, name: str) -> object:
    return split(PAGE, models=models) if name == "split" else Scorer(models=models)


def change_a_bit(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)


def truncate(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-1])


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    for name in MODELS:
        shutil.copytree(find_model(name), tmp_path / name)
    return tmp_path


@pytest.mark.parametrize("name", MODELS)
def test_each_file_that_makes_a_released_model_has_a_checksum(name: str) -> None:
    folder = find_model(name)
    listed = {line.split("  ")[1] for line in (folder / CHECKSUMS).read_text().splitlines()}
    assert listed == {file.name for file in folder.iterdir()} - FIGURES
    assert len(listed) >= 3


@pytest.mark.skipif(shutil.which("sha256sum") is None, reason="install coreutils for sha256sum")
def test_the_checksums_are_what_sha256sum_reads() -> None:
    done = subprocess.run(
        ["sha256sum", "--check", "--strict", "--quiet", CHECKSUMS],
        cwd=find_model("split"),
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, b"")


@pytest.mark.parametrize("name", MODELS)
@pytest.mark.parametrize("harm", [change_a_bit, truncate, Path.unlink])
def test_a_changed_truncated_or_missing_file_is_named_in_one_line(
    copied: Path, name: str, harm: Callable[[Path], None]
) -> None:
    listed = (copied / name / CHECKSUMS).read_text().splitlines()
    for file in (copied / name / line.split("  ")[1] for line in listed):
        whole = file.read_bytes()
        harm(file)
        with pytest.raises(ModelError) as refusal:
            load(copied, name)
        assert file.name in str(refusal.value)
        assert "\n" not in str(refusal.value)
        file.write_bytes(whole)
    load(copied, name)


@pytest.mark.parametrize("name", MODELS)
@pytest.mark.parametrize(
    "content",
    [None, b"", b"\xff\xfe", b"no checksum\n", b"0" * 64 + b"  ../config.json\n"],
    ids=["missing", "empty", "no text", "no checksum", "outside"],
)
def test_checksums_that_are_missing_or_damaged_are_refused(
    copied: Path, name: str, content: bytes | None
) -> None:
    file = copied / name / CHECKSUMS
    file.unlink() if content is None else file.write_bytes(content)
    with pytest.raises(ModelError, match=rf"{CHECKSUMS}: .*classifier models checksum"):
        load(copied, name)


@pytest.mark.parametrize("name", MODELS)
def test_a_file_whose_line_was_taken_out_is_refused(copied: Path, name: str) -> None:
    file = copied / name / CHECKSUMS
    lines = file.read_text().splitlines(keepends=True)
    file.write_text("".join(line for line in lines if "config.json" not in line))
    with pytest.raises(ModelError, match=r"config\.json: not listed"):
        load(copied, name)


def test_figures_and_card_may_be_renewed(copied: Path) -> None:
    for name in MODELS:
        for file in FIGURES - {CHECKSUMS}:
            (copied / name / file).write_text("renewed")
        (copied / name / "notes.txt").write_text("the user's")
        load(copied, name)


def test_a_change_of_the_users_own_is_accepted_once_it_is_said(copied: Path) -> None:
    folder = copied / "comment"
    shutil.copy(copied / "stance" / "baseline.skops", folder)
    with pytest.raises(ModelError, match=r"baseline\.skops: damaged or changed"):
        ReleasedModel.load(folder)
    write_checksums(folder)
    ReleasedModel.load(folder)


def test_a_folder_in_a_files_place_is_refused(tmp_path: Path) -> None:
    (tmp_path / "weights").write_bytes(b"1")
    write_checksums(tmp_path)
    verify_checksums(tmp_path, read=["weights"])
    (tmp_path / "weights").unlink()
    (tmp_path / "weights").mkdir()
    with pytest.raises(ModelError, match="weights: cannot be read"):
        verify_checksums(tmp_path, read=["weights"])
