from collections.abc import Sequence

import numpy as np
import pytest

from classifier.errors import InputError
from classifier.evaluating import Bootstrap, evaluate
from classifier.evaluating.evaluation import examples_to_answer
from classifier.evaluating.metrics import FloatArray
from classifier.examples import Example
from classifier.labelling.calibration import Family, TaskCalibration
from classifier.tasks import TaskName
from classifier.thread import INCIVILITIES, SENTIMENTS, STANCES, TargetKind


class WordsThatTell:
    """Answers by a word in the text; the baseline never sees the text."""

    def __init__(self, *tasks: TaskName) -> None:
        self.tasks = tasks
        self.asked: list[tuple[str, ...]] = []
        self.kinds: list[TargetKind | None] = []

    def labels(self, name: TaskName) -> tuple[str, ...]:
        known: dict[TaskName, tuple[str, ...]] = {
            "stance": STANCES,
            "sentiment": SENTIMENTS,
            "incivility": INCIVILITIES,
        }
        return known[name]

    def outputs(self, name: TaskName) -> tuple[str, ...]:
        return (*self.labels(name), "ambiguous") if name == "sentiment" else self.labels(name)

    def reading(self, name: TaskName, *, by: Family = "transformer") -> TaskCalibration:
        size = len(self.labels(name))
        threshold = (0.5 if by == "transformer" else 0.0,) * size
        plain = (1.0,) * size
        return TaskCalibration(
            scale=plain, bias=plain, thresholds=threshold, uncertain_from=threshold
        )

    def predict_all(
        self,
        texts: Sequence[str],
        targets: Sequence[str] | None = None,
        *,
        kinds: Sequence[TargetKind | None] | None = None,
        by: Family = "transformer",
        unreported: bool = False,
    ) -> dict[TaskName, FloatArray]:
        pairs = zip(texts, targets or [""] * len(texts), strict=True)
        seen = [f"{text} {target}" if by == "transformer" else "" for text, target in pairs]
        self.asked.append(tuple(seen))
        self.kinds += kinds or ()
        return {
            task: self._probabilities(
                self.outputs(task) if unreported else self.labels(task), task, seen
            )
            for task in self.tasks
        }

    def _probabilities(
        self, labels: tuple[str, ...], task: TaskName, seen: Sequence[str]
    ) -> FloatArray:
        powers = np.array([[9.0 if label in text else 1.0 for label in labels] for text in seen])
        return powers / (10.0 if task == "incivility" else powers.sum(axis=1, keepdims=True))


class NeutralFirst(WordsThatTell):
    """Holds every text for neutral, and for what it says second."""

    def _probabilities(
        self, labels: tuple[str, ...], task: TaskName, seen: Sequence[str]
    ) -> FloatArray:
        told = super()._probabilities(labels, task, seen)
        told[:, labels.index("neutral")] += 1.0
        return np.asarray(told / told.sum(axis=1, keepdims=True))


FEW = Bootstrap(resamples=20)


def test_stance_is_asked_towards_each_examples_target() -> None:
    model = WordsThatTell("stance")
    examples = [
        Example(text="yes", target="what I favor", target_kind="article", label="favor"),
        Example(text="no", target="what I am against", label="against"),
    ]
    (found,) = evaluate(model, examples, bootstrap=FEW)
    assert found.task == "stance"
    assert found.transformer.measures["accuracy"].value == 1.0
    assert found.baseline.measures["accuracy"].value == 0.5
    assert model.asked[0] == ("yes what I favor", "no what I am against")
    assert model.kinds[:2] == ["article", None]


def test_one_file_may_serve_several_tasks_and_each_is_measured_on_its_own_examples() -> None:
    model = WordsThatTell("incivility", "sentiment")
    examples = [
        Example(text="a threat", labels={"threat": 1.0, "insult": 0.0}),
        Example(text="positive", label="positive"),
        Example(text="negative insult", label="negative", labels={"insult": 1.0, "threat": 0.0}),
        Example(text="is asked towards a target", target="it", label="favor"),
    ]
    incivility, sentiment = evaluate(model, examples, bootstrap=FEW)
    assert (incivility.task, incivility.n) == ("incivility", 2)
    assert set(incivility.transformer.labels) == {"insult", "threat"}
    assert incivility.transformer.labels["threat"].measures["auc"].value == 1.0
    assert incivility.baseline.labels["threat"].measures["recall"].value == 1.0
    assert (sentiment.task, sentiment.n) == ("sentiment", 2)
    assert sentiment.transformer.measures["accuracy"].value == 1.0


