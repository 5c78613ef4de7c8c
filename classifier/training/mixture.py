"""The examples that a model learns from: its corpora, mixed, minus what is evaluated on."""

from pathlib import Path

from classifier.examples import Example
from classifier.tasks import ModelName
from classifier.training.corpora import CORPORA, read_corpus
from classifier.training.corpora.parts import Part
from classifier.training.near_duplicates import without_near_duplicates


def training_examples(model: ModelName, root: Path) -> list[Example]:
    """Return the model's training examples, small corpora repeated.

    Texts that stand in any evaluation part of the model's corpora, whole or nearly, are left out.
    """
    evaluated = held_out_examples(model, root, "dev") + held_out_examples(model, root, "test")
    examples: list[Example] = []
    for name, corpus in CORPORA.items():
        if corpus.model == model and corpus.use != "evaluate":
            kept = without_near_duplicates(read_corpus(name, root, "train"), of=evaluated)
            examples += kept * corpus.repeats
    return examples


def held_out_examples(model: ModelName, root: Path, part: Part) -> list[Example]:
    """Return the examples of the model's corpora that are kept from training."""
    return [
        example
        for name, corpus in CORPORA.items()
        if corpus.model == model and corpus.use != "train"
        for example in read_corpus(name, root, part)
    ]
