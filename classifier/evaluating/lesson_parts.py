"""What the parts of a lesson give.

An ablation: a released model goes on with a sample of what it is to learn, once as it is, once with
the labels alone instead of other models' answers (not for a teacher of stance, which answers what
has no label), and once without the sentences of our own writing, and is asked about dev and the
suite. Run, with what ``classifier train MODEL --init`` was given and left in its runs, as ``python
-m classifier.evaluating.lesson_parts MODEL --corpora DIR --init DIR --runs DIR``, and ``--teacher
DIR`` if there was one; it prints a row a seed and arm.
"""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from random import Random

from classifier.evaluating.suite.answers import Respondent
from classifier.evaluating.suite.checks import measure_checks
from classifier.examples import Example
from classifier.labelling.calibration import Family, FloatArray, TaskCalibration
from classifier.labelling.encoder import Encoder
from classifier.tasks import TASKS, ModelName, TaskName, columns_of
from classifier.thread import TargetKind
from classifier.training.arguments import TrainingArguments
from classifier.training.comment_lesson import what_a_teacher_says_of_comments
from classifier.training.dequantising import dequantise
from classifier.training.dev_figures import dev_figures
from classifier.training.export import export
from classifier.training.fit import fit
from classifier.training.further import TAUGHT, WRITTEN
from classifier.training.lessons import Lesson, what_a_teacher_knows
from classifier.training.mixture import held_out_examples, training_examples
from classifier.training.own_examples import CORPUS as OWN_SENTENCES
from classifier.training.own_lesson import what_we_wrote
from classifier.training.targets import target_matrix

_SHOWN = 10_000
_WHOLE, _LABELS_ALONE, _WITHOUT_OURS = "all", "labels alone", "without our sentences"
_ARMS = (_WHOLE, _LABELS_ALONE, _WITHOUT_OURS)


def compare(
    lesson: Lesson,
    dev: Sequence[Example],
    *,
    model: ModelName = "comment",
    before: Path,
    runs: Path,
    seeds: Sequence[int],
    arguments: TrainingArguments | None = None,
    arms: Sequence[str] = _ARMS,
) -> Iterator[tuple[int, str, dict[str, float]]]:
    """Yield seed, what is learned, and figures of dev and suite.

    Parameters
    ----------
    lesson : Lesson
        All that there is to learn.
    dev : sequence of Example
        What was not learned.
    model : {"comment", "stance"}
        Which model learns.
    before : Path
        Checkpoint to go on from.
    runs : Path
        Where checkpoints go.
    seeds : sequence of int
        Each draws a sample of the lesson, from which every arm learns anew.
    arguments : TrainingArguments, optional
        Hyperparameters, by default the model's in `TAUGHT`.
    arms : sequence of str
        ``"all"``, ``"labels alone"`` and ``"without our sentences"``, or some of them.
    """
    arguments = arguments or TAUGHT[model]
    for seed in seeds:
        size = min(_SHOWN, len(lesson.examples))
        drawn = Random(seed).sample(range(len(lesson.examples)), size)  # noqa: S311 - no secret
        examples = [lesson.examples[row] for row in drawn]
        for arm in arms:
            kept = [
                place
                for place, each in enumerate(examples)
                if arm != _WITHOUT_OURS or each.corpus != OWN_SENTENCES
            ]
            shown = [examples[place] for place in kept]
            wanted = lesson.wanted[drawn][kept]
            checkpoint = fit(
                shown,
                tasks=TASKS[model],
                folder=runs / f"{arm.replace(' ', '-')}-{seed}",
                arguments=replace(arguments, epochs=1.0, base=str(before), seed=seed),
                wanted=target_matrix(shown, TASKS[model]) if arm == _LABELS_ALONE else wanted,
            )
            export(checkpoint, checkpoint / "model.onnx")
            asked = _Uncalibrated(checkpoint, model)
            figures = dev_figures(asked.network, dev, model=model)
            yield seed, arm, figures | _of_the_suite(asked)


