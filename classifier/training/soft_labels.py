"""Soft labels: what another model says of the examples, beside what their corpora say."""

import hashlib
import logging
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from classifier.examples import Example
from classifier.labelling.calibration import FloatArray
from classifier.labelling.checkpoint import Checkpoint
from classifier.labelling.encoder import RawModel
from classifier.tasks import Task, columns_of

log = logging.getLogger(__name__)

_AT_ONCE = 256


def shares_of(logits: FloatArray, tasks: tuple[Task, ...]) -> FloatArray:
    """Return raw outputs as shares: a softmax over exclusive labels, a sigmoid of each other.

    Parameters
    ----------
    logits : array of shape (n, n_outputs)
        Not-a-number where an output is not known.
    tasks : tuple of Task
        What the outputs are, in order.

    Returns
    -------
    array of shape (n, n_outputs)
        Between 0 and 1; an exclusive task with an unknown output is unknown as a whole.
    """
    shares = np.empty_like(logits)
    for task, columns in zip(tasks, columns_of(tasks).values(), strict=True):
        own = logits[:, columns]
        if task.exclusive:
            powers = np.exp(own - own.max(axis=1, keepdims=True))
            shares[:, columns] = powers / powers.sum(axis=1, keepdims=True)
        else:
            shares[:, columns] = 1 / (1 + np.exp(-np.clip(own, -60.0, 60.0)))
    return shares


def softened(
    known: NDArray[np.float32], said: FloatArray, *, share: float | FloatArray
) -> NDArray[np.float32]:
    """Return what a model is to learn from labels and from what another model says.

    The labels are mixed with the other's answers (Hinton et al. 2015, at temperature 1); where
    one of the two is unknown the other stands alone.

    Parameters
    ----------
    known, said : arrays of shape (n, n_outputs)
        Between 0 and 1, not-a-number where unknown.
    share : float, or array of shape (n, n_outputs)
        Part of the other model's answer where both are known.
    """
    both = (1 - share) * known + share * said
    either = np.where(np.isnan(known), said, known)
    learned: NDArray[np.float32] = np.where(np.isnan(both), either, both).astype(np.float32)
    return learned


def with_unreported(
    known: NDArray[np.float32], said: FloatArray, tasks: tuple[Task, ...]
) -> NDArray[np.float32]:
    """Return labels that leave another model's share to the answers that they never are.

    Where labels come from people who had to choose among the reported answers, those that are not
    reported are missing, not wrong: a model that learned from such labels alone would forget them.

    Parameters
    ----------
    known, said : arrays of shape (n, n_outputs)
        Between 0 and 1, not-a-number where unknown.
    tasks : tuple of Task
        What the outputs are, in order.
    """
    learned = known.copy()
    for task, columns in zip(tasks, columns_of(tasks).values(), strict=True):
        first = columns.start + len(task.labels)
        kept = np.nan_to_num(said[:, first : columns.stop]).astype(np.float32)
        learned[:, columns] *= 1 - kept.sum(axis=1, keepdims=True)
        learned[:, first : columns.stop] += kept
    return learned


def teacher_answers(
    teacher: str, examples: Sequence[Example], *, tasks: tuple[Task, ...], folder: Path
) -> FloatArray:
    """Return what a teacher says of examples; an interrupted run goes on from its last block.

    Parameters
    ----------
    teacher : str
        Folder or hub id of a sequence-classification checkpoint that knows the tasks' labels.
    examples : sequence of Example
        What it is asked.
    tasks : tuple of Task
        The tasks that are taught.
    folder : Path
        Where answers are kept, in a folder named by the teacher and what it was asked.

    Returns
    -------
    array of shape (n_examples, n_outputs)
        Raw outputs; not-a-number in columns that the teacher does not answer.

    Raises
    ------
    ModelError
        If there is no such checkpoint, or it knows none of the labels.
    """
    kept = folder / f"teacher-{_digest(teacher, examples)}"
    kept.mkdir(parents=True, exist_ok=True)
    asked: RawModel | None = None
    answers = []
    for number, start in enumerate(range(0, len(examples), _AT_ONCE)):
        file = kept / f"{number:05}.npy"
        if not file.is_file():
            asked = asked or Checkpoint(teacher, tasks=tasks)
            _write(file, _asked(asked, examples[start : start + _AT_ONCE]))
            log.info("teacher: %d of %d examples", start, len(examples))
        answers.append(np.load(file, allow_pickle=False))
    return np.concatenate(answers)


def _asked(teacher: RawModel, examples: Sequence[Example]) -> FloatArray:
    with_target = any(example.target is not None for example in examples)
    order = sorted(range(len(examples)), key=lambda index: len(examples[index].text))
    chosen = [examples[index] for index in order]
    targets = [example.target or "" for example in chosen] if with_target else None
    logits = teacher.logits([example.text for example in chosen], targets)
    answers = np.empty_like(logits)
    answers[order] = logits
    return answers


def _write(file: Path, answers: FloatArray) -> None:
    whole = file.with_suffix(".tmp")
    with whole.open("wb") as stream:
        np.save(stream, answers, allow_pickle=False)
    whole.replace(file)


def _digest(teacher: str, examples: Sequence[Example]) -> str:
    digest = hashlib.blake2b(teacher.encode(), digest_size=8)
    for example in examples:
        digest.update(f"\0{example.target}\0{example.text}".encode("utf-8", "surrogatepass"))
    return digest.hexdigest()
