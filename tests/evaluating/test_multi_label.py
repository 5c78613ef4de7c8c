import json
from itertools import pairwise

import numpy as np
import pytest
from sklearn.metrics import average_precision_score, f1_score, roc_auc_score

from classifier.evaluating import Bootstrap, TaskComparison, compare_multi
from classifier.evaluating.metrics import FloatArray

LABELS = ("toxicity", "insult", "threat")
UNKNOWN = np.nan


def compared(
    gold: FloatArray,
    first: FloatArray,
    second: FloatArray | None = None,
    *,
    threshold: float = 0.5,
    resamples: int = 50,
) -> TaskComparison:
    return compare_multi(
        "incivility",
        gold,
        first,
        first if second is None else second,
        LABELS,
        transformer_thresholds=dict.fromkeys(LABELS, threshold),
        baseline_thresholds=dict.fromkeys(LABELS, 0.5),
        bootstrap=Bootstrap(resamples=resamples),
    )


def some_answers(n: int) -> tuple[FloatArray, FloatArray, FloatArray]:
    generator = np.random.default_rng(5)
    gold = (generator.random((n, 3)) < 0.3).astype(float)
    good = np.clip(0.35 + 0.3 * gold + generator.normal(0, 0.2, gold.shape), 0, 1)
    poor = np.clip(0.35 + 0.1 * gold + generator.normal(0, 0.2, gold.shape), 0, 1)
    return gold, good, poor


def test_figures_of_each_label_agree_with_scikit_learn_where_the_label_is_known() -> None:
    gold, good, poor = some_answers(120)
    gold[:40, 1] = UNKNOWN
    found = compared(gold, good, poor, threshold=0.4).to_json()
    for family, probabilities, threshold in (
        ("transformer", good, 0.4),
        ("baseline", poor, 0.5),
    ):
        for column, label in enumerate(LABELS):
            known = ~np.isnan(gold[:, column])
            true, given = gold[known, column], probabilities[known, column]
            figures = found[family]["labels"][label]
            assert figures["auc"] == pytest.approx(roc_auc_score(true, given))
            assert figures["average_precision"] == pytest.approx(
                average_precision_score(true, given)
            )
            assert figures["f1"] == pytest.approx(f1_score(true, given >= threshold))
            assert figures["macro_f1"] == pytest.approx(
                f1_score(true, given >= threshold, average="macro")
            )
            assert figures["n"] == known.sum()
            assert figures["n_positive"] == true.sum()
            assert figures["threshold"] == threshold
            assert 0 <= figures["ece"] <= 1
            low, high = figures["intervals"]["auc"]
            assert low < figures["auc"] < high


def test_the_mean_area_is_over_the_labels() -> None:
    gold, good, _ = some_answers(80)
    found = compared(gold, good).to_json()["transformer"]
    assert found["mean_auc"] == pytest.approx(
        np.mean([found["labels"][label]["auc"] for label in LABELS])
    )
    low, high = found["intervals"]["mean_auc"]
    assert low < found["mean_auc"] < high


def test_a_label_unknown_of_all_examples_is_left_out() -> None:
    gold, good, _ = some_answers(30)
    gold[:, 2] = UNKNOWN
    found = compared(gold, good).to_json()
    for part in ("transformer", "baseline", "majority", "difference"):
        assert set(found[part]["labels"]) == {"toxicity", "insult"}


@pytest.mark.parametrize("only", [0.0, 1.0])
def test_a_label_of_one_class_is_shown_without_area(only: float) -> None:
    gold, good, _ = some_answers(30)
    gold[:, 2] = only
    found = json.loads(json.dumps(compared(gold, good).to_json(), allow_nan=False))
    figures = found["transformer"]["labels"]["threat"]
    assert figures["auc"] is None
    assert figures["average_precision"] is None
    assert figures["n_positive"] == 30 * only
    assert found["difference"]["labels"]["threat"]["auc"] is None
    assert found["transformer"]["mean_auc"] == pytest.approx(
        np.mean([found["transformer"]["labels"][label]["auc"] for label in LABELS[:2]])
    )


def test_a_file_of_one_example_is_measured() -> None:
    found = compared(np.array([[1.0, UNKNOWN, 0.0]]), np.array([[0.9, 0.1, 0.1]])).to_json()
    assert found["n"] == 1
    assert found["transformer"]["mean_auc"] is None
    assert found["transformer"]["labels"]["toxicity"]["f1"] == 1.0


def test_a_share_of_raters_holds_from_one_half_on() -> None:
    gold = np.array([[0.5, 0.49, UNKNOWN], [0.0, 0.6, UNKNOWN]])
    found = compared(gold, np.full((2, 3), 0.7)).to_json()["transformer"]["labels"]
    assert found["toxicity"]["n_positive"] == 1
    assert found["insult"]["n_positive"] == 1


def test_the_majority_answer_is_no_label_where_it_is_rare_and_the_label_where_it_is_common() -> (
    None
):
    gold = np.array([[1.0, 0.0, UNKNOWN]] * 3 + [[0.0, 1.0, UNKNOWN]])
    found = compared(gold, np.full((4, 3), 0.7)).to_json()["majority"]["labels"]
    assert found["toxicity"]["f1"] == pytest.approx(f1_score([1, 1, 1, 0], [1, 1, 1, 1]))
    assert found["insult"]["f1"] == 0.0
    assert found["insult"]["accuracy"] == 0.75


def test_differences_are_transformer_minus_baseline_on_the_same_resamples() -> None:
    gold, good, poor = some_answers(300)
    found = compared(gold, good, poor, resamples=200).to_json()
    for label in LABELS:
        difference = found["difference"]["labels"][label]
        expected = (
            found["transformer"]["labels"][label]["auc"] - found["baseline"]["labels"][label]["auc"]
        )
        assert difference["auc"] == pytest.approx(expected)
        assert difference["intervals"]["auc"][0] > 0
        assert difference["p_values"]["auc"] < 0.05
    same = compared(gold, good).to_json()["difference"]["labels"]["insult"]
    assert same["intervals"]["auc"] == (0, 0)
    assert same["p_values"]["auc"] == 1.0


def test_a_higher_threshold_never_gives_a_label_to_more_examples() -> None:
    gold, good, _ = some_answers(100)
    recalls = [
        compared(gold, good, threshold=threshold).transformer.labels["insult"].measures["recall"]
        for threshold in (0.0, 0.3, 0.6, 1.1)
    ]
    values = [recall.value for recall in recalls]
    assert values[0] == 1.0
    assert values[-1] == 0.0
    assert all(a is not None and b is not None and a >= b for a, b in pairwise(values))


def test_what_is_neither_given_nor_denied_leaves_the_accuracy_of_the_rest() -> None:
    gold = np.array([[1.0], [1.0], [0.0], [0.0]])
    answers = np.array([[0.9], [0.4], [0.4], [0.1]])
    found = compare_multi(
        "incivility",
        gold,
        answers,
        answers,
        ("toxicity",),
        transformer_thresholds={"toxicity": 0.5},
        baseline_thresholds={"toxicity": 0.5},
        transformer_doubts={"toxicity": 0.3},
        bootstrap=Bootstrap(resamples=20),
    ).to_json()
    ours = found["transformer"]["labels"]["toxicity"]
    assert (ours["accuracy"], ours["answered"], ours["answered_accuracy"]) == (0.75, 0.5, 1.0)
    assert found["baseline"]["labels"]["toxicity"]["answered"] == 1.0
