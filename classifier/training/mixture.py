"""The examples that a model learns from: its corpora, mixed, minus what is evaluated on."""

import math
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import Path
from random import Random

from classifier.errors import UsageError
from classifier.examples import Example
from classifier.tasks import ModelName
from classifier.thread import INCIVILITIES
from classifier.training.corpora import CORPORA, read_corpus
from classifier.training.corpora.parts import Part
from classifier.training.near_duplicates import without_near_duplicates
from classifier.training.own_examples import CORPUS as OWN_SENTENCES
from classifier.training.own_examples import own_examples
from classifier.training.own_names import named_counterparts

_RARE = ("severe_toxicity", "threat", "identity_attack")
_RARE_REPEATS = 3
_NAMED = 8000
_ONE_NAMED_OF = 8
_NAMED_SEED = 5
_MOST_HARMLESS = 20_000
_HELD = 0.5


def training_examples(
    model: ModelName, root: Path, *, with_own: bool = True, only: Collection[str] = ()
) -> list[Example]:
    """Return the model's training examples, small corpora and rare kinds of incivility repeated.

    Texts that stand in any evaluation part of the model's corpora, whole or nearly, are left out.

    Parameters
    ----------
    model : {"comment", "stance", "tone"}
        Which model is to learn.
    root : Path
        Folder that holds the corpora.
    with_own : bool
        Add the threads and sentences of our own writing, and for stance examples of the corpora
        with a person named beside them; leave them out to see what they do.
    only : collection of str
        Corpora to read, with a person named beside theirs too but no sentences of our own; by
        default all.

    Raises
    ------
    UsageError
        If the model learns from no corpus of such a name.
    """
    names = [
        name for name, each in CORPORA.items() if each.model == model and each.use != "evaluate"
    ]
    for name in only:
        if name not in names:
            raise UsageError(
                f"'{model}' learns from no corpus '{name}'; it learns from {', '.join(names)}"
            )
    evaluated = held_out_examples(model, root, "dev") + held_out_examples(model, root, "test")
    examples: list[Example] = []
    for name in only or names:
        corpus = CORPORA[name]
        if with_own or not corpus.shipped:
            kept = without_near_duplicates(read_corpus(name, root, "train"), of=evaluated)
            if model == "stance" and corpus.evened:
                kept = evened(kept)
            examples += [
                example for example in kept for _ in range(_repeats(example, corpus.repeats))
            ]
    if not with_own:
        return examples
    sentences = [] if only else own_examples(model)
    if model != "stance":
        return [*examples, *sentences]
    # A fixed seed names the same people everywhere; nothing here is a secret.
    most = len(examples) // _ONE_NAMED_OF if only else _NAMED
    named = named_counterparts(examples, most, Random(_NAMED_SEED))  # noqa: S311
    return [*examples, *sentences, *(with_name for _, with_name in named)]


def evened(examples: Sequence[Example]) -> list[Example]:
    """Return the examples with rarer labels weighing more, half way to an even share.

    One answer in six to a quoted post agrees: a share of how a corpus was gathered, not of the
    thread that a model will read. A label's weight is the root of how much rarer than the average
    label it is.

    Parameters
    ----------
    examples : sequence of Example
        Of one corpus, each with a label.

    Returns
    -------
    list of Example
        In the same order, of the same total weight.
    """
    counts = Counter(example.label for example in examples)
    weights = [example.weight / math.sqrt(counts[example.label]) for example in examples]
    scale = sum(example.weight for example in examples) / sum(weights) if weights else 1.0
    return [
        replace(example, weight=weight * scale)
        for example, weight in zip(examples, weights, strict=True)
    ]


def one_of_each(examples: Sequence[Example], *, seed: int) -> list[Example]:
    """Return each example of a corpus once, and of the comments that are harmless 20,000.

    A larger model, which has an hour for what a small one reads in minutes, learns from these.

    Parameters
    ----------
    examples : sequence of Example
        In which some repeat.
    seed : int
        Decides which of the comments that their corpus finds nothing bad in are taken; our own are
        all taken.
    """
    once = list({(each.corpus, each.text, each.target): each for each in examples}.values())
    harmless = [place for place, each in enumerate(once) if _is_harmless(each)]
    draw = Random(seed)  # noqa: S311 - no secret
    left_out = set(draw.sample(harmless, max(0, len(harmless) - _MOST_HARMLESS)))
    return [each for place, each in enumerate(once) if place not in left_out]


def is_ours(example: Example) -> bool:
    """Tell whether an example is of our own writing."""
    written = (OWN_SENTENCES, *(name for name, corpus in CORPORA.items() if corpus.shipped))
    return (example.corpus or "").startswith(written)


def _is_harmless(example: Example) -> bool:
    """Tell whether a corpus that is not ours labels all kinds of incivility and finds none."""
    known = set(INCIVILITIES) <= set(example.labels)
    return known and max(example.labels.values()) < _HELD and not is_ours(example)


def _repeats(example: Example, of_corpus: int) -> int:
    """Return how often an example stands in an epoch.

    Seen once, a kind that one comment in a hundred shows is learned last: threats of the dev
    examples rose from .88 to .96 in AUC when they were seen three times.
    """
    rare = any(example.labels.get(label, 0.0) >= _HELD for label in _RARE)
    return max(of_corpus, _RARE_REPEATS) if rare else of_corpus


def held_out_examples(model: ModelName, root: Path, part: Part) -> list[Example]:
    """Return the examples of the model's corpora that are kept from training."""
    return [
        example
        for name, corpus in CORPORA.items()
        if corpus.model == model and corpus.use != "train"
        for example in read_corpus(name, root, part)
    ]
