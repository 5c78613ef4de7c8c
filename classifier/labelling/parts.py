"""A long text in parts, so that what is made of its words never takes many times its memory."""

import re
from collections.abc import Iterator

LONG = 200_000
"""Characters of the parts that words are counted in; a shorter text is one part."""

# A space or line end between two words; tokenizers in the manner of RoBERTa give it to the second.
_BORDER = re.compile(r"(?<=\S)\s(?=\S)")
# What `str.splitlines` takes for a line, found one at a time.
_LINE = re.compile("[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")


def parts_of(text: str, *, size: int = LONG) -> Iterator[str]:
    """Yield a text in parts that end where a word does.

    Parameters
    ----------
    text : str
        A text of any length.
    size : int
        Characters that a part has at least, unless it is the last.

    Yields
    ------
    str
        Together the text; none has more than twice `size` characters. Where so many stand without
        white space between two of them, a part ends inside.
    """
    start = 0
    while len(text) - start > size:
        border = _BORDER.search(text, start + size, start + 2 * size)
        end = border.start() if border else min(start + 2 * size, len(text))
        yield text[start:end]
        start = end
    if start < len(text) or not text:
        yield text[start:]


def paragraphs_of(text: str) -> Iterator[str]:
    """Yield the lines of a text that hold anything, without the white space around them."""
    for line in _LINE.finditer(text):
        if stripped := line.group().strip():
            yield stripped
