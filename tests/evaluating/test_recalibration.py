"""Thresholds that are fitted to decisions about some kinds of target."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from classifier.evaluating.recalibration import recalibrate
from classifier.examples import Example
from classifier.labelling.calibration import Calibration, FloatArray, KindReading, TaskCalibration
from classifier.labelling.released import ReleasedModel
from classifier.tasks import TASKS


class Rising:
    """The number in a text is the logit of favor."""

    def logits(self, texts: Sequence[str], targets: Sequence[str] | None = None) -> FloatArray:
        del targets
        return np.array([[float(text.split()[-1]), 0.0, 0.0] for text in texts])


def test_decisions_about_parents_leave_what_is_withheld_about_articles() -> None:
    of_kinds = {
        "article": KindReading(scale=0.5, least=0.4),
        "parent": KindReading(scale=1.0, least=0.45),
    }
    reading = TaskCalibration(scale=(1.0,) * 3, bias=(0.0,) * 3, least=0.4, of_kinds=of_kinds)
    calibration: Calibration = {"transformer": {"stance": reading}, "baseline": {"stance": reading}}
    model = ReleasedModel(Path("none"), tasks=TASKS["stance"], calibration=calibration)
    model.__dict__["transformer"] = model.__dict__["baseline"] = Rising()
    decided = [
        Example(
            text=f"Reply {number / 20}",
            target="What was said.",
            target_kind="parent",
            label="favor" if number > 40 or number % 3 == 0 else "against",
        )
        for number in range(1, 80)
    ]
    found = recalibrate(model, decided, precision=0.9, name="decisions")
    [trade_off] = found.trade_offs
    assert trade_off.present.threshold == pytest.approx(0.45)
    fitted = found.calibration["transformer"]["stance"]
    assert fitted.least_of("parent") > 0.6
    assert fitted.of_kinds["article"] == of_kinds["article"]
