from pathlib import Path

import pytest

from classifier.cli.output import whole_file, write_whole
from classifier.errors import UsageError


def test_a_file_is_replaced_only_when_all_is_written(tmp_path: Path) -> None:
    file = tmp_path / "results.json"
    file.write_text("old")
    with whole_file(file) as stream:
        stream.write("new")
        stream.flush()
        assert file.read_text() == "old"
    assert file.read_text() == "new"
    assert [path.name for path in tmp_path.iterdir()] == ["results.json"]


def test_a_failure_in_between_leaves_the_file_and_nothing_beside_it(tmp_path: Path) -> None:
    file = tmp_path / "results.json"
    file.write_text("old")

    def write_half() -> None:
        with whole_file(file) as stream:
            stream.write("half of the ne")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        write_half()
    assert file.read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["results.json"]


def test_a_link_keeps_pointing_where_it_did(tmp_path: Path) -> None:
    file, link = tmp_path / "results.json", tmp_path / "latest.json"
    file.write_text("old")
    link.symlink_to(file)
    write_whole(link, "new")
    assert link.is_symlink()
    assert file.read_text() == "new"


def test_a_device_is_written_to_as_it_is() -> None:
    device = Path("/dev/null")
    write_whole(device, "gone")
    assert device.is_char_device()


def test_a_folder_in_the_files_place_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be written: Is a directory"):
        write_whole(tmp_path, "text")
