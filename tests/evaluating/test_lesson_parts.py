"""What the parts of a lesson give: each arm learns its own part, and is asked the same."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from training.tiny_encoder import tiny_bert

from classifier.evaluating import lesson_parts
from classifier.evaluating.lesson_parts import compare
from classifier.examples import Example
from classifier.tasks import TASKS
from classifier.thread import INCIVILITIES
from classifier.training.lessons import Lesson

pytestmark = [
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::UserWarning"),
    pytest.mark.filterwarnings("ignore::torch.jit.TracerWarning"),
]

ROWS = 12
WIDTH = sum(len(task.outputs) for task in TASKS["comment"])
EXAMPLES = tuple(
    Example(
        text=f"{'awful' if row % 2 else 'fine'} toll",
        labels={"toxicity": float(row % 2)},
        corpus="own sentences" if row < 4 else "forum",
    )
    for row in range(ROWS)
)
ANSWERS = np.full((ROWS, WIDTH), 0.1, dtype=np.float32)
DEV = [
    Example(text=f"toll {row}", labels=dict.fromkeys(INCIVILITIES, float(row < 3)), corpus="forum")
    for row in range(6)
]


@pytest.fixture(scope="module")
def shown() -> dict[str, tuple[list[Example], np.ndarray]]:
    return {}


@pytest.fixture(scope="module")
def rows(
    tmp_path_factory: pytest.TempPathFactory,
    shown: dict[str, tuple[list[Example], np.ndarray]],
) -> list[tuple[int, str, dict[str, float]]]:
    folder = tmp_path_factory.mktemp("parts")
    (folder / "before").mkdir()
    really = lesson_parts.fit

    def fit(
        examples: Sequence[Example], *, wanted: np.ndarray, folder: Path, **how: object
    ) -> Path:
        shown[folder.name] = ([*examples], wanted)
        return really(examples, wanted=wanted, folder=folder, **how)  # type: ignore[arg-type]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lesson_parts, "fit", fit)
        return list(
            compare(
                Lesson(examples=EXAMPLES, wanted=ANSWERS, choice="made up"),
                DEV,
                before=tiny_bert(folder / "before"),
                runs=folder,
                seeds=[5],
            )
        )


def test_every_arm_is_asked_about_dev_and_the_suite(
    rows: list[tuple[int, str, dict[str, float]]],
) -> None:
    assert [(seed, arm) for seed, arm, _ in rows] == [
        (5, "all"),
        (5, "labels alone"),
        (5, "without our sentences"),
    ]
    for _, _, figures in rows:
        assert [*figures] == [
            "forum, incivility",
            "suite, incivility, share of cases as expected",
            "suite, sentiment, share of cases as expected",
        ]
        assert all(0 <= figure <= 1 for figure in figures.values())


@pytest.mark.usefixtures("rows")
def test_one_part_is_left_out_of_each_arm(
    shown: dict[str, tuple[list[Example], np.ndarray]],
) -> None:
    learned, wanted = shown["all-5"]
    assert sorted(each.text for each in learned) == sorted(each.text for each in EXAMPLES)
    assert (wanted == ANSWERS).all()
    alone, labels = shown["labels-alone-5"]
    assert alone == learned
    assert {*labels[:, 0].tolist()} == {0.0, 1.0}
    assert np.isnan(labels[:, 1:]).all()
    others, _ = shown["without-our-sentences-5"]
    assert others == [each for each in learned if each.corpus == "forum"]


def test_the_arms_that_are_asked_for_are_compared_for_stance_too(tmp_path: Path) -> None:
    (tmp_path / "before").mkdir()
    examples = tuple(
        Example(text=each.text, target="toll", label="against", corpus=each.corpus)
        for each in EXAMPLES
    )
    dev = [
        Example(text=f"toll {row}", target="toll", label=label, corpus="forum")
        for row, label in enumerate(("favor", "against", "neutral"))
    ]
    wanted = np.tile(np.array([0.2, 0.7, 0.1], dtype=np.float32), (len(examples), 1))
    found = list(
        compare(
            Lesson(examples=examples, wanted=wanted, choice="made up"),
            dev,
            model="stance",
            before=tiny_bert(tmp_path / "before"),
            runs=tmp_path,
            seeds=[5],
            arms=["all", "without our sentences"],
        )
    )
    assert [arm for _, arm, _ in found] == ["all", "without our sentences"]
    for _, _, figures in found:
        assert [*figures] == ["forum, stance", "suite, stance, share of cases as expected"]
