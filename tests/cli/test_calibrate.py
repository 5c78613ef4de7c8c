import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from classifier.checksums import write_checksums
from classifier.labelling.calibration import (
    FloatArray,
    TaskCalibration,
    read_calibration,
    write_calibration,
)
from classifier.labelling.released import ReleasedModel
from classifier.tasks import TASKS, Task

if TYPE_CHECKING:
    from conftest import Cli

COMMENT = TASKS["comment"]


class NumberModel:
    """Takes the number in a text for the logit of every label, and of the first sentiment."""

    def logits(self, texts: Sequence[str], _targets: Sequence[str] | None = None) -> FloatArray:
        numbers = np.array([float(text.split()[-1]) for text in texts])
        outputs = np.zeros((len(texts), 10))
        outputs[:, :7] = numbers[:, None]
        return outputs


def unfitted(tasks: tuple[Task, ...]) -> dict[Any, TaskCalibration]:
    return {task.name: TaskCalibration.unfitted(task) for task in tasks}


@pytest.fixture
def model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "models" / "comment"
    folder.mkdir(parents=True)
    (folder / "config.json").write_text(
        json.dumps({"classifier": {"model": "comment", "tasks": []}})
    )
    (folder / "model.onnx").write_bytes(b"network")
    write_calibration(
        folder / "calibration.json",
        {"transformer": unfitted(COMMENT), "baseline": unfitted(COMMENT)},
    )
    write_checksums(folder)
    monkeypatch.setattr(ReleasedModel, "transformer", NumberModel())
    monkeypatch.setattr(ReleasedModel, "baseline", NumberModel())
    return folder


def decisions(file: Path, *, size: int = 60, **changes: object) -> Path:
    """Insults are those above 2, with one in ten judged the other way; seldom is one a threat."""
    records = []
    for number in range(size):
        logit = number / 10
        insult = (logit > 2) != (number % 10 == 3)
        labels = {"insult": int(insult), "threat": int(number == 7)}
        records.append({"text": f"Reply {logit}", "labels": labels, **changes})
    file.write_text("".join(json.dumps(record) + "\n" for record in records))
    return file


def calibration(folder: Path) -> dict[str, float]:
    reading = read_calibration(folder / "calibration.json", COMMENT)["transformer"]["incivility"]
    return dict(zip(COMMENT[0].labels, reading.thresholds, strict=True))


def test_the_trade_off_is_shown_and_nothing_is_written(
    cli: "Cli", model: Path, tmp_path: Path
) -> None:
    data = decisions(tmp_path / "mine.jsonl")
    before = {file: file.read_bytes() for file in model.iterdir()}
    shown = cli("calibrate", model, "--data", data, "--precision", "0.8")
    assert shown.code == 0
    assert shown.complaints == [
        f"classifier: {data}: threat: fewer than five decisions of one kind: threshold kept"
    ]
    assert "insult · 60 decisions" in shown.out
    rows = [line.split() for line in shown.out.splitlines() if line.startswith("  0.")]
    assert len(rows) == 11
    for _, flagged, right, wrong, missed, *_ in rows:
        assert int(flagged) == int(right) + int(wrong)
        assert int(right) + int(missed) == int(rows[0][2]) + int(rows[0][4])
    assert any(row[-2:] == ["for", "0.8"] for row in rows)
    assert "on decisions that it is not fitted to" in shown.out
    assert {file: file.read_bytes() for file in model.iterdir()} == before


def test_a_copy_of_the_model_gets_the_thresholds(cli: "Cli", model: Path, tmp_path: Path) -> None:
    data, out = decisions(tmp_path / "mine.jsonl"), tmp_path / "own"
    done = cli("calibrate", model, "--data", data, "--precision", "0.8", "--output", out)
    assert done.code == 0
    assert done.out.splitlines()[-1] == str(out / "comment")
    assert (out / "comment" / "model.onnx").read_bytes() == b"network"
    before, after = calibration(model), calibration(out / "comment")
    changed = {label for label in before if before[label] != after[label]}
    assert changed == {"insult"}
    config = json.loads((out / "comment" / "config.json").read_text())["classifier"]
    assert config["recalibrated"] == [{"decisions": 60, "precision": 0.8}]
    assert list(out.iterdir()) == [out / "comment"]
    again = cli(
        *("calibrate", out / "comment", "--data", data, "--precision", "0.8"),
        *("--output", out, "--json", "-"),
    )
    assert again.code == 0
    (insult,) = json.loads(again.out)
    assert insult["present"]["threshold"] == insult["chosen"]["threshold"] == after["insult"]
    assert insult["chosen"]["precision"] >= 0.8


