import json
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import accuracy_score, f1_score, recall_score

from classifier.evaluating import Bootstrap, TaskComparison, compare_single
from classifier.evaluating.metrics import FloatArray
from classifier.thread import SENTIMENTS, STANCES

answers = st.lists(st.tuples(*[st.sampled_from(STANCES)] * 3), min_size=1, max_size=60)


def probabilities(given_labels: Sequence[str], *, labels: Sequence[str] = STANCES) -> FloatArray:
    """Probability .8 for the label given, the rest shared by the others."""
    rest = 0.2 / (len(labels) - 1)
    return np.array([[0.8 if label == each else rest for label in labels] for each in given_labels])


def compared(
    gold: Sequence[str], first: Sequence[str], second: Sequence[str], *, resamples: int = 50
) -> TaskComparison:
    return compare_single(
        "stance",
        gold,
        probabilities(first),
        probabilities(second),
        STANCES,
        bootstrap=Bootstrap(resamples=resamples),
    )


@given(answers)
def test_figures_agree_with_scikit_learn(triples: list[tuple[str, str, str]]) -> None:
    gold, first, second = (list(each) for each in zip(*triples, strict=True))
    found = compared(gold, first, second).to_json()
    present = [label for label in STANCES if label in gold]
    for given_labels, figures in ((first, found["transformer"]), (second, found["baseline"])):
        assert figures["macro_f1"] == pytest.approx(
            f1_score(gold, given_labels, labels=present, average="macro", zero_division=0.0)
        )
        assert figures["macro_recall"] == pytest.approx(
            recall_score(gold, given_labels, labels=present, average="macro", zero_division=0.0)
        )
        assert figures["accuracy"] == pytest.approx(accuracy_score(gold, given_labels))
        assert figures["favor_against_f1"] == pytest.approx(
            f1_score(
                gold, given_labels, labels=["favor", "against"], average="macro", zero_division=0.0
            )
        )
        assert list(figures["per_label"]) == present
    for name in ("macro_f1", "accuracy"):
        assert found["difference"][name] == pytest.approx(
            found["transformer"][name] - found["baseline"][name]
        )


def test_the_record_has_the_published_layout() -> None:
    gold = ["favor", "against", "against", "neutral"]
    found = json.loads(json.dumps(compared(gold, gold, ["favor"] * 4).to_json()))
    assert found["task"] == "stance"
    assert found["n"] == 4
    for family in ("transformer", "baseline", "majority"):
        assert {"macro_f1", "accuracy", "per_label"} <= found[family].keys()
        assert set(found[family]["per_label"]) == set(STANCES)
        for figures in found[family]["per_label"].values():
            assert set(figures) == {"precision", "recall", "f1", "support"}
    assert found["transformer"]["ece"] == pytest.approx(0.2)
    assert found["transformer"]["per_label"]["against"] == {
        "precision": 1.0,
        "recall": 1.0,
        "f1": 1.0,
        "support": 2,
    }
    low, high = found["baseline"]["intervals"]["accuracy"]
    assert 0 <= low <= found["baseline"]["accuracy"] <= high <= 1
    assert found["difference"]["accuracy"] == pytest.approx(0.75)
    assert {"macro_f1", "accuracy"} <= found["difference"]["p_values"].keys()


def test_the_majority_class_is_the_most_frequent_true_label() -> None:
    found = compared(["against"] * 3 + ["favor"], ["favor"] * 4, ["favor"] * 4).to_json()
    assert found["majority"]["accuracy"] == 0.75
    assert found["majority"]["macro_f1"] == pytest.approx((6 / 7 + 0) / 2)


def test_a_label_that_the_examples_lack_is_left_out_but_giving_it_is_an_error() -> None:
    found = compared(["favor", "against"], ["favor", "neutral"], ["favor", "against"]).to_json()
    assert set(found["transformer"]["per_label"]) == {"favor", "against"}
    assert found["transformer"]["accuracy"] == 0.5
    assert found["transformer"]["macro_f1"] == 0.5
    assert found["baseline"]["macro_f1"] == 1.0


def test_a_resample_without_a_label_is_measured_on_those_it_has() -> None:
    gold = ["favor"] * 9 + ["against"]
    found = compared(gold, gold, gold, resamples=200).transformer.measures
    assert found["macro_f1"].interval == (1.0, 1.0)
    assert found["macro_recall"].interval == (1.0, 1.0)


def test_accuracies_are_tested_with_mcnemar() -> None:
    gold = ["favor"] * 20
    first = ["favor"] * 19 + ["against"]
    second = ["favor"] * 10 + ["against"] * 9 + ["favor"]
    found = compared(gold, first, second)
    assert found.difference.measures["accuracy"].p_value == pytest.approx(22 / 1024)


def test_models_that_answer_alike_do_not_differ() -> None:
    gold = ["favor", "against", "neutral"] * 10
    given_labels = ["favor", "neutral", "neutral"] * 10
    found = compared(gold, given_labels, given_labels).difference.measures
    assert found["macro_f1"].value == 0
    assert found["macro_f1"].interval == (0, 0)
    assert found["macro_f1"].p_value == 1
    assert found["accuracy"].p_value == 1


def test_a_better_model_on_many_examples_is_significantly_better() -> None:
    gold = ["favor", "against", "neutral"] * 100
    worse = ["favor", "against", "favor"] * 50 + gold[150:]
    measure = compared(gold, gold, worse, resamples=500).difference.measures["macro_f1"]
    assert measure.interval is not None
    assert measure.interval[0] > 0
    assert measure.p_value is not None
    assert measure.p_value < 0.01


def test_another_tasks_figures_hold_no_stance_measure() -> None:
    gold = ["positive", "negative"]
    given_labels = probabilities(gold, labels=SENTIMENTS)
    found = compare_single("sentiment", gold, given_labels, given_labels, SENTIMENTS).to_json()
    assert "favor_against_f1" not in found["transformer"]
    assert found["transformer"]["macro_f1"] == 1.0


def test_answers_that_are_withheld_leave_the_accuracy_of_the_others() -> None:
    sure, doubtful = [0.8, 0.1, 0.1], [0.4, 0.35, 0.25]
    found = compare_single(
        "stance",
        ["favor", "favor", "favor", "against", "neutral"],
        np.array([sure, sure, sure, doubtful, doubtful]),
        np.array([doubtful] * 5),
        STANCES,
        transformer_least=0.5,
        bootstrap=Bootstrap(resamples=20),
    ).to_json()
    assert found["transformer"]["accuracy"] == pytest.approx(3 / 5)
    assert found["transformer"]["answered"] == pytest.approx(3 / 5)
    assert found["transformer"]["answered_accuracy"] == 1.0
    assert found["baseline"]["answered"] == 1.0
