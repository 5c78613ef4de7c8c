"""Classes of characters, looked up for a whole page at once."""

# ruff: noqa: RUF001 - the signs that look alike are what these tables are about

import unicodedata
from functools import cache

import numpy as np
from numpy.typing import NDArray

SPACE, BREAK, LOWER, UPPER, LETTER, DIGIT, APOSTROPHE = range(7)
STOP, EXCLAMATION, QUESTION, COMMA, COLON, QUOTE_MARK, ANGLE, AT, BRACKET, DASH, SLASH, OTHER = (
    range(7, 19)
)
CLASS_COUNT = 19

_KNOWN = 0x3000
_SUPPLEMENTARY = 0x10000
_PUNCTUATION = {
    APOSTROPHE: "'’‘`",
    STOP: ".…",
    EXCLAMATION: "!",
    QUESTION: "?",
    COMMA: ",;",
    COLON: ":",
    QUOTE_MARK: '"“”«»„',
    ANGLE: ">",
    AT: "@",
    BRACKET: "()[]{}",
    DASH: "-–—―",
    SLASH: "/|\\_#*+=~<^&%$",
}


def encode(text: str) -> NDArray[np.uint32]:
    """Return the text's code points, one an element."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)


def classes_of(codes: NDArray[np.uint32]) -> NDArray[np.uint8]:
    """Return the class of each code point."""
    table, _ = _tables()
    classes: NDArray[np.uint8] = table[_index(codes)]
    return classes


def lowered(codes: NDArray[np.uint32]) -> NDArray[np.uint64]:
    """Return each code point in lower case; those that no table knows stay as they are."""
    _, lower = _tables()
    index = _index(codes)
    return lower[codes] if index is codes else np.where(index < _KNOWN, lower[index], codes)


def _index(codes: NDArray[np.uint32]) -> NDArray[np.integer]:
    """Return where the tables hold each code point; the code points themselves where they can."""
    if codes.max(initial=0) < _KNOWN:
        return codes
    index = np.minimum(codes, _KNOWN).astype(np.intp)
    index += codes >= _SUPPLEMENTARY
    return index


@cache
def _tables() -> tuple[NDArray[np.uint8], NDArray[np.uint64]]:
    """Return class and lower case of every code point below `_KNOWN`, and of two groups above."""
    classes = np.full(_KNOWN + 2, OTHER, dtype=np.uint8)
    lower = np.arange(_KNOWN + 2, dtype=np.uint64)
    for code in range(_KNOWN):
        character = chr(code)
        if character.isspace():
            classes[code] = SPACE
        elif character.isalpha():
            folded = character.lower()
            if character.islower():
                classes[code] = LOWER
            else:
                classes[code] = UPPER if character.isupper() else LETTER
            lower[code] = ord(folded[0])
        elif character.isdigit():
            classes[code] = DIGIT
        elif unicodedata.category(character) == "Mn":
            classes[code] = LETTER
    for kind, characters in _PUNCTUATION.items():
        classes[[ord(character) for character in characters]] = kind
    classes[ord("\n")] = classes[ord("\r")] = BREAK
    classes[_KNOWN] = LETTER
    return classes, lower
