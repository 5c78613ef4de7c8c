"""What a larger model teaches about comments: all kinds of incivility, of every comment.

A corpus labels some kinds of incivility and says nothing of the others. A model that learned from
all corpora has an answer to each kind of each comment, so that its student learns from the
comments of every corpus what another one labels. A second one may say what the sentiment is.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from classifier.examples import Example
from classifier.labelling.windows import load_tokenizer
from classifier.tasks import TASKS, ModelName
from classifier.training.arguments import TrainingArguments
from classifier.training.lessons import Lesson, said_by, taught_corpora, with_names
from classifier.training.mixture import is_ours, one_of_each
from classifier.training.soft_labels import shares_of, softened, teacher_answers
from classifier.training.targets import target_matrix

_MOST_TIMES = 2
_TIMES_OURS = 3
_ONE_NAMED_OF = 12


def what_a_teacher_says_of_comments(
    model: ModelName,
    everything: Sequence[Example],
    *,
    teacher: str,
    sentiment_teacher: str | None = None,
    released: Path,
    folder: Path,
    arguments: TrainingArguments,
) -> Lesson:
    """Return each comment once to thrice, and some with a person named, labels beside answers.

    Labels that may hold together are mixed with the teacher's answers in the share of
    `arguments.teacher_share`, or are its answers where no label is known; the other tasks' labels
    are mixed so with the released model's, or the teacher's of sentiment. Where a teacher's
    configuration says what it learned from, labels of other corpora stand alone: it would deny what
    our own sentences teach. Comments that repeat, and those of a known sentiment, stand twice, what
    is of our own writing three times, one in twelve with a person named as well, whom the answers
    do not heed. Of the comments that their corpus says nothing bad of 20,000 are taken. Comments
    are cut to what the model is shown of them, so that the answer is to that.

    Parameters
    ----------
    model : {"comment", "tone"}
        Which model.
    everything : sequence of Example
        Its training examples.
    teacher : str
        Folder or hub id of a larger checkpoint.
    sentiment_teacher : str, optional
        That of another one, which answers for sentiment in the place of the released model where
        a corpus labels it that its configuration says it learned from.
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
    examples = _as_shown(chosen, released, arguments.max_tokens)
    known = target_matrix(examples, tasks)
    together = np.concatenate([np.full(len(task.outputs), not task.exclusive) for task in tasks])
    shares = np.full(known.shape, arguments.teacher_share)
    shares[:, together] *= _learned_by(teacher, examples)
    felt = [bool(row.any()) for row in ~np.isnan(known[:, ~together])]
    answers = shares_of(teacher_answers(teacher, examples, tasks=tasks, folder=folder), tasks)
    others = shares_of(said_by(released, examples, model=model, file=folder / "said.npy"), tasks)
    if sentiment_teacher is not None:
        learned = _learned_by(sentiment_teacher, examples)
        shares[:, ~together] *= learned
        rows = np.flatnonzero(learned[:, 0] & felt)
        asked = [examples[row] for row in rows]
        others[rows] = shares_of(
            teacher_answers(sentiment_teacher, asked, tasks=tasks, folder=folder), tasks
        )
    wanted = softened(known, np.where(together, answers, others), share=shares)
    times = [
        _TIMES_OURS if is_ours(each) else _MOST_TIMES if sure or often[_key(each)] > 1 else 1
        for each, sure in zip(chosen, felt, strict=True)
    ]
    shown = np.repeat(np.arange(len(examples)), times)
    named, of_named = with_names(examples, wanted, seed=arguments.seed, one_of=_ONE_NAMED_OF)
    return Lesson(
        examples=(*(examples[row] for row in shown.tolist()), *named),
        wanted=np.concatenate([wanted[shown], of_named]),
        choice="labels beside a larger model's answers to every comment"
        + (", of sentiment another one's" if sentiment_teacher else ""),
    )


def _learned_by(teacher: str, examples: Sequence[Example]) -> NDArray[np.bool_]:
    """Tell, in a column, of which examples a teacher learned the corpus: of all if it is silent."""
    corpora = taught_corpora(teacher)
    return np.array([[not corpora or each.corpus in corpora] for each in examples])


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
