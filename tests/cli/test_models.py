import json
from pathlib import Path
from typing import TYPE_CHECKING

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
