"""Read a discussion page offline and say who answers whom, in what stance and how civilly.

Examples
--------
>>> import classifier
>>> classifier.score("What a silly plan.", target="the new tunnel").stance[0].label
'against'
>>> scorer = classifier.Scorer()
>>> for thread in classifier.read_threads("page.txt"):
...     summary = classifier.summarize(scorer.label_thread(thread))
"""

from importlib import import_module
from typing import TYPE_CHECKING

from classifier.errors import (
    ClassifierError,
    InputError,
    MissingExtraError,
    ModelError,
    UsageError,
)

if TYPE_CHECKING:
    from classifier.aggregating import summarize
    from classifier.labelling import Comment, Scorer, score, score_many
    from classifier.pipeline import read_threads

__version__ = "0.1.0"

__all__ = [
    "ClassifierError",
    "Comment",
    "InputError",
    "MissingExtraError",
    "ModelError",
    "Scorer",
    "UsageError",
    "__version__",
    "read_threads",
    "score",
    "score_many",
    "summarize",
]

_LIVES_IN = {
    "Comment": "classifier.labelling",
    "Scorer": "classifier.labelling",
    "read_threads": "classifier.pipeline",
    "score": "classifier.labelling",
    "score_many": "classifier.labelling",
    "summarize": "classifier.aggregating",
}


def __getattr__(name: str) -> object:
    """Import what is heavy when it is first asked for (PEP 562)."""
    if name not in _LIVES_IN:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(_LIVES_IN[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
