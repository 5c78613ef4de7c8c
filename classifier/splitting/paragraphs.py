"""A page's text as a table of paragraphs and words, built in one pass over the characters.

A paragraph is a line that holds anything but white space; whether a border of blocks stands
before it is for later steps to say.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from classifier.splitting import characters as chars
from classifier.splitting.sums import running_sums, sizes_between, steps_between

_CHUNK = 1 << 18
_REACH = 1 << 16
_ONE_BETWEEN = 2
_SHORT = 3
_STEP = np.uint64(0x9E3779B97F4A7C15)
_SPREAD = np.uint64(0xBF58476D1CE4E5B9)

Integers = NDArray[np.int64]
Hashes = NDArray[np.uint64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraphs:
    """The paragraphs of a page and the words in them; arrays of one length each.

    Parameters
    ----------
    start, end : array of int
        Character offsets of each paragraph, without the white space around it.
    breaks : array of int
        How many line ends stand before it since the paragraph before; 0 for the first.
    counts : array of int, shape (paragraphs, character classes)
        How many characters of each class it holds.
    first, last : array of int
        Code points of its first and last character.
    word_from : array of int, one longer than the paragraphs
        Paragraph ``i`` holds the words ``word_from[i]:word_from[i + 1]``.
    word_counts : array of int
        How many words each paragraph holds.
    word_paragraph : array of int
        The paragraph that each word stands in.
    word, word_length : array of int
        Hash of each word in lower case without apostrophes, and how many characters it takes.
    capital : array of bool
        Whether each word begins with an upper-case letter.
    shouted : array of bool
        Whether each word, of two letters or more, is in upper case throughout.
    number : array of bool
        Whether each word begins with a digit.
    past : array of bool
        Whether each word ends in "ed".
    """

    start: Integers
    end: Integers
    breaks: Integers
    counts: Integers
    first: Integers
    last: Integers
    word_from: Integers
    word_counts: Integers
    word_paragraph: Integers
    word: Hashes
    word_length: Integers
    capital: NDArray[np.bool_]
    shouted: NDArray[np.bool_]
    number: NDArray[np.bool_]
    past: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.start)


def word_hash(word: str) -> int:
    """Return the hash that a word of a page gets."""
    table = find_paragraphs(word)
    return int(table.word[0])


def find_paragraphs(text: str) -> Paragraphs:
    """Return the paragraphs and words of a text; there may be none."""
    tables, lines = [], 0
    for start, end in _chunks(text):
        table, passed = _table(text[start:end], start)
        table["line"] = table["line"] + lines
        lines += passed
        tables.append(table)
    # Each table gives its column up as it is joined, so that a long page is not held twice.
    columns = {name: np.concatenate([t.pop(name) for t in tables]) for name in list(tables[0])}
    columns |= _joined(columns)
    del columns["line"]
    counts = columns.pop("words")
    return Paragraphs(
        word_from=running_sums(counts),
        word_counts=counts,
        word_paragraph=np.repeat(np.arange(len(counts)), counts),
        **columns,
    )


def _chunks(text: str) -> Iterator[tuple[int, int]]:
    """Yield where to cut: at a line end if one is near, else at white space, else anywhere."""
    start = 0
    while len(text) - start > _CHUNK + _REACH:
        least, most = start + _CHUNK, start + _CHUNK + _REACH
        found = (text.find(sign, least, most) for sign in ("\n", " "))
        cut = next((place for place in found if place >= 0), most)
        held = len(text[start:cut].rstrip())
        cut = start + held if held else cut
        if text.startswith("\r\n", cut - 1):
            cut += 1
        yield start, cut
        start = cut
    yield start, len(text)


def _joined(columns: dict[str, NDArray[Any]]) -> dict[str, NDArray[Any]]:
    """Return the columns of paragraphs with the pieces of lines that were cut put together."""
    line = columns["line"]
    begins = np.flatnonzero(steps_between(line, -1))
    stops = begins + sizes_between(begins, len(line)) - 1
    added = {
        name: np.add.reduceat(columns[name], begins) if len(begins) else columns[name]
        for name in ("counts", "words")
    }
    return added | {
        "start": columns["start"][begins],
        "first": columns["first"][begins],
        "end": columns["end"][stops],
        "last": columns["last"][stops],
        "breaks": steps_between(line[begins], line[0] if len(line) else 0),
    }


def _table(text: str, offset: int) -> tuple[dict[str, NDArray[np.generic]], int]:
    """Return a chunk's paragraphs and words, and how many lines end in it."""
    codes = chars.encode(text)
    classes = chars.classes_of(codes)
    line_end = classes == chars.BREAK
    if "\r\n" in text:
        line_end[:-1] &= ~((codes[:-1] == ord("\r")) & (codes[1:] == ord("\n")))
    held = np.flatnonzero(classes > chars.BREAK)
    line_ends = np.flatnonzero(line_end)
    passed = np.zeros(len(line_ends) + 1, dtype=np.int64)
    passed[1:] = np.searchsorted(held, line_ends)
    line = np.flatnonzero(sizes_between(passed, len(held)))
    begins = passed[line]
    sizes = sizes_between(begins, len(held))
    start = held[begins]
    end = held[begins + sizes - 1] + 1
    class_of_line = np.repeat(np.arange(len(start)) * chars.CLASS_COUNT, sizes)
    class_of_line += classes[held]
    counts = np.bincount(class_of_line, minlength=len(start) * chars.CLASS_COUNT)
    words, word_start = _words(codes, classes)
    table = {
        "start": start + offset,
        "end": end + offset,
        "line": line,
        "counts": counts.reshape(len(start), chars.CLASS_COUNT),
        "first": codes[start].astype(np.int64),
        "last": codes[end - 1].astype(np.int64),
        "words": sizes_between(np.searchsorted(word_start, start), len(word_start)),
        **words,
    }
    return table, len(line_ends)


