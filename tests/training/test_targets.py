import numpy as np

from classifier.examples import Example
from classifier.tasks import TASKS
from classifier.training.targets import target_matrix


def test_what_a_corpus_does_not_label_is_unknown_not_false() -> None:
    matrix = target_matrix(
        [
            Example(text="a", labels={"toxicity": 1.0, "threat": 0.0}),
            Example(text="b", label="negative"),
            Example(text="c", label="ambiguous"),
        ],
        TASKS["comment"],
    )
    outputs = [output for task in TASKS["comment"] for output in task.outputs]
    first = dict(zip(outputs, matrix[0], strict=True))
    assert (first["toxicity"], first["threat"]) == (1.0, 0.0)
    assert np.isnan(first["insult"])
    assert np.isnan(first["positive"])
    assert np.isnan(matrix[1, :6]).all()
    assert matrix[1, 6:].tolist() == [0.0, 0.0, 1.0, 0.0]
    assert matrix[2, 6:].tolist() == [0.0, 0.0, 0.0, 1.0]
