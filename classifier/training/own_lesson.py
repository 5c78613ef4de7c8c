"""What a short stage teaches: sentences of our own, while a model keeps what it knows.

What a corpus or a larger model taught takes hours to learn anew. A few thousand sentences are
learned in minutes beside a sample of the corpora that is answered as the released model answers it
(learning without forgetting, Li & Hoiem 2016).
"""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from random import Random

import numpy as np
from numpy.typing import NDArray

from classifier.examples import Example
from classifier.tasks import TASKS, ModelName
from classifier.training.arguments import TrainingArguments
from classifier.training.lessons import Lesson, said_by
from classifier.training.mixture import is_ours
from classifier.training.own_examples import CORPUS as OWN_SENTENCES
from classifier.training.own_masks import harsh_word_masked, some_word_masked
from classifier.training.soft_labels import shares_of, softened, with_unreported
from classifier.training.targets import target_matrix

_OTHERS = {"comment": 45_000, "stance": 7_000, "tone": 10_000}
_OWN_THREADS = {"comment": 5_000, "stance": 6_000, "tone": 0}
_TIMES_OURS = 2
_HARSH_MASKED = 3_000
_ANY_MASKED = 1_500


def what_we_wrote(
    model: ModelName,
    everything: Sequence[Example],
    *,
    released: Path,
    folder: Path,
    arguments: TrainingArguments,
) -> Lesson:
    """Return all sentences of our own twice, and a sample of the rest with the model's answers.

    The sentences mean what they say; what they say nothing of is answered as the released model
    does. Comments stand there with words masked too, harsh ones or any, and are answered as without
    a mask.

    Parameters
    ----------
    model : {"comment", "stance", "tone"}
        Which model.
    everything : sequence of Example
        Its training examples.
    released : Path
        The released model's folder.
    folder : Path
        Where its answers are kept.
    arguments : TrainingArguments
        `teacher_share` is the released model's share beside a corpus's label.
    """
    tasks = TASKS[model]
    draw = Random(arguments.seed)  # noqa: S311 - no secret
    ours = [each for each in everything if each.corpus == OWN_SENTENCES]
    threads = [each for each in everything if is_ours(each) and each.corpus != OWN_SENTENCES]
    others = [each for each in everything if not is_ours(each)]
    examples = [
        *ours,
        *draw.sample(threads, min(_OWN_THREADS[model], len(threads))),
        *draw.sample(others, min(_OTHERS[model], len(others))),
    ]
    said = shares_of(said_by(released, examples, model=model, file=folder / "said.npy"), tasks)
    known = target_matrix(examples, tasks)
    known[: len(ours)] = with_unreported(known[: len(ours)], said[: len(ours)], tasks)
    share = np.full((len(examples), 1), arguments.teacher_share)
    share[: len(ours)] = 0.0
    wanted = softened(known, said, share=share)
    masked, of_masked = ([], wanted[:0]) if model == "stance" else _masked(examples, wanted, draw)
    times = np.where(np.arange(len(examples)) < len(ours), _TIMES_OURS, 1)
    shown = np.repeat(np.arange(len(examples)), times)
    return Lesson(
        examples=(*(examples[row] for row in shown.tolist()), *masked),
        wanted=np.concatenate([wanted[shown], of_masked]),
        choice="sentences of our own, and a sample of the rest as it was answered before",
    )


def _masked(
    examples: Sequence[Example], wanted: NDArray[np.float32], draw: Random
) -> tuple[list[Example], NDArray[np.float32]]:
    """Return some examples with words masked, and the answers to them without a mask."""
    made: list[Example] = []
    rows: list[int] = []
    order = draw.sample(range(len(examples)), len(examples))
    for mask, most in ((harsh_word_masked, _HARSH_MASKED), (some_word_masked, _ANY_MASKED)):
        enough = len(made) + most
        for row in order:
            if len(made) == enough:
                break
            text = mask(examples[row].text, draw)
            if text is not None:
                made.append(replace(examples[row], text=text))
                rows.append(row)
    return made, wanted[rows]
