"""The official test parts of the corpora, as named sets of examples."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from classifier.examples import Example
from classifier.tasks import TASKS, TaskName
from classifier.training.corpora import CORPORA, read_corpus


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficialSet:
    """Examples that no model of this package was trained on, under one name."""

    name: str
    examples: tuple[Example, ...]


def official_corpora(tasks: tuple[TaskName, ...]) -> tuple[str, ...]:
    """Return the names of the corpora whose test parts a model of these tasks is measured on."""
    models = {name for name, answered in TASKS.items() if {t.name for t in answered} & {*tasks}}
    return tuple(
        name for name, corpus in CORPORA.items() if corpus.model in models and corpus.use != "train"
    )


def read_official_sets(corpus: str, root: Path) -> Iterator[OfficialSet]:
    """Yield a corpus's test part whole, then each part of it that has a name of its own.

    Examples whose label is one of several that raters gave, each with a part of the weight, are
    left out: no single answer to them is right.

    Parameters
    ----------
    corpus : str
        One of `official_corpora`.
    root : Path
        Folder that holds the corpora.

    Raises
    ------
    InputError
        If the corpus's files are not there.
    """
    examples = tuple(each for each in read_corpus(corpus, root, "test") if each.weight == 1)
    yield OfficialSet(name=corpus, examples=examples)
    for part in sorted({example.corpus or corpus for example in examples} - {corpus}):
        chosen = tuple(example for example in examples if example.corpus == part)
        if len(chosen) < len(examples):
            yield OfficialSet(name=part, examples=chosen)
