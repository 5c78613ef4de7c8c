"""The official test parts of the corpora."""

from pathlib import Path

from classifier.examples import Example
from classifier.tasks import TASKS, TaskName
from classifier.training.corpora import CORPORA, read_corpus


def official_corpora(tasks: tuple[TaskName, ...]) -> tuple[str, ...]:
    """Return the names of the corpora whose test parts a model of these tasks is measured on."""
    models = {name for name, answered in TASKS.items() if {t.name for t in answered} & {*tasks}}
    return tuple(
        name for name, corpus in CORPORA.items() if corpus.model in models and corpus.use != "train"
    )


def answers_of(corpus: str) -> tuple[str, ...] | None:
    """Return what a corpus's raters could answer; None if exactly the model's labels."""
    return CORPORA[corpus].answers


def asks_with_phrases(corpus: str) -> bool:
    """Return whether all of a corpus's targets are noun phrases."""
    return CORPORA[corpus].phrases


def read_official(corpus: str, root: Path) -> list[Example]:
    """Return a corpus's test part.

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
    return [example for example in read_corpus(corpus, root, "test") if example.weight == 1]
