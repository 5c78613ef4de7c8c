"""What a short stage shows a model, and what it is to answer."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from training.tiny_encoder import arguments

from classifier.examples import Example
from classifier.labelling.calibration import FloatArray
from classifier.tasks import TASKS, columns_of
from classifier.training.lessons import Lesson
from classifier.training.own_examples import CORPUS as OWN_SENTENCES
from classifier.training.own_lesson import what_we_wrote

OURS = [
    *(Example(text=f"you fool {number}", labels={"insult": 1.0}) for number in range(15)),
    *(Example(text=f"what a joy {number}", label="positive") for number in range(15)),
]
OTHERS = [
    *(Example(text=f"what an idiot {number}", labels={"insult": 1.0}) for number in range(20)),
    *(
        Example(text=f"the ferry leaves at {number}", labels={"insult": 0.0})
        for number in range(20)
    ),
]
EVERYTHING = [
    *(Example(text=e.text, label=e.label, labels=e.labels, corpus=OWN_SENTENCES) for e in OURS),
    *(Example(text=e.text, labels=e.labels, corpus="jigsaw") for e in OTHERS),
]
TASK = TASKS["comment"]
COLUMNS = columns_of(TASK)
ANSWER = 0.25


def answers_to(_: Path, examples: Sequence[Example], **__: object) -> FloatArray:
    """Return the same answer to everything: a quarter of each kind, and feelings evenly."""
    width = sum(len(task.outputs) for task in TASK)
    row = np.zeros(width)
    row[COLUMNS["incivility"]] = np.log(ANSWER / (1 - ANSWER))
    return np.tile(row, (len(examples), 1))


@pytest.fixture
def lesson(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Lesson:
    monkeypatch.setattr("classifier.training.own_lesson.said_by", answers_to)
    return what_we_wrote(
        "comment",
        EVERYTHING,
        released=tmp_path,
        folder=tmp_path,
        arguments=arguments(tmp_path),
    )


def insult_of(lesson: Lesson, text: str) -> set[float]:
    outputs = next(task for task in TASK if task.name == "incivility").outputs
    column = COLUMNS["incivility"].start + outputs.index("insult")
    rows = [row for row, each in enumerate(lesson.examples) if each.text == text]
    return set(lesson.wanted[rows, column].round(3).tolist())


def test_our_sentences_stand_twice_and_the_others_once(lesson: Lesson) -> None:
    shown = Counter(each.text for each in lesson.examples)
    assert {shown[each.text] for each in OURS} == {2}
    assert {shown[each.text] for each in OTHERS} == {1}


def test_of_our_threads_and_of_the_others_as_many_are_taken_as_was_set(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("classifier.training.own_lesson.said_by", answers_to)
    monkeypatch.setattr("classifier.training.own_lesson._OWN_THREADS", {"comment": 4})
    monkeypatch.setattr("classifier.training.own_lesson._OTHERS", {"comment": 7})
    threads = [
        Example(text=f"the mayor is late {number}", labels={"insult": 0.0}, corpus="own threads")
        for number in range(9)
    ]
    lesson = what_we_wrote(
        "comment",
        [*EVERYTHING, *threads],
        released=tmp_path,
        folder=tmp_path,
        arguments=arguments(tmp_path),
    )
    plain = {each.text for each in (*EVERYTHING, *threads)}
    shown = Counter(each.corpus for each in lesson.examples if each.text in plain)
    assert shown == {OWN_SENTENCES: 2 * len(OURS), "own threads": 4, "jigsaw": 7}


def test_our_sentences_mean_what_they_say_and_the_others_a_part_of_it(
    lesson: Lesson, tmp_path: Path
) -> None:
    share = arguments(tmp_path).teacher_share
    assert insult_of(lesson, "you fool 3") == {1.0}
    assert insult_of(lesson, "what an idiot 3") == {round(1 - share + share * ANSWER, 3)}


def test_what_a_sentence_says_nothing_of_is_answered_as_before(lesson: Lesson) -> None:
    assert insult_of(lesson, "what a joy 3") == {ANSWER}
    assert not np.isnan(lesson.wanted).any()


def test_a_masked_word_is_answered_as_the_plain_one(lesson: Lesson) -> None:
    plain = {each.text for each in EVERYTHING}
    masked = [each for each in lesson.examples if each.text not in plain]
    harsh = [each for each in masked if each.labels.get("insult") == 1.0]
    assert len({each.text for each in harsh if each.corpus == "jigsaw"}) >= 20
    assert [each for each in masked if each.labels.get("insult") == 0.0]
    for each in harsh:
        (source,) = {
            *insult_of(lesson, "what an idiot 3" if each.corpus == "jigsaw" else "you fool 3")
        }
        assert insult_of(lesson, each.text) == {source}