def _words(
    codes: NDArray[np.uint32], classes: NDArray[np.uint8]
) -> tuple[dict[str, NDArray[np.generic]], Integers]:
    """Return the words of a chunk, runs of letters and digits, and where each begins.

    Apostrophes inside are left out.
    """
    at = np.flatnonzero((classes >= chars.LOWER) & (classes <= chars.DIGIT))
    step = steps_between(at, -9)
    begins = np.flatnonzero(step != 1)
    before = classes[at[begins] - 1]
    begins = begins[(step[begins] != _ONE_BETWEEN) | (before != chars.APOSTROPHE)]
    if not len(begins):
        nothing = np.zeros(0, dtype=np.int64)
        flags = dict.fromkeys(("capital", "shouted", "number", "past"), nothing.astype(bool))
        none = {"word": nothing.astype(np.uint64), "word_length": nothing, **flags}
        return none, nothing
    lengths = sizes_between(begins, len(at))
    letters = chars.lowered(codes[at])
    powers, inverse = _powers()
    spread = letters * _SPREAD
    spread ^= letters
    spread *= powers[: len(at)]
    hashes = np.add.reduceat(spread, begins) * inverse[begins]
    lasts = begins + lengths - 1
    past = (letters[lasts] == ord("d")) & (letters[np.maximum(lasts - 1, 0)] == ord("e"))
    start = at[begins]
    words = {
        "word": hashes ^ (hashes >> np.uint64(29)),
        "word_length": at[lasts] + 1 - start,
        "capital": classes[start] == chars.UPPER,
        "shouted": np.logical_and.reduceat(classes[at] == chars.UPPER, begins) & (lengths > 1),
        "number": classes[start] == chars.DIGIT,
        "past": past & (lengths > _SHORT),
    }
    return words, start


@cache
def _powers() -> tuple[Hashes, Hashes]:
    """Return the powers by which the letters of a chunk are told apart, and what undoes each.

    A letter is multiplied by the power of its place in the chunk, and the sum over a word by the
    inverse of its first letter's, so that a word has the same hash wherever it stands.
    """
    steps = np.full(_CHUNK + _REACH, _STEP)
    back = np.full_like(steps, pow(int(_STEP), -1, 1 << 64))
    back[0] = 1
    return np.cumprod(steps), np.cumprod(back)
