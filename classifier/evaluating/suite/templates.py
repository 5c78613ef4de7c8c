"""Sentences from templates, and the files that hold them."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

_SLOT = re.compile(r"\{([a-z_]{1,40})\}")


def read_sentences(name: str) -> dict[str, Any]:
    """Return the content of one of the suite's own TOML files."""
    return tomllib.loads(Path(__file__).with_name(name).read_text(encoding="utf-8"))


def fill(template: str, words: Mapping[str, str]) -> str:
    """Return a template with a word in each ``{slot}``, its first letter a capital."""
    text = _SLOT.sub(lambda slot: words[slot[1]], template)
    return text[:1].upper() + text[1:]


def choices(templates: Sequence[str], words: Mapping[str, Sequence[str]]) -> list[dict[str, str]]:
    """Return the words for each sentence that templates with the same slots make.

    The first sentence takes the first word of every slot's list, and so on, until the longest
    list is used up; shorter ones begin anew. Every word is used, and the number of sentences
    does not grow with the product of the lists.
    """
    slots = list(dict.fromkeys(slot for text in templates for slot in _SLOT.findall(text)))
    longest = max((len(words[slot]) for slot in slots), default=1)
    return [
        {slot: words[slot][turn % len(words[slot])] for slot in slots} for turn in range(longest)
    ]
