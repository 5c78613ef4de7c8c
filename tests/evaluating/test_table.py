import io
import re

import numpy as np
from rich.console import Console

from classifier.evaluating import Bootstrap, TaskComparison, compare_multi, compare_single
from classifier.evaluating.table import comparison_table
from classifier.thread import STANCES


def printed(comparison: TaskComparison) -> str:
    console = Console(file=io.StringIO(), width=160)
    console.print(comparison_table(comparison))
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def cells(line: str) -> list[str]:
    return re.split(r" {2,}", line.strip())


def test_a_single_label_table_sets_transformer_beside_baseline_and_majority() -> None:
    gold = ["favor", "favor", "against", "against", "against"]
    sure = np.array([[0.9, 0.05, 0.05]] * 2 + [[0.05, 0.9, 0.05]] * 3)
    never = np.array([[0.0, 0.0, 1.0]] * 5)
    comparison = compare_single(
        "stance", gold, sure, never, STANCES, bootstrap=Bootstrap(resamples=20), test_set="five"
    )
    lines = printed(comparison).splitlines()
    assert "stance · five · n = 5" in lines[0]
    (accuracy,) = (cells(line) for line in lines if "accuracy" in line)
    assert accuracy == [
        "accuracy",
        "1.000 [1.000, 1.000]",
        "0.000 [0.000, 0.000]",
        "0.600",
        "+1.000 [+1.000, +1.000]",
        "0.062",
    ]
    assert any("against 3" in line for line in lines)
    assert not any("neutral" in line for line in lines)


def test_a_multi_label_table_shows_a_dash_where_there_is_one_class_only() -> None:
    gold = np.array([[1.0, 0.0], [0.0, 0.0], [1.0, 0.0]])
    given = np.array([[0.9, 0.1], [0.2, 0.1], [0.8, 0.1]])
    comparison = compare_multi(
        "incivility",
        gold,
        given,
        given,
        ("insult", "threat"),
        transformer_thresholds={"insult": 0.5, "threat": 0.5},
        baseline_thresholds={"insult": 0.5, "threat": 0.5},
        bootstrap=Bootstrap(resamples=20),
    )
    lines = printed(comparison).splitlines()
    assert any("insult 2 of 3" in line for line in lines)
    areas = [cells(line)[1] for line in lines if cells(line)[:1] == ["AUC"]]
    assert areas == ["1.000 [1.000, 1.000]", "-"]
