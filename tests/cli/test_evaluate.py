import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from classifier.errors import InputError
from classifier.evaluating.metrics import FloatArray
from classifier.examples import Example
from classifier.labelling.calibration import Family, TaskCalibration
from classifier.tasks import TASKS, TaskName
from classifier.thread import INCIVILITIES, SENTIMENTS, TargetKind
from classifier.training.corpora import CORPORA, Corpus

if TYPE_CHECKING:
    from conftest import Cli

RECORDS = [
    {"text": "positive", "label": "positive", "id": 1},
    {"text": "negative", "label": "negative", "id": 2},
    {"text": "negative", "label": "positive", "id": 3},
    {"text": "insult", "labels": {"insult": 1, "threat": 0}},
    {"text": "kind", "labels": {"insult": 0, "threat": 0}},
]


class WordModel:
    """Gives the labels whose names stand in the text; the baseline gives each one half."""

    tasks: tuple[TaskName, ...] = ("incivility", "sentiment")

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def labels(self, name: TaskName) -> tuple[str, ...]:
        return INCIVILITIES if name == "incivility" else SENTIMENTS

    def reading(self, name: TaskName, **_: object) -> TaskCalibration:
        (task,) = [task for task in TASKS["comment"] if task.name == name]
        threshold = (0.6,) * len(task.labels)
        return replace(
            TaskCalibration.unfitted(task), thresholds=threshold, uncertain_from=threshold
        )

    def predict_all(
        self,
        texts: Sequence[str],
        _targets: Sequence[str] | None = None,
        *,
        kinds: Sequence[TargetKind | None] | None = None,  # noqa: ARG002 - part of the protocol
        by: Family = "transformer",
        unreported: bool = False,  # noqa: ARG002 - part of the protocol
    ) -> dict[TaskName, FloatArray]:
        def probability(label: str, text: str) -> float:
            return 0.5 if by == "baseline" else 0.9 if label in text else 0.05

        return {
            task: np.array([[probability(label, text) for label in labels] for text in texts])
            for task in self.tasks
            if (labels := self.labels(task))
        }


@pytest.fixture(autouse=True)
def model_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    folder = tmp_path / "models" / "comment"
    folder.mkdir(parents=True)

    def load_model(_name: str, **_: object) -> WordModel:
        return WordModel(folder)

    monkeypatch.setattr("classifier.labelling.checkpoint.load_model", load_model)
    return folder


@pytest.fixture
def examples(tmp_path: Path) -> Path:
    file = tmp_path / "examples.jsonl"
    file.write_text("".join(json.dumps(record) + "\n" for record in RECORDS))
    return file


def by_task(comparisons: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {comparison["task"]: comparison for comparison in comparisons}


def test_the_json_holds_one_object_a_task(cli: "Cli", examples: Path, tmp_path: Path) -> None:
    file = tmp_path / "metrics.json"
    done = cli("evaluate", "comment", "--data", examples, "--json", file)
    assert (done.code, done.err) == (0, "")
    found = by_task(json.loads(file.read_text()))
    assert list(found) == ["incivility", "sentiment"]
    sentiment, incivility = found["sentiment"], found["incivility"]
    assert sentiment["n"] == 3
    assert sentiment["transformer"]["accuracy"] == pytest.approx(2 / 3)
    assert sentiment["transformer"]["per_label"]["positive"]["recall"] == 0.5
    assert set(sentiment["transformer"]["per_label"]) == {"positive", "negative"}
    assert {"macro_f1", "accuracy", "ece", "per_label"} <= sentiment["baseline"].keys()
    assert {"macro_f1", "accuracy"} <= sentiment["difference"].keys()
    assert incivility["n"] == 2
    assert set(incivility["transformer"]["labels"]) == {"insult", "threat"}
    assert incivility["transformer"]["labels"]["insult"]["auc"] == 1.0
    assert incivility["baseline"]["labels"]["insult"]["auc"] == 0.5
    assert incivility["transformer"]["labels"]["threat"]["auc"] is None
    assert incivility["transformer"]["labels"]["threat"]["n_positive"] == 0


def test_json_on_standard_output_is_all_that_is_printed(cli: "Cli", examples: Path) -> None:
    done = cli("evaluate", "comment", "--data", examples, "--json", "-")
    assert len(json.loads(done.out)) == 2


def test_the_table_shows_transformer_beside_baseline(cli: "Cli", examples: Path) -> None:
    done = cli("evaluate", "comment", "--data", examples)
    assert done.code == 0
    assert "sentiment · n = 3" in done.out
    assert "incivility · n = 2" in done.out
    (heading, *_) = [line for line in done.out.splitlines() if "transformer" in line]
    assert heading.split() == ["transformer", "baseline", "majority", "difference", "p"]


def test_examples_may_come_from_standard_input(cli: "Cli", examples: Path) -> None:
    done = cli("evaluate", "comment", "--data", "-", "--json", "-", stdin=examples.read_text())
    assert done.out == cli("evaluate", "comment", "--data", examples, "--json", "-").out


def test_a_line_that_is_no_record_is_named_and_the_rest_is_measured(
    cli: "Cli", examples: Path
) -> None:
    clean = cli("evaluate", "comment", "--data", examples, "--json", "-")
    examples.write_text("{oops\n" + examples.read_text())
    told = cli("evaluate", "comment", "--data", examples, "--json", "-")
    assert told.code == 1
    assert told.complaints == [f"classifier: {examples}:1: does not parse as JSON"]
    assert told.out == clean.out


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ('{"text": "a", "label": "grumpy"}\n', ":1: unknown label 'grumpy': known are "),
        ('{"text": "a", "label": "favor", "target": "b"}\n', "no example is labelled for "),
        ("", "holds no example record"),
    ],
)
def test_an_unusable_file_leaves_earlier_results_alone(
    cli: "Cli", tmp_path: Path, content: str, complaint: str
) -> None:
    file, earlier = tmp_path / "examples.jsonl", tmp_path / "metrics.json"
    file.write_text(content)
    earlier.write_text("[]")
    told = cli("evaluate", "comment", "--data", file, "--json", earlier)
    assert told.code == 2
    (line,) = told.complaints
    assert complaint in line
    assert str(file) in line
    assert earlier.read_text() == "[]"


