"""What each model answers: its tasks, their labels, and how its outputs are laid out."""

from dataclasses import dataclass
from typing import Literal

from classifier.thread import INCIVILITIES, SENTIMENTS, STANCES, TONES

TaskName = Literal["stance", "incivility", "sentiment", "tone"]
ModelName = Literal["comment", "stance", "tone"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One question that a model answers about a reply.

    Parameters
    ----------
    name : {"stance", "incivility", "sentiment", "tone"}
        Name of the question, as in a reply's labels.
    labels : tuple of str
        The answers, in the order of the model's outputs.
    exclusive : bool
        True when exactly one label holds (softmax), False when several may (sigmoid each).
    unreported : tuple of str
        Further outputs that take part in training and whose probability is given to the
        reported labels in proportion.
    """

    name: TaskName
    labels: tuple[str, ...]
    exclusive: bool
    unreported: tuple[str, ...] = ()

    @property
    def outputs(self) -> tuple[str, ...]:
        """All outputs of the task, reported ones first."""
        return self.labels + self.unreported


TASKS: dict[ModelName, tuple[Task, ...]] = {
    "comment": (
        Task(name="incivility", labels=INCIVILITIES, exclusive=False),
        Task(name="sentiment", labels=SENTIMENTS, exclusive=True, unreported=("ambiguous",)),
    ),
    "stance": (Task(name="stance", labels=STANCES, exclusive=True),),
    "tone": (Task(name="tone", labels=TONES, exclusive=False),),
}


def columns_of(tasks: tuple[Task, ...]) -> dict[TaskName, slice]:
    """Return which output columns belong to which task."""
    columns: dict[TaskName, slice] = {}
    start = 0
    for task in tasks:
        columns[task.name] = slice(start, start + len(task.outputs))
        start += len(task.outputs)
    return columns
