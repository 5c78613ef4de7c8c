"""Words masked as people mask them to get past a filter: by signs, stars, spaces, more letters."""

import re
import tomllib
from pathlib import Path
from random import Random

_CONTENT = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
_SIGNS: dict[str, list[str]] = _CONTENT["signs"]
_HARSH = re.compile(rf"\b(?:{'|'.join(_CONTENT['words'])})\b", re.IGNORECASE)
_ANY = re.compile(r"\b[A-Za-z]{4,12}\b")
_SHORTEST = 3
_ALL_SIGNS = 0.25
_MOST_STRETCHED = 5


def harsh_word_masked(text: str, draw: Random) -> str | None:
    """Return a text with its harsh words masked, one way for all; None if it has none.

    Parameters
    ----------
    text : str
        What somebody wrote.
    draw : random.Random
        Decides how.
    """
    way = draw.choice(_WAYS)
    masked = _HARSH.sub(lambda word: way(word.group(), draw), text)
    return masked if masked != text else None


def some_word_masked(text: str, draw: Random) -> str | None:
    """Return a text with one of its words masked, whichever it is; None if none is long enough.

    Beside `harsh_word_masked` it says that a mask alone is no incivility.

    Parameters
    ----------
    text : str
        What somebody wrote.
    draw : random.Random
        Decides which word, and how.
    """
    words = [*_ANY.finditer(text)]
    if not words:
        return None
    word, way = draw.choice(words), draw.choice(_WAYS)
    masked = text[: word.start()] + way(word.group(), draw) + text[word.end() :]
    return masked if masked != text else None


def _by_signs(word: str, draw: Random) -> str:
    """Put a sign for one letter after the first, or for all that have one: id1ot, id10t."""
    places = [place for place, letter in enumerate(word) if place and letter.lower() in _SIGNS]
    if not places:
        return _starred(word, draw)
    chosen = places if draw.random() < _ALL_SIGNS else [draw.choice(places)]
    return "".join(
        draw.choice(_SIGNS[letter.lower()]) if place in chosen else letter
        for place, letter in enumerate(word)
    )


def _starred(word: str, draw: Random) -> str:
    """Hide one inner letter, all inner ones, or all but the first: f*ck, f**k, f***."""
    sign = draw.choice("***-#_.")
    if len(word) <= _SHORTEST:
        return word[0] + sign + word[2:]
    how = draw.randrange(3)
    if how == 0:
        place = draw.randrange(1, len(word) - 1)
        return word[:place] + sign + word[place + 1 :]
    if how == 1:
        return word[0] + sign * (len(word) - 2) + word[-1]
    return word[0] + sign * (len(word) - 1)


def _spaced(word: str, draw: Random) -> str:
    """Set the letters apart: i d i o t."""
    return draw.choice([" ", " ", ".", "-", "_"]).join(word)


def _stretched(word: str, draw: Random) -> str:
    """Write a letter several times: looooser."""
    place = draw.randrange(1, len(word))
    return word[:place] + word[place] * draw.randint(2, _MOST_STRETCHED) + word[place + 1 :]


_WAYS = (_by_signs, _by_signs, _starred, _spaced, _stretched)
