"""Text of a page made safe to show: it must not steer the terminal that shows it."""

from rich.cells import cell_len, set_cell_size

from classifier.terminal_text import visible

_INVISIBLE = str.maketrans("", "", "\u00ad\u200b\u2060\ufeff")
_ELLIPSIS = "..."


def safe(text: str, *, encoding: str = "utf-8") -> str:
    """Return the text on one line, with nothing in it that acts on a terminal.

    White space becomes single blanks. Control characters, and with them every escape sequence,
    and characters that turn the direction of writing become U+FFFD. Letters that the encoding
    lacks become question marks.

    Parameters
    ----------
    text : str
        Any text.
    encoding : str
        Encoding of the stream that shows it.
    """
    shown = visible(" ".join(text.translate(_INVISIBLE).split()))
    return shown.encode(encoding, "replace").decode(encoding)


def cut(text: str, width: int) -> str:
    """Return the text, its end replaced by three dots if it is wider than `width` cells."""
    if cell_len(text) <= width:
        return text
    return set_cell_size(text, max(0, width - len(_ELLIPSIS))).rstrip() + _ELLIPSIS[:width]
