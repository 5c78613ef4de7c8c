"""A model that is surer than right is made less sure, and only then."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from classifier.evaluating.retempering import retemper
from classifier.examples import Example
from classifier.labelling.calibration import Calibration, FloatArray, KindReading, TaskCalibration
from classifier.labelling.released import ReleasedModel
from classifier.tasks import TASKS

if TYPE_CHECKING:
    from classifier.thread import TargetKind

WORDS = {"great": "favor", "awful": "against", "so-so": "neutral"}
INSULTS = ("clown", "neighbour")


class Sure:
    """A network that is sure of itself wherever it knows a word."""

    def __init__(self, width: int) -> None:
        self._width = width

    def logits(self, texts: Sequence[str], targets: Sequence[str] | None = None) -> FloatArray:
        del targets
        raw = np.zeros((len(texts), self._width))
        for row, text in zip(raw, texts, strict=True):
            for place, word in enumerate(WORDS if self._width == 3 else INSULTS):
                row[place] = (4.0 if word in text else -2.0) + 0.01 * (len(text) % 7)
        return raw


def sure(name: str) -> ReleasedModel:
    """A released model whose network is that one."""
    tasks = TASKS["stance"] if name == "stance" else TASKS["tone"]
    readings = {
        task.name: replace(TaskCalibration.unfitted(task), least=0.9 if task.exclusive else 0.0)
        for task in tasks
    }
    calibration: Calibration = {"transformer": dict(readings), "baseline": dict(readings)}
    model = ReleasedModel(Path("none"), tasks=tasks, calibration=calibration)
    model.__dict__["transformer"] = Sure(sum(len(task.outputs) for task in tasks))
    return model


def stances(size: int, *, wrong: int = 0) -> list[Example]:
    """Replies whose word tells the stance, but for every `wrong`th."""
    words = list(WORDS)
    return [
        Example(
            text=f"{words[number % 3]} {'x' * (number % 5)} {number}",
            target="toll",
            label=WORDS[words[(number + bool(wrong and number // 3 % wrong == 0)) % 3]],
            group=f"thread {number % 7}",
        )
        for number in range(size)
    ]


class SurerOfLongTexts(Sure):
    """A network like that, surer of some texts than of others."""

    def logits(self, texts: Sequence[str], targets: Sequence[str] | None = None) -> FloatArray:
        factors = np.array([[0.5 + len(text) % 5 / 5] for text in texts])
        return factors * super().logits(texts, targets)


def test_a_kind_of_target_is_refitted_as_it_is_read() -> None:
    model = sure("stance")
    model.__dict__["transformer"] = SurerOfLongTexts(3)
    own, own_least = model.calibration["transformer"]["stance"], 0.83
    of_kinds: dict[TargetKind, KindReading] = {"article": KindReading(scale=0.4, least=own_least)}
    model.calibration["transformer"]["stance"] = replace(own, of_kinds=of_kinds)
    held_out = [replace(each, target_kind="article") for each in stances(60, wrong=3)]
    calibration, (refit,) = retemper(model, model, held_out, [])
    texts = [each.text for each in held_out]
    right = [TASKS["stance"][0].labels.index(str(each.label)) for each in held_out]
    shares = model.predict("stance", texts, texts, kinds=["article"] * 60)
    assert refit.log_loss == pytest.approx(-np.log(shares[range(60), right]).mean())
    refitted = calibration["transformer"]["stance"]
    assert refitted.of_kinds["article"].scale == pytest.approx(0.4 * refit.factor)
    cooled = ReleasedModel(Path("none"), tasks=TASKS["stance"], calibration=calibration)
    cooled.__dict__["transformer"] = model.transformer
    now = cooled.predict("stance", texts, texts, kinds=["article"] * 60).max(axis=1)
    given = shares.max(axis=1) >= own_least
    assert 0.2 < given.mean() < 0.8
    assert ((now >= refitted.least_of("article")) == given).mean() > 0.9
    assert refitted.scale == pytest.approx([refit.factor * each for each in own.scale])


def test_a_model_that_is_too_sure_is_cooled_and_still_answers_the_same() -> None:
    model, held_out = sure("stance"), stances(60, wrong=3)
    calibration, (refit,) = retemper(model, model, held_out, [])
    assert refit.taken
    assert refit.n == 60
    assert refit.factor < 0.6
    assert refit.refitted_log_loss < refit.log_loss
    assert refit.refitted_error < 0.5 * refit.error
    cooled = ReleasedModel(Path("none"), tasks=TASKS["stance"], calibration=calibration)
    cooled.__dict__["transformer"] = model.transformer
    texts = [each.text for each in held_out]
    was, now = (each.predict("stance", texts, texts) for each in (model, cooled))
    assert (was.argmax(axis=1) == now.argmax(axis=1)).all()
    assert now.max(axis=1).mean() < was.max(axis=1).mean() - 0.1
    assert (now.max(axis=1) >= cooled.reading("stance").least).mean() == pytest.approx(
        (was.max(axis=1) >= model.reading("stance").least).mean(), abs=0.05
    )
    assert calibration["baseline"] == model.calibration["baseline"]


def test_what_is_added_to_an_unreported_answer_is_cooled_with_the_others() -> None:
    [sentiment] = [task for task in TASKS["comment"] if task.name == "sentiment"]
    felt = dict(zip(WORDS.values(), sentiment.labels, strict=True))
    reading = replace(TaskCalibration.unfitted(sentiment), unreported=(1.5,))
    calibration: Calibration = {
        "transformer": {"sentiment": reading},
        "baseline": {"sentiment": reading},
    }
    model = ReleasedModel(Path("none"), tasks=(sentiment,), calibration=calibration)

    class Feeling(Sure):
        def logits(self, texts: Sequence[str], targets: Sequence[str] | None = None) -> FloatArray:
            reported = Sure(3).logits(texts, targets)
            return np.concatenate([reported, np.full((len(texts), 1), 1.0)], axis=1)

    model.__dict__["transformer"] = Feeling(4)
    held_out = [replace(each, label=felt[str(each.label)]) for each in stances(60, wrong=3)]
    refitted, (refit,) = retemper(model, model, held_out, [])
    assert refit.taken
    now = refitted["transformer"]["sentiment"]
    cooled = ReleasedModel(Path("none"), tasks=(sentiment,), calibration=refitted)
    cooled.__dict__["transformer"] = model.transformer
    texts = [each.text for each in held_out]
    was, after = (each.predict_all(texts, unreported=True)["sentiment"] for each in (model, cooled))
    assert np.log(after[:, 3] / after[:, 0]) == pytest.approx(
        refit.factor * np.log(was[:, 3] / was[:, 0])
    )
    assert now.unreported == pytest.approx((1.5 * refit.factor,))


def test_answers_of_the_model_before_hold_the_factor_back() -> None:
    model, held_out = sure("stance"), stances(60, wrong=3)
    alone, held = (retemper(model, model, held_out, anchors)[1][0] for anchors in ([], stances(60)))
    assert alone.factor < held.factor < 1.0


def test_a_model_that_is_as_sure_as_right_keeps_its_calibration() -> None:
    model, chance = sure("stance"), np.random.default_rng(3)
    asked = stances(200)
    answers = model.predict("stance", [e.text for e in asked], [e.text for e in asked])
    labels = model.labels("stance")
    said = [
        replace(each, label=str(chance.choice(labels, p=shares)))
        for each, shares in zip(asked, answers, strict=True)
    ]
    calibration, (refit,) = retemper(model, model, said, stances(200))
    assert not refit.taken
    assert calibration == model.calibration


def test_thresholds_move_with_the_probabilities() -> None:
    model = sure("tone")
    strict = replace(model.reading("tone"), thresholds=(0.95,) * len(model.labels("tone")))
    model.calibration["transformer"]["tone"] = strict
    name, other = model.labels("tone")[:2]
    held_out = [
        Example(
            text=f"{INSULTS[number % 2]} {number}",
            labels={
                name: float(number % 2 == 0 and number % 3 > 0),
                other: float(number % 2 == 1),
            },
            group=f"thread {number % 7}",
        )
        for number in range(60)
    ]
    calibration, (refit,) = retemper(model, model, held_out, [])
    assert refit.taken
    assert calibration["transformer"]["tone"].thresholds[0] < 0.9
    texts = [each.text for each in held_out]
    cooled = ReleasedModel(Path("none"), tasks=TASKS["tone"], calibration=calibration)
    cooled.__dict__["transformer"] = model.transformer
    given = [
        each.predict("tone", texts) >= np.array(each.reading("tone").thresholds)
        for each in (model, cooled)
    ]
    assert (given[0] == given[1]).all()
    assert given[0].any()


def test_too_few_examples_leave_the_calibration_as_it_was() -> None:
    model = sure("stance")
    assert retemper(model, model, stances(39, wrong=3), []) == (model.calibration, ())
