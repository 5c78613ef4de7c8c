"""Whether incivility is told better by a model that reads the answered comment too.

An ablation: the same encoder learns the same replies twice, alone and with what each answers
before it, and both are asked about held-out threads. Run as
``python -m classifier.training.parent_context --corpora DIR --base DIR --runs DIR``; it prints a
row a seed.
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from classifier.examples import Example
from classifier.labelling.checkpoint import Checkpoint
from classifier.tasks import TASKS
from classifier.training.arguments import TrainingArguments
from classifier.training.corpora.answered import read_answers
from classifier.training.dev_figures import figures_of
from classifier.training.fit import fit

_TASKS = TASKS["comment"]
_CIVIL_BESIDE_ONE_TOXIC = 4
_MOST_TOKENS = 192
_TEXT_ALONE, _WITH_PARENT = "the comment alone", "with what it answers"


def compare(
    learned: Sequence[Example],
    asked: Sequence[Example],
    *,
    runs: Path,
    arguments: TrainingArguments,
    seeds: Sequence[int],
) -> Iterator[tuple[int, str, dict[str, float]]]:
    """Yield seed, what is read, and the mean AUC of incivility on each corpus.

    Parameters
    ----------
    learned, asked : sequence of Example
        Replies with incivility labels to train on and to be asked about; the target of each is
        what it answers.
    runs : Path
        Where checkpoints go.
    arguments : TrainingArguments
        The encoder and how it is trained, the same for both.
    seeds : sequence of int
        Each trains both anew.
    """
    for seed in seeds:
        for name, shown in ((_TEXT_ALONE, _alone), (_WITH_PARENT, list)):
            folder = runs / f"{name.replace(' ', '-')}-{seed}"
            checkpoint = fit(
                shown(learned),
                tasks=_TASKS,
                folder=folder,
                arguments=replace(arguments, seed=seed),
            )
            dev = shown(asked)
            targets = [str(each.target) for each in dev] if name == _WITH_PARENT else None
            logits = Checkpoint(str(checkpoint), tasks=_TASKS).logits(
                [each.text for each in dev], targets
            )
            yield seed, name, figures_of(logits, dev, tasks=_TASKS)


def _alone(examples: Sequence[Example]) -> list[Example]:
    return [replace(each, target=None, target_kind=None) for each in examples]


def _fewer_civil(examples: Sequence[Example]) -> list[Example]:
    """Return all but most civil talk pages, of which 1 in 60 is not; the first of them stay."""
    toxic = [each for each in examples if max(each.labels.values()) >= 0.5]  # noqa: PLR2004
    civil = [each for each in examples if max(each.labels.values()) < 0.5]  # noqa: PLR2004
    ours = [each for each in civil if each.group is not None]
    others = [each for each in civil if each.group is None]
    uncivil_pages = sum(each.group is None for each in toxic)
    return [*toxic, *ours, *others[: _CIVIL_BESIDE_ONE_TOXIC * uncivil_pages]]


def main() -> None:
    """Write the ablation's rows to standard output."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--base", default=TrainingArguments().base)
    parser.add_argument("--runs", type=Path, required=True)
    parser.add_argument("--epochs", type=float, default=1.0)
    parser.add_argument("--seeds", type=int, nargs="+", default=[17, 29])
    given = parser.parse_args()
    arguments = TrainingArguments(base=given.base, epochs=given.epochs, max_tokens=_MOST_TOKENS)
    learned = _fewer_civil(read_answers(given.corpora, "train"))
    asked = read_answers(given.corpora, "dev")
    for seed, name, figures in compare(
        learned, asked, runs=given.runs, arguments=arguments, seeds=given.seeds
    ):
        shown = "".join(f" {figure:.3f} |" for figure in figures.values())
        sys.stdout.write(f"| {seed} | {name} |{shown} <!-- {', '.join(figures)} -->\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
