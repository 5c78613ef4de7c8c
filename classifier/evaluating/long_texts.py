"""Texts longer than a window: whether reading all of them does better than cutting them."""

import itertools
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from classifier.examples import Example
from classifier.labelling.windows import load_tokenizer, windows

_TENTH = 10
_FEWEST = 50


def long_text_sets(
    name: str, examples: Sequence[Example], *, folder: Path
) -> dict[str, list[Example]]:
    """Return those of the longest tenth that need several windows, whole and cut to the first.

    Parameters
    ----------
    name : str
        Of the test set.
    examples : sequence of Example
        The test set.
    folder : Path
        Of the model whose windows are meant.

    Returns
    -------
    dict of str to list of Example
        The two sets under names of their own; empty where fewer than fifty texts are that long.

    Raises
    ------
    ModelError
        If the model's tokenizer is missing or damaged.
    """
    longest = sorted(examples, key=lambda example: -len(example.text))
    longest = longest[: len(examples) // _TENTH]
    if len(longest) < _FEWEST:
        return {}
    tokenizer = load_tokenizer(folder / "tokenizer.json")
    with_target = any(example.target is not None for example in longest)
    shown = windows(
        tokenizer,
        [example.text for example in longest],
        [example.target or "" for example in longest] if with_target else None,
    )
    first_weights = {window.text: window.weight for window in reversed(shown)}
    several = {
        index
        for window, following in itertools.pairwise(shown)
        if (index := window.text) == following.text
    }
    if len(several) < _FEWEST:
        return {}
    whole = [longest[index] for index in sorted(several)]
    cut = []
    for index in sorted(several):
        text = longest[index].text
        ends = tokenizer.encode(text, add_special_tokens=False).offsets
        cut.append(replace(longest[index], text=text[: ends[first_weights[index] - 1][1]]))
    return {f"{name}, longest": whole, f"{name}, longest cut": cut}