def test_a_label_that_a_task_does_not_report_is_passed_over() -> None:
    examples = [Example(text="hm", label="ambiguous"), Example(text="neutral", label="neutral")]
    (found,) = evaluate(WordsThatTell("sentiment"), examples, bootstrap=FEW)
    assert found.n == 1


def test_a_label_that_is_not_reported_is_measured_where_the_question_allows_it() -> None:
    examples = [Example(text=label, label=label) for label in (*SENTIMENTS, "ambiguous")]
    (found,) = evaluate(
        WordsThatTell("sentiment"), examples, answers=(*SENTIMENTS, "ambiguous"), bootstrap=FEW
    )
    assert found.n == 4
    assert found.transformer.measures["macro_f1"].value == 1.0


def test_where_raters_had_fewer_answers_the_most_probable_of_these_counts() -> None:
    examples = [
        Example(text="favor, rather neutral", target="neutral", label="favor"),
        Example(text="against, rather neutral", target="neutral", label="against"),
    ]
    (free,) = evaluate(NeutralFirst("stance"), examples, bootstrap=FEW)
    (asked,) = evaluate(
        NeutralFirst("stance"), examples, answers=("favor", "against"), bootstrap=FEW
    )
    assert free.transformer.measures["macro_f1"].value == 0.0
    assert asked.transformer.measures["macro_f1"].value == 1.0


def test_the_model_in_full_precision_is_measured_beside_it_on_the_same_examples() -> None:
    examples = [Example(text=label, target="", label=label) for label in STANCES]
    (found,) = evaluate(
        NeutralFirst("stance"), examples, full_precision=WordsThatTell("stance"), bootstrap=FEW
    )
    assert found.transformer.measures["accuracy"].value == pytest.approx(1 / 3)
    assert found.full_precision is not None
    assert found.full_precision.measures["accuracy"].value == 1.0
    assert found.to_json()["full_precision"]["macro_f1"] == 1.0


def test_examples_of_other_tasks_are_refused() -> None:
    with pytest.raises(InputError, match="no example is labelled for stance"):
        evaluate(WordsThatTell("stance"), [Example(text="hm", label="positive")])


def test_many_examples_are_answered_in_order_and_progress_is_told() -> None:
    examples = [
        Example(text=f"{label} {i}", label=label) for i in range(500) for label in SENTIMENTS
    ]
    model = WordsThatTell("sentiment")
    told: list[int] = []
    (found,) = evaluate(model, examples, bootstrap=FEW, advance=told.append)
    assert found.transformer.measures["accuracy"].value == 1.0
    assert sum(told) == examples_to_answer(model, examples) == 3000
    assert len(told) > 2


def test_parts_of_another_name_are_compared_from_the_same_answers() -> None:
    names = {"positive": "day", "negative": "night", "hm": "night"}
    examples = [Example(text=text, label="positive", corpus=name) for text, name in names.items()]
    model = WordsThatTell("sentiment")
    found = evaluate(model, examples, test_set="day", with_parts=True, bootstrap=FEW)
    assert [(each.test_set, each.n) for each in found] == [("day", 3), ("night", 2)]
    accuracies = [each.transformer.measures["accuracy"].value for each in found]
    assert accuracies == [pytest.approx(2 / 3), 0.5]
    assert sum(map(len, model.asked)) == 6
    (whole,) = evaluate(model, examples, test_set="day", bootstrap=FEW)
    assert whole.to_json() == found[0].to_json()


def test_the_same_seed_gives_the_same_figures() -> None:
    examples = [
        Example(text=text, label=label)
        for text in ("positive", "negative")
        for label in SENTIMENTS
        for _ in range(50)
    ]
    first, second, other = (
        evaluate(WordsThatTell("sentiment"), examples, bootstrap=Bootstrap(seed=seed))[0].to_json()
        for seed in (1, 1, 2)
    )
    assert first == second
    assert first["transformer"]["intervals"] != other["transformer"]["intervals"]
