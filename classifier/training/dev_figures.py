"""One figure a dev corpus, by which weights are chosen."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

import numpy as np
from sklearn.metrics import f1_score, roc_auc_score

from classifier.examples import Example
from classifier.labelling.calibration import FloatArray
from classifier.labelling.encoder import RawModel
from classifier.tasks import TASKS, ModelName, Task, columns_of
from classifier.training.targets import target_matrix

_FEWEST = 3


def dev_figures(network: RawModel, dev: Sequence[Example], *, model: ModelName) -> dict[str, float]:
    """Return macro-F1 of exclusive tasks and mean AUC of the others, by corpus and task.

    Parameters
    ----------
    network : RawModel
        Gives raw outputs.
    dev : sequence of Example
        Examples that were not trained on.
    model : {"comment", "stance", "tone"}
        Which model it is.

    Returns
    -------
    dict of str to float
        ``"corpus, task"`` to its figure, 0 to 1. Classes that a corpus never has are left out of
        its macro-F1, and so are labels of fewer than three positive or negative examples. Where a
        corpus has answers that are not reported, ``"corpus, task, all answers"`` counts them too.
    """
    targets = [each.target or "" for each in dev] if model == "stance" else None
    logits = network.logits([each.text for each in dev], targets)
    return figures_of(logits, dev, tasks=TASKS[model])


def figures_of(
    logits: FloatArray, dev: Sequence[Example], *, tasks: tuple[Task, ...]
) -> dict[str, float]:
    """Return what `dev_figures` does, of raw outputs of shape (n_examples, n_outputs)."""
    wanted = target_matrix(dev, tasks).astype(np.float64)
    rows_of: dict[str, list[int]] = defaultdict(list)
    for row, example in enumerate(dev):
        rows_of[str(example.corpus)].append(row)
    figures: dict[str, float] = {}
    for corpus, rows in sorted(rows_of.items()):
        for task in tasks:
            columns = columns_of(tasks)[task.name]
            given, right = logits[rows, columns], wanted[rows, columns]
            name = f"{corpus}, {task.name}"
            measured: dict[str, float | None] = {}
            if task.exclusive:
                size = len(task.labels)
                measured[name] = _macro_f1(given, right, size)
                if np.nansum(right[:, size:]):
                    measured[f"{name}, all answers"] = _macro_f1(given, right, len(task.outputs))
            else:
                measured[name] = _mean_auc(given, right)
            figures |= {
                row: round(figure, 4) for row, figure in measured.items() if figure is not None
            }
    return figures


def mean_figure(figures: Mapping[str, float]) -> float:
    """Return the mean over corpora and tasks, each counting the same."""
    return sum(figures.values()) / len(figures)


def _macro_f1(logits: FloatArray, wanted: FloatArray, size: int) -> float | None:
    known = ~np.isnan(wanted[:, 0])
    right = wanted[known].argmax(axis=1)
    present = np.unique(right[right < size])
    among = np.isin(right, present)
    if len(present) < 2:  # noqa: PLR2004 - one class shows nothing
        return None
    given = present[logits[known][among][:, present].argmax(axis=1)]
    return float(f1_score(right[among], given, labels=present, average="macro"))


def _mean_auc(logits: FloatArray, wanted: FloatArray) -> float | None:
    areas = []
    for column in range(wanted.shape[1]):
        known = ~np.isnan(wanted[:, column])
        held = wanted[known, column] >= 0.5  # noqa: PLR2004 - one half
        if _FEWEST <= held.sum() <= len(held) - _FEWEST:
            areas.append(roc_auc_score(held, logits[known, column]))
    return float(np.mean(areas)) if areas else None
