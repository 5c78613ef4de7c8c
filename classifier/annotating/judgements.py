"""What people said of texts, wherever they said it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from classifier.annotating.questions import ALL_QUESTIONS, NO_LABEL
from classifier.thread import TargetKind

_LONGEST_SHOWN = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What one person said of one text.

    Parameters
    ----------
    text : str
        What was judged.
    target, target_kind : str or None
        What the stance is towards.
    annotator : str
        Who judged; an id.
    label : str or None
        A stance where there is a target, otherwise a sentiment; None if not judged.
    labels : mapping of str to bool
        For each incivility or tone label that was judged, whether it holds.
    group : str or None
        Id of the thread that the text stands in.
    where : str
        Where the judgement was read, for messages.
    """

    text: str
    target: str | None = None
    target_kind: TargetKind | None = None
    annotator: str
    label: str | None = None
    labels: Mapping[str, bool] = field(default_factory=dict)
    group: str | None = None
    where: str

    @property
    def about(self) -> tuple[str, str | None]:
        """What is judged: the text, and the target where there is one."""
        return self.text, self.target


def labels_of_answer(
    name: str, given: Iterable[str], *, complain: Callable[[str], None]
) -> tuple[str | None, dict[str, bool]]:
    """Turn the answer to one question into labels; what cannot be used is told and left out.

    Parameters
    ----------
    name : str
        Name of the question.
    given : iterable of str
        What was chosen; nothing means not judged.
    complain : callable
        Takes a message for an unknown question or label, and for a contradiction.

    Returns
    -------
    label : str or None
        The answer to an exclusive question.
    labels : dict of str to bool
        Otherwise whether each label of the question holds.
    """
    question = ALL_QUESTIONS.get(name)
    if question is None:
        complain(f"unknown question {_shown(name)}: known are {', '.join(ALL_QUESTIONS)}")
        return None, {}
    chosen = []
    for answer in dict.fromkeys(given):
        if answer in question.answers:
            chosen.append(answer)
        else:
            known = ", ".join(question.answers)
            complain(f"unknown {question.name} label {_shown(answer)}: known are {known}")
    if not chosen:
        return None, {}
    if len(chosen) > 1 and (question.exclusive or NO_LABEL in chosen):
        complain(f"{' and '.join(chosen)} do not go together as {question.name}")
        return None, {}
    if question.exclusive:
        return chosen[0], {}
    return None, {label: label in chosen for label in question.labels}


def _shown(name: str) -> str:
    """Return a name from an input so that it fits a line and does nothing to a terminal."""
    return repr(name if len(name) <= _LONGEST_SHOWN else name[:_LONGEST_SHOWN] + "…")
