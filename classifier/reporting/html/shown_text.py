"""Text of a page as a browser may show it: what acts instead of being seen is made visible."""

_KEPT = "\n\t"
_CONTROLS = (*range(0x20), *range(0x7F, 0xA0))
_SURROGATES = range(0xD800, 0xE000)
_OVERRIDES = (0x202D, 0x202E)
_MADE_VISIBLE = {
    code: "\ufffd"
    for code in (*_CONTROLS, *_SURROGATES, *_OVERRIDES)
    if code > 0x7F or chr(code) not in _KEPT  # noqa: PLR2004 - ASCII ends there
}


def shown(text: str) -> str:
    """Return the text with control characters as U+FFFD.

    Line feeds and tabs stay, and other line ends become line feeds. Lone surrogates, which no
    file can hold, and the characters that force a direction of writing on what follows become
    U+FFFD too; marks, embeddings and isolates, which right-to-left text needs, stay.

    Parameters
    ----------
    text : str
        Any text; it still has to be escaped for the markup that it is put into.
    """
    return text.replace("\r\n", "\n").replace("\r", "\n").translate(_MADE_VISIBLE)


def first_words(text: str, characters: int) -> str:
    """Return the text on one line, cut at a blank near so many characters."""
    line = " ".join(text[: 4 * characters].split())
    if len(line) <= characters:
        return line
    end = line.rfind(" ", characters // 2, characters)
    return line[: end if end > 0 else characters - 1].rstrip() + "…"
