"""The language gate: the models read English, and say so rather than guess."""

import re
from functools import cache
from typing import TYPE_CHECKING

from classifier.labelling.parts import parts_of
from classifier.thread import Language

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

ENGLISH = "en"

_CANDIDATES = (
    *("ar", "bg", "bn", "ca", "cs", "da", "de", "el", "en", "es", "fa", "fi", "fr", "he", "hi"),
    *("hr", "hu", "id", "it", "ja", "ko", "nl", "no", "pl", "pt", "ro", "ru", "sk", "sr", "sv"),
    *("th", "tr", "uk", "ur", "vi", "zh"),
)
# Words that English uses all the time, and that are no words of another candidate language.
_ENGLISH_WORDS = frozenset(
    (
        *("the", "and", "that", "this", "these", "those", "with", "you", "your", "they", "their"),
        *("them", "there", "are", "were", "been", "being", "not", "what", "when", "where"),
        *("which", "who", "whose", "why", "would", "should", "could", "because", "about", "from"),
        *("but", "than", "then", "our", "she", "him", "how", "here", "just", "only", "every"),
        *("much", "very", "while", "after", "into", "ours", "it's", "don't", "i'm", "doesn't"),
        *("isn't", "aren't", "can't", "won't", "didn't", "you're", "they're", "that's", "there's"),
    )
)
_PLAIN_SHARE = 0.25
_FEWEST_PLAIN = 2
_WORD = re.compile(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)?")
_SURE = 0.9
_FEWEST_LETTERS = 20
_LATIN_END = "\u0250"
_IDENTIFIED = 1_000_000


def language_of(text: str) -> Language:
    """Return the most probable language of a text.

    A text of which a quarter are words that only English has is English; any other goes to
    langid (Lui & Baldwin 2012), whose tables take longer to load than the models, and which
    reads no more than a text's first million characters.
    """
    if _is_plain_english(text):
        return Language(code=ENGLISH, probability=1.0)
    code, probability = _identifier().classify(text[:_IDENTIFIED])
    return Language(code=code, probability=min(max(float(probability), 0.0), 1.0))


def is_read(text: str, language: Language) -> bool:
    """Tell whether the models may label the text.

    Slang, names and typing errors make short English look foreign, so a text in Latin letters is
    refused only if it is long enough and another language is nearly sure.
    """
    if language.code == ENGLISH:
        return True
    letters = latin = 0
    for part in parts_of(text):
        found = [character for character in part if character.isalpha()]
        letters += len(found)
        latin += sum(character < _LATIN_END for character in found)
    if not letters:
        return True
    if latin < letters / 2:
        return False
    return letters < _FEWEST_LETTERS or language.probability < _SURE


def _is_plain_english(text: str) -> bool:
    words = plain = 0
    different: set[str] = set()
    for part in parts_of(text):
        found = [word.replace("\u2019", "'") for word in _WORD.findall(part.lower())]
        known = [word for word in found if word in _ENGLISH_WORDS]
        words += len(found)
        plain += len(known)
        different.update(known)
    return len(different) >= _FEWEST_PLAIN and plain >= _PLAIN_SHARE * words


@cache
def _identifier() -> "LanguageIdentifier":
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(list(_CANDIDATES))
    return identifier