def test_a_model_of_no_name_and_no_folder_is_wrong_use(cli: "Cli", examples: Path) -> None:
    told = cli("evaluate", "mood", "--data", examples)
    assert told.code == 2
    (line,) = told.complaints
    assert line.startswith("classifier: 'mood' is no model: choose comment, stance, tone, or")


@pytest.fixture
def own_corpora(monkeypatch: pytest.MonkeyPatch) -> dict[str, Corpus]:
    """Corpora that hold two comments of our own writing."""

    def read_notes(_root: Path, part: str) -> list[Example]:
        assert part == "test"
        return [
            Example(text="positive", label="positive", corpus="notes"),
            Example(text="negative", label="negative", corpus="notes at night"),
        ]

    corpora = {
        "notes": Corpus(model="comment", read=read_notes),
        "never measured": Corpus(model="comment", read=read_notes, use="train"),
        "of another model": Corpus(model="stance", read=read_notes),
    }
    monkeypatch.setattr("classifier.evaluating.official.CORPORA", corpora)
    monkeypatch.setattr("classifier.training.corpora.registry.CORPORA", corpora)
    return corpora


@pytest.mark.usefixtures("own_corpora")
def test_without_a_file_the_corpora_are_measured_one_set_after_the_other(
    cli: "Cli", tmp_path: Path
) -> None:
    done = cli("evaluate", "comment", "--corpora", tmp_path, "--json", "-")
    assert (done.code, done.err) == (0, "")
    found = [(each["test_set"], each["task"], each["n"]) for each in json.loads(done.out)]
    assert found == [("notes", "sentiment", 2), ("notes at night", "sentiment", 1)]


def test_corpora_that_are_missing_are_named(
    cli: "Cli", tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fetched = {name: corpus for name, corpus in CORPORA.items() if not corpus.shipped}
    monkeypatch.setattr("classifier.evaluating.official.CORPORA", fetched)
    told = cli("evaluate", "comment", "--corpora", tmp_path / "none")
    assert told.code == 2
    assert all("corpus file is missing" in line for line in told.complaints)
    assert len(told.complaints) > 3


def test_the_split_model_takes_no_file_of_examples(cli: "Cli", examples: Path) -> None:
    told = cli("evaluate", "split", "--data", examples)
    assert told.code == 2
    assert told.complaints == [
        "classifier: the split model is measured on assembled pages: leave out --data"
    ]


@pytest.mark.usefixtures("own_corpora")
def test_figures_and_card_may_be_written_to_the_models_own_folder(
    cli: "Cli", tmp_path: Path, model_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    carded: list[Path] = []
    monkeypatch.setattr("classifier.evaluating.card.write_card", carded.append)
    done = cli("evaluate", "comment", "--corpora", tmp_path, "--write", "--json", "-")
    assert done.code == 0
    assert (model_folder / "metrics.json").read_text() == done.out
    assert carded == [model_folder]


def test_figures_that_lack_a_corpus_are_not_written(
    cli: "Cli", tmp_path: Path, model_folder: Path, own_corpora: dict[str, Corpus]
) -> None:
    def read_nothing(root: Path, _part: str) -> list[Example]:
        raise InputError(f"{root}: corpus file is missing")

    own_corpora["lost"] = Corpus(model="comment", read=read_nothing)
    told = cli("evaluate", "comment", "--corpora", tmp_path, "--write")
    assert told.code == 1
    assert told.complaints[-1].endswith("metrics.json: not renewed, since corpora are missing")
    assert not list(model_folder.iterdir())


def test_only_the_corpora_are_written_down(cli: "Cli", examples: Path) -> None:
    told = cli("evaluate", "comment", "--data", examples, "--write")
    assert told.code == 2
    assert "--write is for the released model on the corpora" in told.err


def test_the_suite_is_shown_and_kept_beside_that_of_an_earlier_model(
    cli: "Cli", model_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    carded: list[Path] = []
    monkeypatch.setattr("classifier.evaluating.card.write_card", carded.append)
    earlier = tmp_path / "earlier.json"
    assert cli("evaluate", "comment", "--suite", "--json", earlier).code == 0
    told = cli("evaluate", "comment", "--suite", "--before", earlier, "--write")
    assert "Naming a group: toxicity" in told.out
    assert "transformer before" in told.out
    written = json.loads((model_folder / "suite.json").read_text())
    before = written.pop("before")
    assert written == json.loads(earlier.read_text())
    assert before["findings"] == {"transformer": written["findings"]["transformer"]}
    assert carded == [model_folder]


def test_the_suite_needs_a_model_that_labels_and_an_earlier_result_of_it(
    cli: "Cli", examples: Path
) -> None:
    for arguments in (
        ("split", "--suite"),
        ("comment", "--suite", "--data", examples),
        ("comment", "--before", examples),
    ):
        assert cli("evaluate", *arguments).code == 2
    refused = cli("evaluate", "comment", "--suite", "--before", examples)
    assert (refused.code, refused.out) == (2, "")
    assert "is not what 'classifier evaluate --suite --json' writes" in refused.err
