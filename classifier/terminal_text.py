"""Text that came from outside, made so that nothing in it steers the terminal that shows it.

A terminal acts on control characters, the escape sequences that they begin among them, and turns
the direction of writing on others; names of files and texts of pages may hold any of them.
"""

import re
import unicodedata

_JOINERS = frozenset("\u200c\u200d")
_UNSAFE = frozenset({"Cc", "Cf", "Cs"})
_REPLACEMENT = "\ufffd"
# JSON escapes what is below U+0020 by itself. U+0085, U+2028 and U+2029 end a line for some.
_ACTING_IN_JSON = re.compile("[\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def visible(text: str) -> str:
    """Return the text with U+FFFD for each character that acts on a terminal or is no character.

    Line ends and tabs are such characters too; joiners, which many scripts need, are not.
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(
        character
        if character in _JOINERS or unicodedata.category(character) not in _UNSAFE
        else _REPLACEMENT
        for character in text
    )


def plain_json(json: str) -> str:
    r"""Return the same JSON with what acts on a terminal or ends a line written as ``\uXXXX``.

    Parameters
    ----------
    json : str
        JSON without white space between its values but blanks and line feeds.
    """
    if json.isascii() and "\x7f" not in json:
        return json
    return _ACTING_IN_JSON.sub(lambda found: f"\\u{ord(found[0]):04x}", json)


def readable_name(name: object) -> str:
    r"""Return a file's name with bytes that are no characters written as ``\udcXX``."""
    return str(name).encode("utf-8", "backslashreplace").decode("utf-8")
