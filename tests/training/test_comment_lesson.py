"""What a model of comments is to answer beside a teacher."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from training.own_corpora import learn_only_from
from training.tiny_encoder import arguments, save_wordpieces

from classifier.examples import Example
from classifier.labelling.calibration import FloatArray
from classifier.tasks import TASKS, columns_of
from classifier.thread import INCIVILITIES
from classifier.training.comment_lesson import what_a_teacher_says_of_comments
from classifier.training.corpora import Corpus
from classifier.training.further import train_further
from classifier.training.lessons import Lesson

TEACHER, RELEASED, OF_SENTIMENT, SHARE = 0.9, 0.2, 0.7, 0.25
HARMLESS = [
    Example(text=f"toll {number}", labels=dict.fromkeys(INCIVILITIES, 0.0), corpus="wiki")
    for number in range(12)
]
INSULTS = [
    Example(text=f"rotten {number}", labels={"toxicity": 1.0}, corpus="forum")
    for number in range(6)
]
CALM = Example(text="a calm bridge", labels={"toxicity": 0.0}, corpus="forum")
GLAD = Example(text="good good", label="positive", corpus="moods")
FELT_ELSEWHERE = Example(text="good bridge", label="positive", corpus="other moods")
LONG = Example(text="  ".join(["awful", *["bridge"] * 60]), labels={"insult": 1.0}, corpus="forum")
OURS = [
    Example(text=f"my {number}", labels=dict.fromkeys(INCIVILITIES, 0.0), corpus="own sentences")
    for number in range(9)
]
WORDS_SHOWN = 20
OUTPUTS = [output for task in TASKS["comment"] for output in task.outputs]
MODELS = Path(__file__).parents[2] / "models"


@pytest.fixture
def asked() -> list[Example]:
    return []


@pytest.fixture
def sentiment_teacher() -> str | None:
    return None


@pytest.fixture
def lesson(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    asked: list[Example],
    sentiment_teacher: str | None,
) -> Lesson:
    save_wordpieces(["awful", "bridge"], tmp_path)
    module = "classifier.training.comment_lesson"
    width = sum(len(task.outputs) for task in TASKS["comment"])

    def feeling(examples: Sequence[Example], share: float) -> FloatArray:
        given = np.zeros((len(examples), width))
        first = columns_of(TASKS["comment"])["sentiment"].start
        # Against three other outputs.
        given[:, first] = np.log(3 * share / (1 - share))
        return given

    def teacher_answers(teacher: str, examples: Sequence[Example], **_: object) -> FloatArray:
        if teacher == sentiment_teacher:
            return feeling(examples, OF_SENTIMENT)
        asked.extend(examples)
        return np.full((len(examples), width), np.log(TEACHER / (1 - TEACHER)))

    def said_by(_: Path, examples: Sequence[Example], **__: object) -> FloatArray:
        return feeling(examples, RELEASED)

    monkeypatch.setattr(f"{module}.teacher_answers", teacher_answers)
    monkeypatch.setattr(f"{module}.said_by", said_by)
    taught = {"moody": {"moods"}, "large": {"wiki", "forum"}}
    monkeypatch.setattr(f"{module}.taught_corpora", taught.__getitem__)
    monkeypatch.setattr(f"{module}._ONE_NAMED_OF", 2)
    monkeypatch.setattr("classifier.training.mixture._MOST_HARMLESS", 5)
    return what_a_teacher_says_of_comments(
        "comment",
        [*HARMLESS, *INSULTS * 4, CALM, GLAD, FELT_ELSEWHERE, LONG, *OURS],
        teacher="large",
        sentiment_teacher=sentiment_teacher,
        released=tmp_path,
        folder=tmp_path,
        arguments=arguments(tmp_path, max_tokens=WORDS_SHOWN, teacher_share=SHARE),
    )


def wanted(lesson: Lesson, example: Example) -> dict[str, float]:
    row = next(row for row, each in enumerate(lesson.examples) if each.text == example.text)
    return dict(zip(OUTPUTS, lesson.wanted[row].tolist(), strict=True))


def test_a_label_is_mixed_with_the_teachers_answer_and_an_unknown_kind_is_its_answer(
    lesson: Lesson,
) -> None:
    insult, calm = wanted(lesson, INSULTS[0]), wanted(lesson, CALM)
    assert insult["toxicity"] == pytest.approx(1 - SHARE + SHARE * TEACHER)
    assert calm["toxicity"] == pytest.approx(SHARE * TEACHER)
    unknown = [insult[kind] for kind in INCIVILITIES if kind != "toxicity"]
    assert unknown == pytest.approx([TEACHER] * len(unknown))


def test_a_label_that_the_teacher_did_not_learn_stands_alone(lesson: Lesson) -> None:
    assert {wanted(lesson, OURS[0])[kind] for kind in INCIVILITIES} == {0.0}
    assert wanted(lesson, GLAD)["insult"] == pytest.approx(TEACHER)


def test_of_sentiment_it_keeps_what_the_released_model_says(lesson: Lesson) -> None:
    glad, calm = wanted(lesson, GLAD), wanted(lesson, CALM)
    first = TASKS["comment"][1].outputs[0]
    assert calm[first] == pytest.approx(RELEASED)
    kept = RELEASED if first == "positive" else (1 - RELEASED) / 3
    assert glad["positive"] == pytest.approx(1 - SHARE + SHARE * kept)


@pytest.mark.parametrize("sentiment_teacher", ["moody"])
def test_a_teacher_of_sentiment_answers_to_the_corpora_that_it_learned(lesson: Lesson) -> None:
    first = TASKS["comment"][1].outputs[0]

    def positive(share: float) -> float:
        kept = share if first == "positive" else (1 - share) / 3
        return 1 - SHARE + SHARE * kept

    assert wanted(lesson, GLAD)["positive"] == pytest.approx(positive(OF_SENTIMENT))
    assert wanted(lesson, FELT_ELSEWHERE)["positive"] == 1.0
    assert wanted(lesson, CALM)[first] == pytest.approx(RELEASED)
    assert wanted(lesson, INSULTS[0])["threat"] == pytest.approx(TEACHER)


def test_what_repeats_or_is_ours_is_shown_more_often_and_the_harmless_are_a_sample(
    lesson: Lesson,
) -> None:
    shown = Counter(each.text for each in lesson.examples)
    assert {shown[each.text] for each in OURS} == {3}
    assert {shown[each.text] for each in (*INSULTS, GLAD)} == {2}
    assert shown[CALM.text] == 1
    assert sum(shown[each.text] for each in HARMLESS) == 5


def test_who_is_named_changes_no_answer(lesson: Lesson) -> None:
    plain = (*INSULTS, CALM, GLAD, FELT_ELSEWHERE, *HARMLESS, *OURS)
    texts = {each.text for each in plain}
    named = [
        (row, next(each for each in plain if each.text in example.text))
        for row, example in enumerate(lesson.examples)
        if example.text not in texts and not example.text.startswith("awful")
    ]
    assert len(named) >= 5
    for row, example in named:
        answers = dict(zip(OUTPUTS, lesson.wanted[row].tolist(), strict=True))
        assert answers == pytest.approx(wanted(lesson, example))


def test_a_long_comment_is_asked_about_as_far_as_it_is_shown(
    lesson: Lesson, asked: list[Example]
) -> None:
    expected = "  ".join(["awful", *["bridge"] * (WORDS_SHOWN - 1)])
    assert [each.text for each in asked if each.text.startswith("awful")] == [expected]
    assert expected in {each.text for each in lesson.examples}


class ShownError(Exception):
    """Ends a stage at what it shows the model."""


def test_a_released_model_of_comments_is_shown_this_with_a_teacher(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    corpus = Corpus(
        model="comment", read=lambda _, part: INSULTS if part == "train" else [CALM, GLAD]
    )
    learn_only_from({"forum": corpus}, model="comment", monkeypatch=monkeypatch)
    shown: list[tuple[Sequence[Example], FloatArray]] = []

    def fit(examples: Sequence[Example], *, wanted: FloatArray, **_: object) -> Path:
        shown.append((examples, wanted))
        raise ShownError

    monkeypatch.setattr("classifier.training.further.fit", fit)
    monkeypatch.setattr(
        "classifier.training.comment_lesson.teacher_answers",
        lambda _, examples, **__: np.full((len(examples), 10), 9.0),
    )
    monkeypatch.setattr("classifier.training.comment_lesson.taught_corpora", lambda _: frozenset())
    with pytest.raises(ShownError):
        train_further(
            "comment",
            released=MODELS / "comment",
            corpora=tmp_path,
            output=tmp_path / "models",
            runs=tmp_path / "runs",
            teacher="large",
        )
    ((examples, wanted),) = shown
    assert {each.text for each in examples} == {each.text for each in INSULTS}
    kinds = columns_of(TASKS["comment"])["incivility"]
    assert wanted[:, kinds] == pytest.approx(np.ones((len(examples), 6)), abs=0.01)
