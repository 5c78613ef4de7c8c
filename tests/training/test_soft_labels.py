from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from classifier.examples import Example
from classifier.labelling.calibration import FloatArray
from classifier.tasks import TASKS, Task, columns_of
from classifier.training.soft_labels import (
    shares_of,
    softened,
    teacher_answers,
    with_unreported,
)

UNKNOWN = np.nan


class Lengths:
    """Answers with the lengths of what it is asked, and counts the questions."""

    asked = 0

    def __init__(self, source: str, *, tasks: tuple[Task, ...]) -> None:
        assert (source, tasks) == ("large", TASKS["stance"])

    def logits(self, texts: Sequence[str], targets: Sequence[str] | None = None) -> FloatArray:
        type(self).asked += len(texts)
        pairs = zip(texts, targets or [""] * len(texts), strict=True)
        return np.array([[len(text), len(target), 0.0] for text, target in pairs])


@pytest.fixture(autouse=True)
def teacher(monkeypatch: pytest.MonkeyPatch) -> type[Lengths]:
    monkeypatch.setattr(Lengths, "asked", 0)
    monkeypatch.setattr("classifier.training.soft_labels.Checkpoint", Lengths)
    return Lengths


def asked_of(folder: Path, examples: list[Example]) -> FloatArray:
    return teacher_answers("large", examples, tasks=TASKS["stance"], folder=folder)


EXAMPLES = [Example(text="x" * (i % 7), target="y" * (i % 5), label="favor") for i in range(600)]


def test_each_example_gets_its_own_answer(tmp_path: Path) -> None:
    expected = [[i % 7, i % 5, 0] for i in range(600)]
    assert asked_of(tmp_path, EXAMPLES).tolist() == expected


def test_an_interrupted_teacher_goes_on_where_it_was(
    tmp_path: Path, teacher: type[Lengths]
) -> None:
    whole = asked_of(tmp_path, EXAMPLES)
    *_, last = sorted(tmp_path.glob("teacher-*/*.npy"))
    last.unlink()
    teacher.asked = 0
    assert (asked_of(tmp_path, EXAMPLES) == whole).all()
    assert 0 < teacher.asked < 300


def test_other_examples_are_asked_anew(tmp_path: Path) -> None:
    asked_of(tmp_path, EXAMPLES)
    others = [Example(text="longer than any", target="z", label="favor")] * 600
    assert (asked_of(tmp_path, others) == [15, 1, 0]).all()


def test_labels_and_answers_are_mixed_and_either_stands_alone() -> None:
    known = np.array([[1.0, 0.0, UNKNOWN, UNKNOWN]], dtype=np.float32)
    said = np.array([[0.6, UNKNOWN, 0.2, UNKNOWN]])
    learned = softened(known, said, share=0.25)
    assert learned[0, :3] == pytest.approx([0.9, 0.0, 0.2])
    assert np.isnan(learned[0, 3])


def test_shares_of_exclusive_labels_sum_to_one_and_others_stand_for_themselves() -> None:
    tasks = TASKS["comment"]
    shares = shares_of(np.zeros((2, 10)), tasks)
    assert shares[:, :6] == pytest.approx(0.5)
    assert shares[:, 6:] == pytest.approx(0.25)


def test_an_exclusive_task_that_is_answered_in_part_is_unknown() -> None:
    logits = np.zeros((1, 3))
    logits[0, 2] = UNKNOWN
    assert np.isnan(shares_of(logits, TASKS["stance"])).all()


def test_labels_leave_another_models_share_to_what_they_never_are() -> None:
    tasks = TASKS["comment"]
    uncivil, feeling = columns_of(tasks).values()
    known = np.full((3, 10), UNKNOWN, dtype=np.float32)
    known[:, uncivil] = [1, 0, 1, 0, 0, 0]
    known[:2, feeling] = [[1, 0, 0, 0], [0, 0, 1, 0]]
    said = np.zeros((3, 10))
    said[:, feeling] = [[0.1, 0.2, 0.3, 0.4], [0.2, 0.2, 0.6, 0], [0, 0, 0, 1]]

    learned = with_unreported(known, said, tasks)
    assert learned[:2, feeling] == pytest.approx(np.array([[0.6, 0, 0, 0.4], [0, 0, 1, 0]]))
    assert np.isnan(learned[2, feeling]).all()
    assert (learned[:, uncivil] == known[:, uncivil]).all()
