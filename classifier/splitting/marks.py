"""Marks that people and forums put at quotes: ``>`` at line beginnings, "X wrote:" above."""

import re

import numpy as np
from numpy.typing import NDArray

from classifier.splitting import characters as chars
from classifier.splitting.paragraphs import Paragraphs

_SIGN, _ENTITY = ">", "&gt;"
_LONGEST_HEAD = 160
_HEADS = (
    re.compile(
        r"(?:quote:\s{0,3})?originally (?:posted|written) by:? (?P<name>[^\n]{1,60})", re.IGNORECASE
    ),
    re.compile(r"quote from:? (?P<name>[^\n]{1,60})", re.IGNORECASE),
    re.compile(
        r"(?:on [^\n]{6,80}?[,;] )?(?P<name>\S[^\n:]{0,58}?) (?:wrote|said|writes|posted)"
        r"(?: on [^\n]{1,60})?\s?[:;]\s{0,3}[↑>]?",
        re.IGNORECASE,
    ),
)


def quoted_author(line: str) -> str | None:
    """Return whose words a line such as "X wrote:" announces; None for any other line."""
    if len(line) > _LONGEST_HEAD:
        return None
    for pattern in _HEADS:
        if found := pattern.fullmatch(line):
            return found["name"].strip(" :")
    return None


def has_marks(text: str) -> bool:
    """Tell whether a text holds a sign that, at the beginning of a line, marks a quote."""
    return _SIGN in text or _ENTITY in text


def marked(text: str, paragraphs: Paragraphs) -> NDArray[np.bool_]:
    """Return which paragraphs begin with the quotation mark of mail, ``>`` or its entity."""
    found: NDArray[np.bool_] = chars.classes_of(paragraphs.first.astype(np.uint32)) == chars.ANGLE
    for number in np.flatnonzero(paragraphs.first == ord("&")).tolist():
        found[number] = text.startswith(_ENTITY, int(paragraphs.start[number]))
    return found
