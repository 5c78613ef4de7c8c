"""A model before and after it went on learning, on the same examples."""

from collections.abc import Sequence

from classifier.evaluating.comparison import TaskComparison
from classifier.evaluating.evaluation import Answering, evaluate
from classifier.evaluating.metrics import FloatArray
from classifier.evaluating.resampling import Bootstrap
from classifier.examples import Example
from classifier.labelling.calibration import Family, TaskCalibration
from classifier.tasks import TaskName
from classifier.thread import TargetKind


def compare_before_after(
    before: Answering,
    after: Answering,
    examples: Sequence[Example],
    *,
    name: str,
    bootstrap: Bootstrap | None = None,
) -> list[TaskComparison]:
    """Compare the transformers of two models on labelled examples.

    Parameters
    ----------
    before, after : Answering
        Two models that answer the same.
    examples : sequence of Example
        Neither may have been trained on them.
    name : str
        What the examples are called.
    bootstrap : Bootstrap, optional
        How intervals and tests are resampled.

    Returns
    -------
    list of TaskComparison
        In which ``transformer`` is the model after, ``baseline`` the model before, and the
        difference what the training gained.

    Raises
    ------
    InputError
        If no example serves any of the models' tasks.
    """
    pair = _Pair(before, after)
    return evaluate(pair, examples, name=name, test_set=name, bootstrap=bootstrap)


class _Pair:
    """The model after, in whose comparisons the model before stands in the baseline's place."""

    def __init__(self, before: Answering, after: Answering) -> None:
        self.tasks = after.tasks
        self._of: dict[Family, Answering] = {"transformer": after, "baseline": before}

    def labels(self, name: TaskName) -> tuple[str, ...]:
        return self._of["transformer"].labels(name)

    def outputs(self, name: TaskName) -> tuple[str, ...]:
        return self._of["transformer"].outputs(name)

    def reading(self, name: TaskName, *, by: Family = "transformer") -> TaskCalibration:
        return self._of[by].reading(name)

    def predict_all(
        self,
        texts: Sequence[str],
        targets: Sequence[str] | None = None,
        *,
        kinds: Sequence[TargetKind | None] | None = None,
        by: Family = "transformer",
        unreported: bool = False,
    ) -> dict[TaskName, FloatArray]:
        return self._of[by].predict_all(texts, targets, kinds=kinds, unreported=unreported)
