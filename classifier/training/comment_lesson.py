"""What a larger model teaches about comments: all kinds of incivility, of every comment.

A corpus labels some kinds of incivility and says nothing of the others. A model that learned from
all corpora has an answer to each kind of each comment, so that its student learns from the
comments of every corpus what another one labels.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from classifier.examples import Example
from classifier.labelling.windows import load_tokenizer
from classifier.tasks import TASKS, ModelName
from classifier.training.arguments import TrainingArguments
from classifier.training.lessons import Lesson, said_by
from classifier.training.mixture import one_of_each
from classifier.training.soft_labels import shares_of, softened, teacher_answers
from classifier.training.targets import target_matrix

_MOST_TIMES = 2


def what_a_teacher_says_of_comments(
    model: ModelName,
    everything: Sequence[Example],
    *,
    teacher: str,
    released: Path,
    folder: Path,
    arguments: TrainingArguments,
) -> Lesson:
    """Return each comment once, and those that repeat twice, with labels beside answers.

    Labels that may hold together are mixed with the teacher's answers in the share of
    `arguments.teacher_share`, or are its answers where no label is known; the other tasks' labels
    are mixed so with the released model's. Of the comments that their corpus says nothing bad of
    20,000 are taken. Comments are cut to what the model is shown of them, so that the answer is to
    that.

    Parameters
    ----------
    model : {"comment", "tone"}
        Which model.
    everything : sequence of Example
        Its training examples.
    teacher : str
        Folder or hub id of a larger checkpoint.
    released : Path
        The released model's folder.
    folder : Path
        Where answers are kept; an interrupted run goes on there.
    arguments : TrainingArguments
        With the share and the length of what is shown.
    """
    tasks = TASKS[model]
    often = Counter(_key(each) for each in everything)
    chosen = one_of_each(everything, seed=arguments.seed)
    times = [min(often[_key(each)], _MOST_TIMES) for each in chosen]
    examples = _as_shown(chosen, released, arguments.max_tokens)
    answers = shares_of(teacher_answers(teacher, examples, tasks=tasks, folder=folder), tasks)
    before = shares_of(said_by(released, examples, model=model, file=folder / "said.npy"), tasks)
    together = np.concatenate([np.full(len(task.outputs), not task.exclusive) for task in tasks])
    wanted = softened(
        target_matrix(examples, tasks),
        np.where(together, answers, before),
        share=arguments.teacher_share,
    )
    shown = np.repeat(np.arange(len(examples)), times)
    return Lesson(
        examples=tuple(examples[row] for row in shown.tolist()),
        wanted=wanted[shown],
        choice="labels beside a larger model's answers to every comment",
    )


def _key(example: Example) -> tuple[str | None, str]:
    return example.corpus, example.text


def _as_shown(examples: Sequence[Example], released: Path, most_tokens: int) -> list[Example]:
    """Return the examples cut to their first tokens, which are all that a student is shown."""
    tokenizer = load_tokenizer(released / "tokenizer.json")

    def shown(text: str) -> str:
        # Short ones are most, and a character makes one token at most.
        if len(text) <= most_tokens:
            return text
        ends = [end for _, end in tokenizer.encode(text, add_special_tokens=False).offsets]
        return text[: ends[:most_tokens][-1]] if ends else text

    return [replace(each, text=shown(each.text)) for each in examples]
