"""Go on from a released model with a user's own examples, and keep what it knew."""

import json
import logging
import random
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from classifier.checksums import write_checksums
from classifier.errors import InputError
from classifier.examples import Example, tasks_of
from classifier.labelling.baseline import Baseline
from classifier.labelling.released import ReleasedModel
from classifier.tasks import TASKS, ModelName, Task
from classifier.training.arguments import TrainingArguments
from classifier.training.rehearsal import rehearsal_texts
from classifier.training.soft_labels import shares_of, softened
from classifier.training.targets import target_matrix

log = logging.getLogger(__name__)

FEWEST_EXAMPLES = 20
_HELD_OUT = 0.25
_FEWEST_GROUPS = 4
_HOLDS_FROM = 0.5

CONTINUING = TrainingArguments(
    epochs=4.0,
    learning_rate=5e-5,
    head_learning_rate=5e-5,
    most_examples=16,
    checkpoint_every=10_000,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnExamples:
    """A user's examples, and which of them the model does not see.

    Parameters
    ----------
    learned, held_out : tuple of Example
        Examples of one group, a thread, stand on one side.
    """

    learned: tuple[Example, ...]
    held_out: tuple[Example, ...]


def usable_examples(model: ModelName, examples: Sequence[Example], *, name: str) -> list[Example]:
    """Return the examples that say something about a model's tasks.

    Raises
    ------
    InputError
        If there are fewer than twenty, or all of them say the same.
    """
    tasks = TASKS[model]
    names = {task.name for task in tasks}
    used = [each for each in examples if names & set(tasks_of(each))]
    if not used:
        raise InputError(
            f"{name}: no example is labelled for {' or '.join(task.name for task in tasks)}, "
            f"which '{model}' answers"
        )
    if len(used) < FEWEST_EXAMPLES:
        raise InputError(
            f"{name}: {len(used)} examples are too few to learn from: label at least "
            f"{FEWEST_EXAMPLES}"
        )
    wanted = target_matrix(used, tasks)
    both = [
        (column[~np.isnan(column)] >= _HOLDS_FROM).any()
        and (column[~np.isnan(column)] < _HOLDS_FROM).any()
        for column in wanted.T
    ]
    if not any(both):
        raise InputError(
            f"{name}: its {len(used)} examples are all of one class: a model would learn from "
            "them to say nothing else, add examples of another"
        )
    return used


def hold_out(examples: Sequence[Example], *, seed: int = 17) -> OwnExamples:
    """Keep a quarter of the examples from training, so that what was learned can be measured.

    Whole threads are kept where every example names its own and there are at least four,
    otherwise whole texts.
    """
    groups = {each.group for each in examples}
    by_thread = None not in groups and len(groups) >= _FEWEST_GROUPS
    keys = [str(each.group) if by_thread else each.text for each in examples]
    shuffled = sorted(set(keys))
    random.Random(seed).shuffle(shuffled)  # noqa: S311 - no secret
    held: set[str] = set()
    for key in shuffled:
        if sum(each in held for each in keys) >= _HELD_OUT * len(keys):
            break
        held.add(key)
    pairs = list(zip(keys, examples, strict=True))
    return OwnExamples(
        learned=tuple(example for key, example in pairs if key not in held),
        held_out=tuple(example for key, example in pairs if key in held),
    )


def continue_training(
    released: Path,
    own: Sequence[Example],
    *,
    folder: Path,
    rehearsed: Sequence[Example] = (),
    arguments: TrainingArguments = CONTINUING,
) -> None:
    """Fine-tune a released model on further examples and write a model folder.

    It starts from the released eight-bit weights, dequantised. What the examples leave unknown is
    taught from the released model's own answers on the same texts (learning without forgetting,
    Li & Hoiem 2016), and as many other texts are rehearsed: examples of the original corpora if
    given, otherwise made-up texts with the released model's answers (pseudorehearsal, Robins
    1995). Calibration, thresholds and the baseline stay as released; `retemper` refits the former.

    Parameters
    ----------
    released : Path
        The released folder to start from.
    own : sequence of Example
        What is to be learned.
    folder : Path
        An existing folder that becomes the model's.
    rehearsed : sequence of Example
        Examples of the corpora that the model was trained on.
    arguments : TrainingArguments
        Hyperparameters; `base` is not used.

    Raises
    ------
    ModelError
        If the released folder is missing, damaged, or of another making.
    """
    from classifier.training.dequantising import dequantise
    from classifier.training.export import export
    from classifier.training.fit import fit

    model = ReleasedModel.load(released)
    tasks = tuple(model.task(name) for name in model.tasks)
    others = list(rehearsed) or made_up_examples(model, len(own), seed=arguments.seed)
    examples = [*own, *others]
    log.info("%d examples of your own, %d to rehearse", len(own), len(others))
    with tempfile.TemporaryDirectory() as scratch:
        base = Path(scratch) / "base"
        dequantise(released, base)
        checkpoint = fit(
            examples,
            tasks=tasks,
            folder=Path(scratch) / "run",
            arguments=replace(arguments, base=str(base)),
            wanted=_taught(model, examples, tasks),
        )
        shutil.copy(checkpoint / "tokenizer.json", folder / "tokenizer.json")
        for file in ("baseline.skops", "calibration.json"):
            shutil.copy(released / file, folder / file)
        export(checkpoint, folder / "model.onnx")
    config = json.loads((released / "config.json").read_text(encoding="utf-8"))
    config["classifier"]["continued"] = [
        *config["classifier"].get("continued", ()),
        {
            "examples": len(own),
            "rehearsed": len(others),
            "rehearsal": "corpora" if rehearsed else "made-up texts",
            "epochs": arguments.epochs,
            "learning_rate": arguments.learning_rate,
            "seed": arguments.seed,
        },
    ]
    (folder / "config.json").write_text(json.dumps(config, indent=1) + "\n", encoding="utf-8")
    write_checksums(folder)


def made_up_examples(model: ReleasedModel, size: int, *, seed: int) -> list[Example]:
    """Return made-up texts of the model's own vocabulary, without labels."""
    baseline = model.baseline
    assert isinstance(baseline, Baseline)
    return [
        Example(text=made.text, target=made.target, target_kind="topic" if made.target else None)
        for made in rehearsal_texts(baseline, size, with_target="stance" in model.tasks, seed=seed)
    ]


def same_answers(before: ReleasedModel, after: ReleasedModel, examples: Sequence[Example]) -> float:
    """Return on which share of answers two models decide the same, labelled or not.

    An answer is an exclusive task's most probable label, or whether a label holds.
    """
    texts = [each.text for each in examples]
    targets = [each.target or "" for each in examples] if "stance" in after.tasks else None
    same = []
    decided = [
        {
            name: answers.argmax(axis=1)[:, None]
            if model.task(name).exclusive
            else answers >= np.array(model.reading(name).thresholds)
            for name, answers in model.predict_all(texts, targets).items()
        }
        for model in (before, after)
    ]
    for name, answers in decided[0].items():
        same.append((answers == decided[1][name]).ravel())
    return float(np.concatenate(same).mean())


def _taught(
    model: ReleasedModel, examples: Sequence[Example], tasks: tuple[Task, ...]
) -> NDArray[np.float32]:
    """Return what each output is to be: what is known, else what the released model says."""
    known = target_matrix(examples, tasks)
    targets = [each.target or "" for each in examples] if "stance" in model.tasks else None
    raw = model.transformer.logits([each.text for each in examples], targets)
    return softened(known, shares_of(raw, tasks), share=0.0)
