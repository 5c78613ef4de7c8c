"""Make one example record of what several people said of a text."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from classifier.annotating.judgements import Judgement
from classifier.annotating.votes import YES, About, votes_of
from classifier.examples import Example
from classifier.tasks import TASKS

_EXCLUSIVE = tuple(task.name for tasks in TASKS.values() for task in tasks if task.exclusive)


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """Different answers about one text.

    Parameters
    ----------
    where : str
        Where the text was read first.
    label : str
        ``stance``, ``sentiment``, or a label that holds or not.
    answers : mapping of annotator to answer
        Who said what.
    kept : str or None
        The answer of more than half; None where there is none, and the label is unknown.
    """

    where: str
    label: str
    answers: Mapping[str, str]
    kept: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreedExample:
    """An example record and whose judgements it rests on."""

    example: Example
    annotators: tuple[str, ...]

    def to_json(self) -> str:
        """Return the record as one line of JSON that `read_examples` reads."""
        example = self.example
        content = {
            "text": example.text,
            "target": example.target,
            "target_kind": example.target_kind,
            "label": example.label,
            "labels": {name: int(value) for name, value in example.labels.items()},
            "group": example.group,
            "annotators": list(self.annotators),
        }
        return json.dumps({k: v for k, v in content.items() if v}, ensure_ascii=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolved:
    """What people's judgements come to.

    Parameters
    ----------
    examples : tuple of AgreedExample
        Texts of which something is settled, in the order in which they were read.
    conflicts : tuple of Conflict
        Where people differed, settled or not.
    unsettled : int
        Texts that are left out because nothing about them is settled.
    """

    examples: tuple[AgreedExample, ...]
    conflicts: tuple[Conflict, ...]
    unsettled: int


def resolve(judgements: Sequence[Judgement]) -> Resolved:
    """Settle what several people said by majority.

    An answer stands if more than half of those who judged that label of that text gave it. Where
    none has a majority, as in a tie, that label is left unknown; the text's other labels stand.

    Parameters
    ----------
    judgements : sequence of Judgement
        In the order in which they were made.
    """
    first: dict[About, Judgement] = {}
    annotators: dict[About, dict[str, None]] = {}
    for judgement in judgements:
        first.setdefault(judgement.about, judgement)
        annotators.setdefault(judgement.about, {})[judgement.annotator] = None
    settled: dict[About, dict[str, str]] = {about: {} for about in first}
    conflicts = []
    for label, votes in votes_of(judgements).items():
        for about, answers in votes.items():
            kept = _majority(answers)
            if kept is not None:
                settled[about][label] = kept
            if len(set(answers.values())) > 1:
                where = first[about].where
                conflicts.append(Conflict(where=where, label=label, answers=answers, kept=kept))
    examples = tuple(
        AgreedExample(example=_example(first[about], known), annotators=tuple(annotators[about]))
        for about, known in settled.items()
        if known
    )
    return Resolved(
        examples=examples, conflicts=tuple(conflicts), unsettled=len(settled) - len(examples)
    )


def _majority(answers: Mapping[str, str]) -> str | None:
    answer, votes = Counter(answers.values()).most_common(1)[0]
    return answer if 2 * votes > len(answers) else None


def _example(first: Judgement, known: Mapping[str, str]) -> Example:
    return Example(
        text=first.text,
        target=first.target,
        target_kind=first.target_kind,
        label=next((known[name] for name in _EXCLUSIVE if name in known), None),
        labels={
            label: float(answer == YES)
            for label, answer in known.items()
            if label not in _EXCLUSIVE
        },
        group=first.group,
    )