def _of_the_suite(model: "_Uncalibrated") -> dict[str, float]:
    outcomes = measure_checks(Respondent(model, "transformer", lambda _: None))
    figures = {}
    for task in model.tasks:
        failed = [each.failed for each in outcomes if each.task == task]
        share = sum(each.count for each in failed) / sum(each.of for each in failed)
        figures[f"suite, {task}, share of cases as expected"] = round(1 - share, 4)
    return figures


class _Uncalibrated:
    """An exported checkpoint whose outputs are taken as they are, asked as `Answering` is."""

    def __init__(self, checkpoint: Path, model: ModelName) -> None:
        self._of = {task.name: task for task in TASKS[model]}
        self.tasks: tuple[TaskName, ...] = tuple(self._of)
        self.network = Encoder(checkpoint, tasks=TASKS[model])

    def labels(self, name: TaskName) -> tuple[str, ...]:
        return self._of[name].labels

    def outputs(self, name: TaskName) -> tuple[str, ...]:
        return self._of[name].outputs

    def reading(
        self,
        name: TaskName,
        *,
        by: Family = "transformer",  # noqa: ARG002 - there is one
    ) -> TaskCalibration:
        return TaskCalibration.unfitted(self._of[name])

    def predict_all(
        self,
        texts: Sequence[str],
        targets: Sequence[str] | None = None,
        *,
        kinds: Sequence[TargetKind | None] | None = None,  # noqa: ARG002 - all are read alike
        by: Family = "transformer",  # noqa: ARG002 - there is one
        unreported: bool = False,
    ) -> dict[TaskName, FloatArray]:
        logits = self.network.logits(texts, targets)
        return {
            task.name: self.reading(task.name).probabilities(
                logits[:, columns_of(tuple(self._of.values()))[task.name]],
                task,
                unreported=unreported,
            )
            for task in self._of.values()
        }


def _lesson(model: ModelName, given: argparse.Namespace) -> Lesson:
    everything = training_examples(model, given.corpora)
    stage = given.runs / f"{model}-further"
    if given.teacher is None:
        return what_we_wrote(
            model, everything, released=given.init, folder=stage, arguments=WRITTEN[model]
        )
    if model == "stance":
        return what_a_teacher_knows(
            model,
            everything,
            of_corpora=training_examples(model, given.corpora, with_own=False),
            teacher=given.teacher,
            released=given.init,
            folder=stage,
            arguments=TAUGHT[model],
        )
    return what_a_teacher_says_of_comments(
        model,
        everything,
        teacher=given.teacher,
        sentiment_teacher=given.sentiment_teacher,
        released=given.init,
        folder=stage,
        arguments=TAUGHT[model],
    )


def main() -> None:
    """Write the ablation's rows to standard output, one JSON object a line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model", choices=("comment", "stance"))
    for name in ("--corpora", "--init", "--runs"):
        parser.add_argument(name, type=Path, required=True)
    parser.add_argument("--teacher")
    parser.add_argument("--sentiment-teacher")
    parser.add_argument("--seeds", type=int, nargs="+", default=[17, 29])
    given = parser.parse_args()
    model: ModelName = given.model
    parts = given.runs / f"{model}-lesson-parts"
    lesson = _lesson(model, given)
    dequantise(given.init, parts / "before")
    dev = held_out_examples(model, given.corpora, "dev")
    taught = given.teacher is not None
    for seed, arm, figures in compare(
        lesson,
        dev,
        model=model,
        before=parts / "before",
        runs=parts,
        seeds=given.seeds,
        arguments=(TAUGHT if taught else WRITTEN)[model],
        arms=(_WHOLE, _WITHOUT_OURS) if taught and model == "stance" else _ARMS,
    ):
        sys.stdout.write(json.dumps({"seed": seed, "arm": arm, "dev": figures}) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
