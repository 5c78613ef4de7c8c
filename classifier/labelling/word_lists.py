"""Closed lists of English words that tell names and noun phrases from the rest of a text."""

import tomllib
from importlib.resources import files

_LISTS = {
    name: frozenset(words.split())
    for name, words in tomllib.loads(
        files("classifier.labelling").joinpath("word_lists.toml").read_text(encoding="utf-8")
    ).items()
}

DETERMINERS = _LISTS["determiners"]
PREPOSITIONS = _LISTS["prepositions"]
PLACING = _LISTS["placing"]
BEFORE_VERBS = _LISTS["before_verbs"]
AFTER_NOUNS = _LISTS["after_nouns"]
FUNCTION_WORDS = (
    DETERMINERS | PREPOSITIONS | BEFORE_VERBS | AFTER_NOUNS | _LISTS["other_function_words"]
)
TITLES = _LISTS["titles"]
ABBREVIATIONS = _LISTS["abbreviations"]
PARTICLES = _LISTS["particles"]
CALENDAR = _LISTS["calendar"]
VAGUE = _LISTS["vague"]
OFFICES = _LISTS["offices"]
COMMON_VERBS = _LISTS["common_verbs"]
ARGUABLE = _LISTS["arguable"]
DEMONYMS = _LISTS["demonyms"]
