"""What a further stage of training learns: examples, and what is to be answered to each."""

import logging
import random
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from transformers import AutoConfig

from classifier.examples import Example
from classifier.labelling.calibration import FloatArray
from classifier.labelling.encoder import Encoder
from classifier.tasks import TASKS, ModelName
from classifier.training.arguments import TrainingArguments
from classifier.training.corpora import CORPORA
from classifier.training.mixture import is_ours
from classifier.training.own_examples import CORPUS as OWN_SENTENCES
from classifier.training.own_forms import put_otherwise
from classifier.training.own_names import named_counterparts
from classifier.training.soft_labels import shares_of, softened, teacher_answers
from classifier.training.targets import target_matrix
from classifier.training.unlabelled import pairs_with_near_targets

log = logging.getLogger(__name__)

_OURS_BESIDE_A_TEACHER = 23_000
_OTHERS_BESIDE_A_TEACHER = 16_000
_TIMES_TAUGHT = 3
_TIMES_OURS = 2
_TIMES_PUT_OTHERWISE = 2
_PAIRS_OF_EACH = 2
_ONE_NAMED_OF = 5
_ONE_PUT_OTHERWISE_OF = 2
_AT_ONCE = 2048


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """What a stage learns.

    Parameters
    ----------
    examples : tuple of Example
        What the model is shown.
    wanted : array of shape (n_examples, n_outputs)
        What each output is to be, 0 to 1, not-a-number where unknown.
    choice : str
        What was chosen, for the model's card.
    """

    examples: tuple[Example, ...]
    wanted: NDArray[np.float32]
    choice: str


def what_a_teacher_knows(
    model: ModelName,
    everything: Sequence[Example],
    *,
    of_corpora: Sequence[Example],
    teacher: str,
    released: Path,
    folder: Path,
    arguments: TrainingArguments,
) -> Lesson:
    """Return the examples of a teacher's corpora with its answers, and a sample of the others.

    Texts with targets of texts near them are shown too, which only the teacher has an answer to:
    a student learns more from more questions than the corpora ask (Hinton et al. 2015). What is
    answered to an example is learned of it with a person named beside it too, and with a noun
    phrase put as a question, a statement, a headline or a paragraph. The answers stand three times
    in the lesson, the names and other forms twice and each time others, so that one pass shows
    what a student has to see often as often as it needs, and the rest once. Sentences of our own
    stand twice and mean what they say: the released model's answers stand beside the other labels
    alone.

    Parameters
    ----------
    model : {"comment", "stance", "tone"}
        Which model.
    everything : sequence of Example
        Its training examples.
    of_corpora : sequence of Example
        Those of `everything` that stand in the corpora, no person named beside them.
    teacher : str
        Folder or hub id of a larger checkpoint. It answers in the place of the labels of the
        corpora that its configuration says it learned from, or of all.
    released : Path
        The released model's folder.
    folder : Path
        Where answers are kept; an interrupted run goes on there.
    arguments : TrainingArguments
        `teacher_share` is the released model's share beside a label.
    """
    tasks = TASKS[model]
    corpora = taught_corpora(teacher) or {str(each.corpus) for each in everything}
    labelled = [each for each in of_corpora if each.corpus in corpora]
    taught = [*labelled, *_unlabelled(model, labelled, seed=arguments.seed)]
    others = [each for each in everything if each.corpus not in corpora]
    sentences = [each for each in others if each.corpus == OWN_SENTENCES]
    others = [each for each in others if each.corpus != OWN_SENTENCES]
    beside = [
        *sentences * _TIMES_OURS,
        *_sample(_ours(others), _OURS_BESIDE_A_TEACHER, seed=arguments.seed),
        *_sample(_not_ours(others), _OTHERS_BESIDE_A_TEACHER, seed=arguments.seed),
    ]
    answers = shares_of(teacher_answers(teacher, taught, tasks=tasks, folder=folder), tasks)
    answered = softened(target_matrix(taught, tasks), answers, share=1.0)
    shown, wanted = [*taught] * _TIMES_TAUGHT, [answered] * _TIMES_TAUGHT
    for seed in range(arguments.seed, arguments.seed + _TIMES_PUT_OTHERWISE):
        for changed in (with_names, _with_other_forms):
            changed_examples, of_changed = changed(taught, answered, seed=seed)
            shown += changed_examples
            wanted.append(of_changed)
    kept = shares_of(said_by(released, beside, model=model, file=folder / "said.npy"), tasks)
    share = np.full((len(beside), 1), arguments.teacher_share)
    share[: len(sentences) * _TIMES_OURS] = 0.0
    softened_beside = softened(target_matrix(beside, tasks), kept, share=share)
    return Lesson(
        examples=(*shown, *beside),
        wanted=np.concatenate([*wanted, softened_beside]),
        choice="a larger model's answers to its corpora and to unlabelled pairs, a sample of the "
        "rest",
    )


