from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from sklearn.metrics import f1_score

from classifier.examples import Example
from classifier.labelling.calibration import TaskCalibration
from classifier.tasks import Task
from classifier.training.calibrate import calibrate, corpus_weights

if TYPE_CHECKING:
    from classifier.thread import TargetKind

BINARY = Task(name="incivility", labels=("toxicity", "threat"), exclusive=False)
FELT = Task(
    name="sentiment",
    labels=("positive", "neutral", "negative"),
    exclusive=True,
    unreported=("ambiguous",),
)
EXCLUSIVE = Task(name="stance", labels=("favor", "against", "neutral"), exclusive=True)


def test_overconfident_outputs_are_brought_back_to_what_they_are_worth() -> None:
    generator = np.random.default_rng(0)
    honest = generator.normal(0, 2, size=(4000, 2))
    wanted = (generator.random(honest.shape) < 1 / (1 + np.exp(-honest))).astype(float)
    reading = calibrate(honest * 5 + 2, wanted, task=BINARY, weights=np.ones(4000))
    assert reading.scale == pytest.approx((0.2, 0.2), rel=0.15)
    probabilities = reading.probabilities(honest * 5 + 2, BINARY)
    assert probabilities.mean(axis=0) == pytest.approx(wanted.mean(axis=0), abs=0.02)


def test_thresholds_reach_the_best_f1_and_unknown_labels_take_no_part() -> None:
    logits = np.array([[-2.0, 0], [-1, 0], [1, -1], [2, 1]])
    wanted = np.array([[0.0, np.nan], [0, np.nan], [1, 0], [1, 1]])
    reading = calibrate(logits, wanted, task=BINARY, weights=np.ones(4))
    probabilities = reading.probabilities(logits, BINARY)
    assert (probabilities[:, 0] >= reading.thresholds[0]).tolist() == [False, False, True, True]
    assert probabilities[3, 1] >= reading.thresholds[1] > probabilities[2, 1]


def test_of_thresholds_as_good_on_dev_the_highest_is_taken() -> None:
    task = Task(name="incivility", labels=("toxicity",), exclusive=False)
    logits = np.concatenate([np.full(500, 3.0), [1.0, 1.0, 1.0], np.full(500, -3.0)])[:, None]
    # The three between gain two right ones for one wrong one: less than half a point of F1.
    wanted = np.concatenate([np.ones(500), [1.0, 1.0, 0.0], np.zeros(500)])[:, None]
    reading = calibrate(logits, wanted, task=task, weights=np.ones(1003))
    given = reading.probabilities(logits, task)[:, 0] >= reading.thresholds[0]
    assert given.sum() == 500


def test_a_threshold_promises_the_precision_that_it_had_where_it_was_fitted() -> None:
    logits = np.array([[-3.0], [1], [2], [2], [3]])
    wanted = np.array([[0.0], [1], [0], [1], [1]])
    task = Task(name="incivility", labels=("toxicity",), exclusive=False)
    weights = np.array([1.0, 1.0, 2.0, 1.0, 1.0])
    reading = calibrate(logits, wanted, task=task, weights=weights)
    given = reading.probabilities(logits, task)[:, 0] >= reading.thresholds[0]
    expected = weights[given & (wanted[:, 0] == 1)].sum() / weights[given].sum()
    assert reading.promised == pytest.approx((expected,))
    assert expected < 1


def test_the_uncertain_band_lies_under_the_first_labels_threshold() -> None:
    generator = np.random.default_rng(1)
    logits = generator.normal(0, 2, size=(1000, 2))
    wanted = (generator.random(logits.shape) < 1 / (1 + np.exp(-logits))).astype(float)
    reading = calibrate(logits, wanted, task=BINARY, weights=np.ones(1000))
    first = reading.probabilities(logits, BINARY)[:, 0]
    inside = (first >= reading.uncertain_from[0]) & (first < reading.thresholds[0])
    assert inside.mean() == pytest.approx(0.1, abs=0.01)
    assert reading.uncertain_from[1] == reading.thresholds[1]


def test_an_exclusive_task_labels_four_fifths_and_those_more_accurately() -> None:
    generator = np.random.default_rng(2)
    logits = generator.normal(0, 1.5, size=(5000, 3))
    shares = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    right = np.array([generator.choice(3, p=row) for row in shares])
    wanted = np.eye(3)[right]
    reading = calibrate(3 * logits, wanted, task=EXCLUSIVE, weights=np.ones(5000))
    probabilities = reading.probabilities(3 * logits, EXCLUSIVE)
    labelled = probabilities.max(axis=1) >= reading.least
    correct = probabilities.argmax(axis=1) == right
    assert labelled.mean() == pytest.approx(0.8, abs=0.01)
    assert correct[labelled].mean() > correct.mean() + 0.03


