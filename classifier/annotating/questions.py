"""What people are asked about a reply: the tasks of the model that is to learn from it."""

from dataclasses import dataclass

from classifier.tasks import TASKS, ModelName, TaskName

NO_LABEL = "none"

_ASKED: dict[TaskName, str] = {
    "stance": "What does the writer think of the target?",
    "incivility": "Which of these hold?",
    "sentiment": "Which feeling does the text express, whatever it is about?",
    "tone": "Which of these hold?",
}
_HINTS = {
    "toxicity": "rude or disrespectful enough to drive people out of a discussion",
    "severe_toxicity": "hateful or aggressive in earnest, beyond rude",
    "insult": "demeans a person or a group",
    "profanity": "a swear word or obscenity, aimed at somebody or not",
    "threat": "wishes, announces or urges harm",
    "identity_attack": "attacks people for what they are",
    "favor": "approves of the target, defends it, wants it",
    "against": "disapproves of the target, mocks it, wants it gone",
    NO_LABEL: "read, and nothing of this holds",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question about a text.

    Parameters
    ----------
    name : {"stance", "incivility", "sentiment", "tone"}
        The task that the answer is for.
    labels : tuple of str
        What may be answered.
    exclusive : bool
        Whether exactly one label is the answer; otherwise any number, or `NO_LABEL`, which
        tells a text without any from one that nobody judged.
    """

    name: TaskName
    labels: tuple[str, ...]
    exclusive: bool

    @property
    def asked(self) -> str:
        """The question in words."""
        return _ASKED[self.name]

    @property
    def answers(self) -> tuple[str, ...]:
        """Everything that may be chosen."""
        return self.labels if self.exclusive else (*self.labels, NO_LABEL)


def questions_for(model: ModelName) -> tuple[Question, ...]:
    """Return what is asked so that a model can learn from the answers."""
    return tuple(
        Question(name=task.name, labels=task.labels, exclusive=task.exclusive)
        for task in TASKS[model]
    )


ALL_QUESTIONS: dict[str, Question] = {
    question.name: question for model in TASKS for question in questions_for(model)
}


def hint_of(answer: str) -> str:
    """Return what an answer means in a few words, or nothing where its name says it."""
    return _HINTS.get(answer, "")
