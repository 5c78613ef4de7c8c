"""What a model is shown beside a teacher, and what it is to answer."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from training.tiny_encoder import arguments

from classifier.examples import Example
from classifier.labelling.calibration import FloatArray
from classifier.tasks import TASKS
from classifier.training.corpora import CORPORA, Corpus
from classifier.training.lessons import Lesson, what_a_teacher_knows
from classifier.training.own_examples import CORPUS as OWN_SENTENCES

TAUGHT = [
    Example(
        text=f"opinion {number} on the toll",
        target=f"toll {number % 7}",
        target_kind="topic",
        label="favor",
        corpus="tolls",
    )
    for number in range(50)
]
OURS = [
    Example(
        text=f"dog {number}",
        target="dogs",
        target_kind="topic",
        label="favor",
        corpus=OWN_SENTENCES,
    )
    for number in range(20)
]
OTHERS = [
    Example(
        text=f"cat {number}", target="cats", target_kind="topic", label="against", corpus="cats"
    )
    for number in range(30)
]


def answers_to(examples: Sequence[Example], *_: object, **__: object) -> FloatArray:
    """Return logits that tell every pair of a text and a target from every other."""
    digits = [sum(map(ord, f"{each.text} {each.target}")) % 97 / 20 for each in examples]
    return np.array([[digit, 0.0, 1.0] for digit in digits])


@pytest.fixture
def lesson(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Lesson:
    for name in ("tolls", "cats"):
        monkeypatch.setitem(
            CORPORA, name, Corpus(model="stance", read=lambda _, __: [], phrases=name == "tolls")
        )
    monkeypatch.setattr("classifier.training.lessons.taught_corpora", lambda _: {"tolls"})
    monkeypatch.setattr(
        "classifier.training.lessons.teacher_answers",
        lambda _, examples, **__: answers_to(examples),
    )
    monkeypatch.setattr(
        "classifier.training.lessons.said_by",
        lambda _, examples, **__: np.array([[9.0, 0.0, 0.0]] * len(examples)),
    )
    return what_a_teacher_knows(
        "stance",
        [*TAUGHT, *OURS, *OTHERS],
        of_corpora=[*TAUGHT, *OTHERS],
        teacher="large",
        released=tmp_path,
        folder=tmp_path,
        arguments=arguments(tmp_path),
    )


def shares(logits: FloatArray) -> FloatArray:
    powers = np.exp(logits)
    normal: FloatArray = powers / powers.sum(axis=1, keepdims=True)
    return normal


def test_the_teacher_answers_in_the_place_of_labels_and_where_there_is_none(lesson: Lesson) -> None:
    asked = [each for each in lesson.examples if each.corpus in {"tolls", "tolls, unlabelled"}]
    assert {each.corpus for each in asked} == {"tolls", "tolls, unlabelled"}
    unnamed = [
        row
        for row, each in enumerate(lesson.examples)
        if each.text in {taught.text for taught in TAUGHT}
        and each.target in {taught.target for taught in TAUGHT}
    ]
    said = shares(answers_to([lesson.examples[row] for row in unnamed]))
    shown = Counter((each.text, each.target) for each in asked)
    assert {shown[each.text, each.target] for each in TAUGHT} == {3}
    assert len(shown) > len(TAUGHT)
    assert lesson.wanted[unnamed] == pytest.approx(said, abs=1e-6)


def test_a_name_beside_an_example_changes_nothing_of_its_answer(lesson: Lesson) -> None:
    texts = {each.text: each for each in TAUGHT}
    named = [
        (row, each)
        for row, each in enumerate(lesson.examples)
        if each.text not in texts and each.corpus != "cats" and each.target in {"toll 1", "toll 2"}
    ]
    assert named
    for row, each in named:
        (own,) = (text for text in texts if f"{text} " in f"{each.text} ")
        said = shares(answers_to([Example(text=own, target=each.target)]))
        assert lesson.wanted[row] == pytest.approx(said[0], abs=1e-6)


def test_of_the_other_corpora_labels_and_the_released_models_answers_are_learned(
    lesson: Lesson,
) -> None:
    rows = [row for row, each in enumerate(lesson.examples) if each.corpus == "cats"]
    assert len(rows) == len(OTHERS)
    order = TASKS["stance"][0].outputs
    assert lesson.wanted[rows[0]][order.index("against")] == pytest.approx(0.5, abs=0.01)
    assert lesson.wanted[rows[0]][order.index("favor")] == pytest.approx(0.5, abs=0.01)


def test_sentences_of_our_own_stand_twice_and_mean_what_they_say(lesson: Lesson) -> None:
    rows = [row for row, each in enumerate(lesson.examples) if each.corpus == OWN_SENTENCES]
    assert Counter(lesson.examples[row].text for row in rows) == {each.text: 2 for each in OURS}
    favor = TASKS["stance"][0].outputs.index("favor")
    assert lesson.wanted[rows].argmax(axis=1).tolist() == [favor] * len(rows)
    assert lesson.wanted[rows].max(axis=1).tolist() == [1.0] * len(rows)


def test_a_target_put_otherwise_is_answered_as_the_phrase_or_the_other_way_round(
    lesson: Lesson,
) -> None:
    phrases = {each.target for each in TAUGHT}
    found = {"same": 0, "swapped": 0}
    for row, each in enumerate(lesson.examples):
        held = [phrase for phrase in phrases if str(phrase) in str(each.target).lower()]
        if each.text not in {taught.text for taught in TAUGHT} or each.target in phrases:
            continue
        (own,) = held
        (said,) = shares(answers_to([Example(text=each.text, target=own)]))
        same = lesson.wanted[row] == pytest.approx(said, abs=1e-6)
        assert same or lesson.wanted[row] == pytest.approx(said[[1, 0, 2]], abs=1e-6)
        found["same" if same else "swapped"] += 1
    assert found["same"] > found["swapped"] > 0
