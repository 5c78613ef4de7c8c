"""Words of a text with what stands between them, for finding names and noun phrases."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from classifier.labelling.word_lists import ABBREVIATIONS

_WORD = re.compile(r"[^\W\d_]+(?:['\u2019-][^\W\d_]+)*")
_FOLDED = re.compile(r"\w+(?:['\u2019]\w+)*")
_POSSESSIVES = ("'s", "\u2019s")
_OPENS = frozenset('.!?:;\n\r"(*\u2018\u201c\u2014\u2026')
_SHORTEST_PLURAL = 4
_LONGEST = 40


@dataclass(frozen=True, slots=True)
class Token:
    """One word of a text.

    Parameters
    ----------
    text : str
        The word as written, without a possessive ending.
    joined : bool
        Nothing but one space stands between the word before and this one.
    first : bool
        It opens a sentence, a line, a quotation or a bracket, so its capital says nothing.
    """

    text: str
    joined: bool
    first: bool

    @property
    def capital(self) -> bool:
        """Whether the word, or its last part ("al-Sadr"), begins with a capital."""
        return self.text[0].isupper() or self.text.rpartition("-")[2][0].isupper()


def tokens(text: str) -> Iterator[Token]:
    """Yield the words of a text without numbers, @mentions and words of absurd length."""
    end, before, possessive = 0, "", False
    for found in _WORD.finditer(text):
        gap = text[end : found.start()] if before else "\n" + text[: found.start()]
        abbreviated = gap == ". " and (len(before) == 1 or before in ABBREVIATIONS)
        joined = abbreviated or (gap == " " and not possessive)
        word = found.group()
        end = found.end()
        possessive = word.endswith(_POSSESSIVES)
        word = word[:-2] if possessive else word
        before = word.casefold()
        if len(word) <= _LONGEST and not gap.endswith("@"):
            yield Token(word, joined, not abbreviated and not _OPENS.isdisjoint(gap))


def folded_words(text: str) -> list[str]:
    """Return a text's words for comparison, each `folded`."""
    return [folded(word) for word in _FOLDED.findall(text)]


def folded(word: str) -> str:
    """Return a word without case, possessive ending and plural ending."""
    word = word.casefold()
    if word.endswith(_POSSESSIVES):
        word = word[:-2]
    if len(word) <= _SHORTEST_PLURAL - 1 or not word.endswith("s"):
        return word
    if len(word) > _SHORTEST_PLURAL and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > _SHORTEST_PLURAL and word.endswith(("ches", "shes", "sses", "xes")):
        return word[:-2]
    return word if word.endswith(("ss", "us", "is")) else word[:-1]
