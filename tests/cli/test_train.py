from importlib.machinery import ModuleSpec
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from classifier.training.arguments import TrainingArguments
from classifier.training.further import TAUGHT

if TYPE_CHECKING:
    from conftest import Cli

    from classifier.tasks import ModelName


def test_fine_tuning_without_its_packages_says_what_to_install(
    cli: "Cli", tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def found(name: str) -> ModuleSpec | None:
        return None if name == "torch" else find_spec(name)

    monkeypatch.setattr("classifier.cli.train.find_spec", found)
    told = cli("train", "stance", "--corpora", tmp_path)
    assert told.code == 2
    assert told.complaints == [
        "classifier: fine-tuning needs the 'train' extra: run pip install 'classifier[train]'"
    ]


def test_options_become_the_runs_hyperparameters(
    cli: "Cli", tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: dict[str, object] = {}

    def train(model: str, **options: object) -> None:
        asked.update(options, model=model)

    monkeypatch.setattr("classifier.cli.train.require_extra", lambda: None)
    monkeypatch.setattr("classifier.training.release.train", train)
    done = cli(
        *("train", "comment", "--corpora", tmp_path, "--output", tmp_path / "out"),
        *("--runs", tmp_path / "runs", "--epochs", "0.5", "--seed", "3"),
        *("--learning-rate", "3e-5"),
        *("--teacher", tmp_path / "large", "--only", "jigsaw", "--only", "misogyny"),
        "--each-once",
    )
    assert done.code == 0
    assert done.out == f"{tmp_path / 'out' / 'comment'}\n"
    assert asked == {
        "model": "comment",
        "corpora": tmp_path,
        "output": tmp_path / "out",
        "runs": tmp_path / "runs",
        "arguments": TrainingArguments(epochs=0.5, learning_rate=3e-5, seed=3, each_once=True),
        "teacher": str(tmp_path / "large"),
        "only": ["jigsaw", "misogyny"],
        "models": None,
    }


@pytest.mark.parametrize("model", ["stance", "comment"])
def test_a_released_model_goes_on_with_a_teacher(
    cli: "Cli", tmp_path: Path, monkeypatch: pytest.MonkeyPatch, model: "ModelName"
) -> None:
    asked: dict[str, object] = {}

    def train_further(_: str, **options: object) -> None:
        asked.update(options)

    monkeypatch.setattr("classifier.cli.train.require_extra", lambda: None)
    monkeypatch.setattr("classifier.training.further.train_further", train_further)
    options = ("--corpora", tmp_path, "--init", "released", "--teacher", tmp_path / "large")
    assert cli("train", model, *options).code == 0
    assert asked["teacher"] == str(tmp_path / "large")
    assert asked["sentiment_teacher"] is None
    assert asked["arguments"] == TAUGHT[model]
    if model == "comment":
        assert cli("train", model, *options, "--sentiment-teacher", tmp_path / "moody").code == 0
        assert asked["sentiment_teacher"] == str(tmp_path / "moody")


@pytest.mark.parametrize(
    ("options", "complaint"),
    [
        (("--only", "vast"), "takes no --base, --frozen-layers, --only or --each-once"),
        (("--each-once",), "takes no --base, --frozen-layers, --only or --each-once"),
        (("--base", "large"), "takes no --base, --frozen-layers, --only or --each-once"),
        (("--data", "own.jsonl", "--teacher", "large"), "it has no answers to your --data"),
        (
            ("--teacher", "large", "--sentiment-teacher", "moody"),
            "--sentiment-teacher is for comment, with --init and --teacher",
        ),
    ],
)
def test_what_does_not_go_with_init_is_said(
    cli: "Cli",
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    options: tuple[str, ...],
    complaint: str,
) -> None:
    monkeypatch.setattr("classifier.cli.train.require_extra", lambda: None)
    told = cli("train", "stance", "--corpora", tmp_path, "--init", "released", *options)
    assert told.code == 2
    assert complaint in told.err


def test_missing_corpora_are_one_line(cli: "Cli", tmp_path: Path) -> None:
    told = cli("train", "split", "--corpora", tmp_path)
    assert told.code == 2
    assert len(told.complaints) == 1
    assert "classifier data fetch" in told.err
