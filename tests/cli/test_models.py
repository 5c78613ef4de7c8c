import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from classifier.labelling.released import find_model

if TYPE_CHECKING:
    from conftest import Cli


def test_models_are_listed_with_tasks_size_and_how_well_they_do(cli: "Cli", tmp_path: Path) -> None:
    folder = tmp_path / "stance"
    folder.mkdir()
    config = {"classifier": {"model": "stance", "tasks": [{"name": "stance"}]}}
    (folder / "config.json").write_text(json.dumps(config))
    (folder / "model.onnx").write_bytes(bytes(2_500_000))
    comparison = {
        "task": "stance",
        "test_set": "rooms",
        "transformer": {"macro_f1": 0.7123},
        "baseline": {"macro_f1": 0.5},
    }
    later = {**comparison, "test_set": "streets"}
    (folder / "metrics.json").write_text(json.dumps([comparison, later]))
    listed = cli("models", "list", "--models", tmp_path)
    assert listed.code == 0
    lines = listed.out.splitlines()
    start = lines.index("stance: stance; 2.5 MB")
    assert lines[start + 1 : start + 3] == [
        f"  {folder}",
        "  stance rooms: macro-F1 0.712 (baseline 0.500)",
    ]
    assert "streets" not in listed.out


def test_a_folder_of_multi_label_tasks_shows_its_mean_area(cli: "Cli", tmp_path: Path) -> None:
    folder = tmp_path / "comment"
    folder.mkdir()
    (folder / "config.json").write_text("{}")
    comparison = {
        "task": "incivility",
        "test_set": "walls",
        "transformer": {"mean_auc": 0.9, "labels": {}},
        "baseline": {"mean_auc": None, "labels": {}},
    }
    (folder / "metrics.json").write_text(json.dumps([comparison]))
    assert (
        "incivility walls: mean AUC 0.900 (baseline -)"
        in cli("models", "list", "--models", tmp_path).out
    )


def test_a_model_changed_by_its_user_is_used_again_once_its_checksums_are_written(
    cli: "Cli", comments: Path, tmp_path: Path
) -> None:
    for name in ("comment", "stance"):
        shutil.copytree(find_model(name), tmp_path / name)
    file = tmp_path / "comment" / "calibration.json"
    file.write_text(file.read_text() + "\n")
    refused = cli("score", comments, "--models", tmp_path)
    assert refused.code == 2
    (line,) = refused.complaints
    assert line.startswith(f"classifier: {file}: damaged or changed, its checksum is another")
    assert line.endswith(f"run 'classifier models checksum {file.parent}'")
    written = cli("models", "checksum", file.parent)
    assert (written.code, written.out) == (0, f"{file.parent / 'SHA256SUMS'}\n")
    assert cli("score", comments, "--models", tmp_path).code == 0


def test_checksums_are_written_for_a_models_folder_only(cli: "Cli", tmp_path: Path) -> None:
    told = cli("models", "checksum", tmp_path)
    assert (told.code, told.complaints) == (
        2,
        [f"classifier: {tmp_path}: holds no config.json: name a model's folder"],
    )
    assert list(tmp_path.iterdir()) == []