def test_each_kind_of_target_is_as_sure_as_it_is_right() -> None:
    generator = np.random.default_rng(3)
    honest = generator.normal(0, 1.5, size=(6000, 3))
    shares = np.exp(honest) / np.exp(honest).sum(axis=1, keepdims=True)
    wanted = np.eye(3)[[generator.choice(3, p=row) for row in shares]]
    surer = {"article": 4.0, "parent": 2.0, "topic": 1.0}
    kinds: list[TargetKind | None] = list(generator.choice(list(surer), size=6000))
    logits = honest * np.array([[surer[str(kind)]] for kind in kinds])
    reading = calibrate(logits, wanted, task=EXCLUSIVE, weights=np.ones(6000), kinds=kinds)
    assert reading.probabilities(logits, EXCLUSIVE, kinds=kinds) == pytest.approx(shares, abs=0.03)
    sure = reading.probabilities(logits, EXCLUSIVE, kinds=kinds).max(axis=1)
    for kind in surer:
        of_kind = [row for row, each in enumerate(kinds) if each == kind]
        labelled = sure[of_kind] >= reading.of_kinds[kind].least
        assert labelled.mean() == pytest.approx(0.8, abs=0.01)
    unknown = reading.probabilities(logits, EXCLUSIVE)
    alike = calibrate(logits, wanted, task=EXCLUSIVE, weights=np.ones(6000))
    assert unknown == pytest.approx(alike.probabilities(logits, EXCLUSIVE))


def test_a_kind_with_few_examples_is_read_like_all() -> None:
    logits = np.random.default_rng(4).normal(0, 2, size=(600, 3))
    wanted = np.eye(3)[logits.argmax(axis=1)]
    kinds: list[TargetKind | None] = ["topic"] * 550 + ["article"] * 50
    reading = calibrate(logits, wanted, task=EXCLUSIVE, weights=np.ones(600), kinds=kinds)
    assert set(reading.of_kinds) == {"topic"}
    as_article = reading.probabilities(logits, EXCLUSIVE, kinds=["article"] * 600)
    assert as_article == pytest.approx(reading.probabilities(logits, EXCLUSIVE))


def test_an_unreported_answer_that_is_too_seldom_the_most_probable_gets_its_due() -> None:
    generator = np.random.default_rng(4)
    right = generator.choice(4, size=4000, p=[0.5, 0.3, 0.15, 0.05])
    logits = generator.normal(0, 1, size=(4000, 4)) + 1.5 * np.eye(4)[right]
    logits[:, 3] -= 2.0  # nearly never given as it is
    asked = np.arange(4000) < 3000
    wanted = np.eye(4)[right]
    wanted[~asked] = np.eye(4)[generator.integers(0, 3, size=1000)]  # who were asked for three
    fitted = {
        name: calibrate(logits, wanted, task=FELT, weights=np.ones(4000), all_asked=among)
        for name, among in (("all", asked), ("none", ~asked & False), ("unknown", None))
    }
    assert fitted["none"] == fitted["unknown"]
    assert fitted["none"].unreported == ()
    assert fitted["all"].unreported[0] > 0

    def macro_f1(reading: TaskCalibration) -> float:
        shares = reading.probabilities(logits[asked], FELT, unreported=True)
        return float(f1_score(right[asked], shares.argmax(axis=1), average="macro"))

    assert macro_f1(fitted["all"]) > macro_f1(fitted["none"]) + 0.01
    for other in (-1.0, 0.0, 1.0, 2.0):
        assert macro_f1(fitted["all"]) >= macro_f1(replace(fitted["all"], unreported=(other,)))
    assert fitted["all"].probabilities(logits, FELT) == pytest.approx(
        fitted["none"].probabilities(logits, FELT)
    )


def test_every_corpus_counts_the_same() -> None:
    examples = [Example(text="a", label="favor", corpus="large")] * 9
    examples += [Example(text="b", label="favor", corpus="small")]
    weights = corpus_weights(examples)
    assert weights[:9].sum() == pytest.approx(weights[9:].sum())
    assert weights.sum() == pytest.approx(len(examples))


def test_a_threshold_with_nothing_below_it_has_no_uncertain_band() -> None:
    task = Task(name="incivility", labels=("toxicity",), exclusive=False)
    logits, wanted = np.zeros((4, 1)), np.array([[1.0], [0], [1], [1]])
    reading = calibrate(logits, wanted, task=task, weights=np.ones(4))
    assert reading.uncertain_from == reading.thresholds