def _unlabelled(model: ModelName, examples: Sequence[Example], *, seed: int) -> list[Example]:
    """Return the texts of each corpus with targets of texts near them."""
    pairs: list[Example] = []
    for name in [name for name, corpus in CORPORA.items() if corpus.model == model]:
        own = [each for each in examples if each.target and str(each.corpus).startswith(name)]
        pairs += pairs_with_near_targets(own, of_each=_PAIRS_OF_EACH, seed=seed)
    return pairs


def with_names(
    examples: Sequence[Example],
    wanted: NDArray[np.float32],
    *,
    seed: int,
    one_of: int = _ONE_NAMED_OF,
) -> tuple[list[Example], NDArray[np.float32]]:
    """Return some of the examples with a person named, and the answers to them without one.

    Parameters
    ----------
    examples : sequence of Example
        None stands twice.
    wanted : array of shape (n_examples, n_outputs)
        The answers to them.
    seed : int
        Decides which are taken, and who is named where.
    one_of : int
        One example of so many is taken.
    """
    place = {id(each): row for row, each in enumerate(examples)}
    most = len(examples) // one_of
    pairs = list(named_counterparts(examples, most, random.Random(seed)))  # noqa: S311
    rows = [place[id(each)] for each, _ in pairs]
    return [with_name for _, with_name in pairs], wanted[rows]


def _with_other_forms(
    examples: Sequence[Example], wanted: NDArray[np.float32], *, seed: int
) -> tuple[list[Example], NDArray[np.float32]]:
    """Return some of the examples with noun phrases put otherwise, and the answers to them so.

    Where what is said now opposes what the phrase names, favor and against change places.
    """
    phrases = tuple(name for name, corpus in CORPORA.items() if corpus.phrases)
    rows = [row for row, each in enumerate(examples) if str(each.corpus).startswith(phrases)]
    count = len(rows) // _ONE_PUT_OTHERWISE_OF
    draw = random.Random(seed)  # noqa: S311 - no secret
    put = list(put_otherwise([examples[row] for row in rows], count, draw))
    answers = wanted[[rows[place] for place, _, _ in put]]
    order = TASKS["stance"][0].outputs
    for_it, against_it = order.index("favor"), order.index("against")
    for answer, (_, _, opposes) in zip(answers, put, strict=True):
        if opposes:
            answer[[for_it, against_it]] = answer[[against_it, for_it]]
    return [example for _, example, _ in put], answers


def taught_corpora(teacher: str) -> frozenset[str]:
    """Return the corpora that a checkpoint says it learned from; none if it does not say."""
    corpora: Collection[str] = getattr(AutoConfig.from_pretrained(teacher), "learned_from", ())
    return frozenset(corpora)


def _ours(examples: Sequence[Example]) -> list[Example]:
    return [each for each in examples if is_ours(each)]


def _not_ours(examples: Sequence[Example]) -> list[Example]:
    return [each for each in examples if not is_ours(each)]


def _sample(examples: Sequence[Example], most: int, *, seed: int) -> list[Example]:
    return random.Random(seed).sample(examples, min(most, len(examples)))  # noqa: S311 - no secret


def said_by(
    released: Path, examples: Sequence[Example], *, model: ModelName, file: Path
) -> FloatArray:
    """Return what a released network says of examples, asked once.

    Parameters
    ----------
    released : Path
        Its folder.
    examples : sequence of Example
        What it is asked about.
    model : {"comment", "stance", "tone"}
        Which model it is.
    file : Path
        Where the answers are kept.

    Returns
    -------
    array of shape (n_examples, n_outputs)
        Raw outputs.
    """
    if not file.is_file():
        network = Encoder(released, tasks=TASKS[model])
        answers = []
        for start in range(0, len(examples), _AT_ONCE):
            asked = examples[start : start + _AT_ONCE]
            targets = [each.target or "" for each in asked] if model == "stance" else None
            answers.append(network.logits([each.text for each in asked], targets))
            log.info("asked about %d of %d examples", start + len(asked), len(examples))
        with file.open("wb") as stream:
            np.save(stream, np.concatenate(answers), allow_pickle=False)
    said: FloatArray = np.load(file, allow_pickle=False)
    return said
