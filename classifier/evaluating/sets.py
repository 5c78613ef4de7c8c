"""The sets that a model is measured on: a corpus's test part, and what is taken from it."""

from dataclasses import dataclass
from pathlib import Path

from classifier.evaluating.long_texts import long_text_sets
from classifier.evaluating.official import answers_of, asks_with_phrases, read_official
from classifier.evaluating.target_forms import target_form_sets
from classifier.examples import Example


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasuredSet:
    """Examples that a model is measured on.

    Parameters
    ----------
    name : str
        Of the set.
    examples : tuple of Example
        What is asked.
    answers : tuple of str or None
        What its raters could answer, where that is not what the model's labels are.
    with_parts : bool
        Whether the corpora named in the examples are shown by themselves too.
    in_full : bool
        Whether the checkpoint that the model was released from is measured too. How targets are
        put is a question about the model, not about its eight-bit weights.
    """

    name: str
    examples: tuple[Example, ...]
    answers: tuple[str, ...] | None
    with_parts: bool = False
    in_full: bool = True


def measured_sets(corpus: str, root: Path, *, folder: Path) -> list[MeasuredSet]:
    """Return a corpus's test part, and what is made of it.

    Parameters
    ----------
    corpus : str
        One of `official_corpora`.
    root : Path
        Folder that holds the corpora.
    folder : Path
        Of the model, by whose windows a text is long.

    Raises
    ------
    InputError
        If the corpus's files are not there.
    ModelError
        If the model's tokenizer is missing or damaged.
    """
    examples, answers = read_official(corpus, root), answers_of(corpus)
    sets = [MeasuredSet(name=corpus, examples=tuple(examples), answers=answers, with_parts=True)]
    answers_alone = [each for each in examples if not _is_its_own_target(each)]
    if len(answers_alone) < len(examples):
        sets.append(
            MeasuredSet(name=f"{corpus}, replies", examples=tuple(answers_alone), answers=answers)
        )
    for name, long in long_text_sets(corpus, examples, folder=folder).items():
        sets.append(MeasuredSet(name=name, examples=tuple(long), answers=answers))
    if asks_with_phrases(corpus):
        for name, put in target_form_sets(corpus, examples).items():
            sets.append(MeasuredSet(name=name, examples=tuple(put), answers=answers, in_full=False))
    return sets


def _is_its_own_target(example: Example) -> bool:
    """Tell whether a thread's first post is asked about itself, as some shared tasks want it."""
    target = example.target
    return (
        target is not None
        and example.target_kind == "article"
        and (example.text.startswith(target))
    )