def test_a_higher_precision_flags_less(cli: "Cli", model: Path, tmp_path: Path) -> None:
    data = decisions(tmp_path / "mine.jsonl")

    def chosen(precision: str) -> dict[str, Any]:
        done = cli("calibrate", model, "--data", data, "--precision", precision, "--json", "-")
        found: dict[str, Any] = json.loads(done.out)[0]["chosen"]
        return found

    assert chosen("0.9")["flagged"] < chosen("0.7")["flagged"]
    assert chosen("0.9")["missed"] > chosen("0.7")["missed"]


def test_for_sentiment_it_is_the_confidence_from_which_on_one_is_given(
    cli: "Cli", model: Path, tmp_path: Path
) -> None:
    data, out = tmp_path / "mine.jsonl", tmp_path / "own"
    labels = ["neutral", "positive", "negative"] * 6 + ["positive"] * 20
    data.write_text(
        "".join(
            json.dumps({"text": f"Reply {number / 10}", "label": label}) + "\n"
            for number, label in enumerate(labels)
        )
    )
    done = cli("calibrate", model, "--data", data, "--precision", "0.95", "--output", out)
    assert (done.code, done.err) == (0, "")
    reading = read_calibration(out / "comment" / "calibration.json", COMMENT)
    assert reading["transformer"]["sentiment"].least > 0.6
    assert calibration(out / "comment") == calibration(model)


@pytest.mark.parametrize(
    ("lines", "complaint"),
    [
        (['{"text": "Reply 1", "labels": {"insult": 1}}'] * 10, "nearly all of one class (insult)"),
        (['{"text": "Reply 1", "label": "positive"}'] * 10, "nearly all of one class (sentiment)"),
        (
            ['{"text": "Reply 1", "target": "toll", "label": "against"}'],
            "no example is labelled for incivility or sentiment",
        ),
        (['{"text": "Reply 1", "labels": {"spam": 1}}'], "unknown label 'spam'"),
    ],
)
def test_decisions_that_tell_nothing_are_one_line(
    cli: "Cli", model: Path, tmp_path: Path, lines: list[str], complaint: str
) -> None:
    data, out = tmp_path / "mine.jsonl", tmp_path / "own"
    data.write_text("\n".join(lines))
    told = cli("calibrate", model, "--data", data, "--output", out)
    assert told.code == 2
    (line,) = told.complaints
    assert str(data) in line
    assert complaint in line
    assert not out.exists()


def test_an_output_that_cannot_be_written_leaves_nothing_behind(
    cli: "Cli", model: Path, tmp_path: Path
) -> None:
    data, out = decisions(tmp_path / "mine.jsonl"), tmp_path / "own"
    out.write_text("a file")
    told = cli("calibrate", model, "--data", data, "--output", out)
    assert told.code == 2
    assert told.complaints[-1].startswith(f"classifier: {out / 'comment'}: cannot be written")
    assert out.read_text() == "a file"
    assert sorted(tmp_path.iterdir()) == sorted([data, out, model.parent])


@pytest.mark.usefixtures("model")
def test_a_precision_that_no_threshold_reaches_keeps_the_present_one(
    cli: "Cli", model: Path, tmp_path: Path
) -> None:
    data, out = tmp_path / "mine.jsonl", tmp_path / "own"
    lines = [
        json.dumps({"text": f"Reply {n / 10}", "labels": {"insult": n % 2}}) for n in range(40)
    ]
    data.write_text("\n".join(lines))
    told = cli("calibrate", model, "--data", data, "--precision", "1", "--output", out)
    assert told.code == 0
    assert "insult: no threshold reaches a precision of 1" in told.err
    assert calibration(out / "comment") == calibration(model)
