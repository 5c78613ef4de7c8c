import tomllib
from functools import cache
from pathlib import Path

import pytest
from regression.fixture import comment_examples, stance_examples

from classifier.evaluating import Bootstrap, TaskComparison, evaluate
from classifier.labelling.released import ReleasedModel, find_model

FLOORS = tomllib.loads((Path(__file__).parent / "floors.toml").read_text(encoding="utf-8"))
TASKS = ("incivility", "sentiment", "stance")
MEASURES = {"incivility": "mean_f1", "sentiment": "macro_f1", "stance": "macro_f1"}


@cache
def compared() -> dict[str, TaskComparison]:
    few = Bootstrap(resamples=50)
    return {
        comparison.task: comparison
        for name, examples in (("comment", comment_examples()), ("stance", stance_examples()))
        for comparison in evaluate(
            ReleasedModel.load(find_model(name)), examples, name="fixture", bootstrap=few
        )
    }


def macro_f1(task: str, family: str) -> float:
    value = getattr(compared()[task], family).measures[MEASURES[task]].value
    assert isinstance(value, float)
    return value


@pytest.mark.parametrize("task", TASKS)
def test_the_transformer_is_no_worse_than_before(task: str) -> None:
    assert macro_f1(task, "transformer") >= FLOORS["labels"][task]


@pytest.mark.parametrize("task", TASKS)
def test_the_transformer_beats_the_baseline(task: str) -> None:
    assert macro_f1(task, "transformer") > macro_f1(task, "baseline")
