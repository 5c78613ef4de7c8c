"""The language gate: the models read English, and say so rather than guess."""

from functools import cache
from typing import TYPE_CHECKING

from classifier.thread import Language

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

ENGLISH = "en"

_CANDIDATES = (
    *("ar", "bg", "bn", "ca", "cs", "da", "de", "el", "en", "es", "fa", "fi", "fr", "he", "hi"),
    *("hr", "hu", "id", "it", "ja", "ko", "nl", "no", "pl", "pt", "ro", "ru", "sk", "sr", "sv"),
    *("th", "tr", "uk", "ur", "vi", "zh"),
)
_SURE = 0.9
_FEWEST_LETTERS = 20
_LATIN_END = "\u0250"


def language_of(text: str) -> Language:
    """Return the most probable language of a text (langid, Lui & Baldwin 2012)."""
    code, probability = _identifier().classify(text)
    return Language(code=code, probability=min(max(float(probability), 0.0), 1.0))


def is_read(text: str, language: Language) -> bool:
    """Tell whether the models may label the text.

    Slang, names and typing errors make short English look foreign, so a text in Latin letters is
    refused only if it is long enough and another language is nearly sure.
    """
    if language.code == ENGLISH:
        return True
    letters = [character for character in text if character.isalpha()]
    if not letters:
        return True
    if sum(character < _LATIN_END for character in letters) < len(letters) / 2:
        return False
    return len(letters) < _FEWEST_LETTERS or language.probability < _SURE


@cache
def _identifier() -> "LanguageIdentifier":
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(list(_CANDIDATES))
    return identifier
