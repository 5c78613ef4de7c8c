import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from classifier.errors import ModelError
from classifier.labelling.calibration import (
    Calibration,
    KindReading,
    TaskCalibration,
    read_calibration,
    write_calibration,
)
from classifier.labelling.decisions import decide_multi, decide_sentiment, decide_stance
from classifier.tasks import TASKS, Task
from classifier.thread import INCIVILITIES, Target

SENTIMENT = next(task for task in TASKS["comment"] if task.name == "sentiment")
INCIVILITY = next(task for task in TASKS["comment"] if task.name == "incivility")


def unfitted(tasks: tuple[Task, ...]) -> Calibration:
    return {
        "transformer": {task.name: TaskCalibration.unfitted(task) for task in tasks},
        "baseline": {task.name: TaskCalibration.unfitted(task) for task in tasks},
    }


def test_exclusive_probabilities_sum_to_one_without_the_unreported_output() -> None:
    logits = np.array([[2.0, 1.0, 0.0, 50.0]])
    row = TaskCalibration.unfitted(SENTIMENT).probabilities(logits, SENTIMENT)[0]
    assert row.shape == (3,)
    assert row.sum() == pytest.approx(1.0)
    assert row[0] == pytest.approx(np.exp(2) / (np.exp(2) + np.e + 1))


def test_what_is_added_to_an_unreported_output_changes_no_reported_one() -> None:
    logits = np.array([[2.0, 1.0, 0.0, 1.0]])
    plain = TaskCalibration(scale=(0.5,) * 3, bias=(0.0,) * 3)
    moved = replace(plain, unreported=(1.5,))
    assert moved.probabilities(logits, SENTIMENT) == pytest.approx(
        plain.probabilities(logits, SENTIMENT)
    )
    powers = np.exp([1.0, 0.5, 0.0, 0.5 + 1.5])
    assert moved.probabilities(logits, SENTIMENT, unreported=True)[0] == pytest.approx(
        powers / powers.sum()
    )


def test_scale_and_bias_are_applied_before_the_sigmoid() -> None:
    reading = TaskCalibration(scale=(2.0,) * 6, bias=(-1.0,) * 6, thresholds=(0.5,) * 6)
    row = reading.probabilities(np.full((1, 6), 0.5), INCIVILITY)[0]
    assert row == pytest.approx([0.5] * 6)


def test_a_kind_of_target_is_read_by_its_own_factor() -> None:
    [stance] = TASKS["stance"]
    reading = TaskCalibration(
        scale=(2.0,) * 3,
        bias=(0.0,) * 3,
        least=0.2,
        of_kinds={"article": KindReading(scale=0.5, least=0.7)},
    )
    logits = np.array([[1.0, 0.0, 0.0]] * 3)
    rows = reading.probabilities(logits, stance, kinds=["topic", "article", None])
    assert rows[0] == pytest.approx(reading.probabilities(logits, stance)[0])
    assert rows[2] == pytest.approx(rows[0])
    assert rows[1, 0] == pytest.approx(np.exp(0.5) / (np.exp(0.5) + 2))
    assert reading.probabilities(logits[:0], stance, kinds=[]).shape == (0, 3)
    row = np.array([0.6, 0.2, 0.2])
    of_article = decide_stance(Target(kind="article", text="the toll"), row, reading)
    of_topic = decide_stance(Target(kind="topic", text="the toll"), row, reading)
    assert (of_article.label, of_topic.label) == (None, "favor")


def test_extreme_logits_give_probabilities_and_no_overflow() -> None:
    for task in (SENTIMENT, INCIVILITY):
        logits = np.full((1, len(task.outputs)), 1e9)
        logits[0, 0] = -1e9
        row = TaskCalibration.unfitted(task).probabilities(logits, task)[0]
        assert np.isfinite(row).all()
        assert row[0] == pytest.approx(0.0, abs=1e-9)


def test_a_label_under_the_least_confidence_is_not_given() -> None:
    reading = TaskCalibration(scale=(1.0,) * 3, bias=(0.0,) * 3, least=0.6)
    unsure = decide_sentiment(np.array([0.5, 0.3, 0.2]), reading)
    assert (unsure.label, unsure.abstained, unsure.reason) == (None, True, "uncertain")
    sure = decide_sentiment(np.array([0.7, 0.2, 0.1]), reading)
    assert (sure.label, sure.abstained, sure.reason) == ("positive", False, None)


def test_a_stance_names_its_target() -> None:
    reading = TaskCalibration(scale=(1.0,) * 3, bias=(0.0,) * 3)
    target = Target(kind="topic", text="the toll")
    stance = decide_stance(target, np.array([0.1, 0.8, 0.1]), reading)
    assert (stance.target_kind, stance.target, stance.label) == ("topic", "the toll", "against")


def multi(first: float, second: float) -> TaskCalibration:
    return TaskCalibration(
        scale=(1.0,) * 6,
        bias=(0.0,) * 6,
        thresholds=(0.5,) * 6,
        uncertain_from=(first, second, 0.5, 0.5, 0.5, 0.5),
    )


def test_labels_hold_from_their_threshold_on_in_alphabetical_order() -> None:
    decided = decide_multi(INCIVILITIES, np.array([0.9, 0.1, 0.5, 0.1, 0.1, 0.1]), multi(0.5, 0.5))
    assert decided.labels == ("insult", "toxicity")
    assert not decided.abstained


def test_nothing_is_said_where_the_only_candidate_lies_in_its_uncertain_band() -> None:
    row = np.array([0.4, 0.1, 0.1, 0.1, 0.1, 0.1])
    decided = decide_multi(INCIVILITIES, row, multi(0.3, 0.5))
    assert (decided.labels, decided.abstained, decided.reason) == ((), True, "uncertain")
    assert not decide_multi(INCIVILITIES, row, multi(0.45, 0.5)).abstained


def test_calibration_survives_its_file(tmp_path: Path) -> None:
    calibration = unfitted(TASKS["stance"])
    calibration["transformer"]["stance"] = TaskCalibration(
        scale=(0.5,) * 3,
        bias=(0.0,) * 3,
        least=0.4,
        of_kinds={"article": KindReading(scale=0.3, least=0.6)},
        unreported=(0.25,),
    )
    write_calibration(tmp_path / "calibration.json", calibration)
    assert read_calibration(tmp_path / "calibration.json", TASKS["stance"]) == calibration


def test_a_damaged_or_foreign_calibration_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "calibration.json"
    with pytest.raises(ModelError, match=r"calibration\.json.*missing or damaged"):
        read_calibration(file, TASKS["comment"])
    write_calibration(file, unfitted(TASKS["comment"]))
    with pytest.raises(ModelError, match="missing or damaged"):
        read_calibration(file, TASKS["stance"])
    content = json.loads(file.read_text(encoding="utf-8"))
    content["transformer"]["sentiment"]["scale"] = [1.0]
    file.write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(ModelError, match="of another model"):
        read_calibration(file, TASKS["comment"])
