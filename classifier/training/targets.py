"""Turn labelled examples into the numbers a model is fitted to."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from classifier.examples import Example
from classifier.tasks import Task, columns_of


def target_matrix(examples: Sequence[Example], tasks: tuple[Task, ...]) -> NDArray[np.float32]:
    """Return what each output should be for each example, not-a-number where unknown.

    Parameters
    ----------
    examples : sequence of Example
        Labelled records.
    tasks : tuple of Task
        The model's tasks, in the order of its outputs.

    Returns
    -------
    array of shape (n_examples, n_outputs)
        Between 0 and 1. All columns of an exclusive task are known or none is.
    """
    columns = columns_of(tasks)
    width = sum(len(task.outputs) for task in tasks)
    matrix = np.full((len(examples), width), np.nan, dtype=np.float32)
    for row, example in zip(matrix, examples, strict=True):
        for task in tasks:
            values = row[columns[task.name]]
            if task.exclusive and example.label in task.outputs:
                values[:] = 0.0
                values[task.outputs.index(example.label)] = 1.0
            elif not task.exclusive:
                for label, value in example.labels.items():
                    if label in task.outputs:
                        values[task.outputs.index(label)] = value
    return matrix
