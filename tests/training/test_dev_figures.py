"""The figures by which weights are chosen: one a corpus and task, answers not reported too."""

import numpy as np
import pytest

from classifier.examples import Example
from classifier.tasks import TASKS, columns_of
from classifier.training.dev_figures import figures_of, mean_figure

TASK = TASKS["comment"]
FEELINGS = TASK[1].outputs
COLUMNS = columns_of(TASK)


def answered(*feelings: str) -> np.ndarray:
    """Return raw outputs that are sure of these feelings, and of no incivility."""
    logits = np.zeros((len(feelings), COLUMNS["sentiment"].stop))
    for row, feeling in enumerate(feelings):
        logits[row, COLUMNS["sentiment"].start + FEELINGS.index(feeling)] = 5.0
    return logits


def felt(*feelings: str, corpus: str = "moods") -> list[Example]:
    return [Example(text=str(row), label=each, corpus=corpus) for row, each in enumerate(feelings)]


def test_an_answer_that_is_not_reported_counts_in_a_row_of_its_own() -> None:
    dev = felt("positive", "negative", "ambiguous", "ambiguous")
    figures = figures_of(answered("positive", "negative", "ambiguous", "negative"), dev, tasks=TASK)
    # Of the reported alone both are right; of three answers one is right once in two.
    assert figures == {
        "moods, sentiment": 1.0,
        "moods, sentiment, all answers": pytest.approx((1 + 2 / 3 + 2 / 3) / 3, abs=1e-4),
    }


def test_a_corpus_that_has_reported_answers_alone_has_one_row_of_a_task() -> None:
    dev = felt("positive", "negative", "neutral")
    figures = figures_of(answered("positive", "ambiguous", "neutral"), dev, tasks=TASK)
    assert [*figures] == ["moods, sentiment"]


def test_every_corpus_and_task_counts_the_same() -> None:
    insults = [
        Example(text=str(row), labels={"insult": float(row < 3)}, corpus="forum")
        for row in range(6)
    ]
    dev = [*insults, *felt("positive", "negative")]
    logits = np.concatenate([answered(*["neutral"] * 6), answered("positive", "negative")])
    column = COLUMNS["incivility"].start + TASK[0].outputs.index("insult")
    logits[:6, column] = [5, 4, 1, 2, 0, -1]
    figures = figures_of(logits, dev, tasks=TASK)
    assert figures == {
        "forum, incivility": pytest.approx(8 / 9, abs=1e-4),
        "moods, sentiment": 1.0,
    }
    assert mean_figure(figures) == pytest.approx((8 / 9 + 1) / 2, abs=1e-4)
