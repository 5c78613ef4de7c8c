"""From the bytes of a page to its text: by header, byte order mark, meta tag, or detection."""

import codecs
import re

from classifier.reading.decoding import decode
from classifier.reading.notices import Notice, Notify

_HEAD_BYTES = 4096
_META = re.compile(
    rb"""<(?:meta|\?xml)[^>]{0,400}?(?:charset|encoding)\s{0,9}=\s{0,9}["']?\s{0,9}([\w:.-]{1,40})""",
    re.IGNORECASE,
)
_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
# What pages mean by these names, by the WHATWG Encoding Standard.
_MEANT = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
}
_ESCAPING = ("iso2022", "hz", "utf-7")


def decode_html(data: bytes, *, charset: str | None, source: str, notify: Notify) -> str:
    """Return the text of a page.

    A byte order mark decides; else UTF-8 wherever the bytes are valid UTF-8 beyond ASCII, whatever
    the page says of itself; else the charset of the header, then that of the meta tag, if the
    bytes fit it; else the encoding is detected and named.

    Parameters
    ----------
    data : bytes
        The page.
    charset : str or None
        What the HTTP header said, if there was one.
    source : str
        What messages call the page.
    notify : callable
        Takes a `Notice` where bytes could not be decoded or an encoding was guessed.

    Raises
    ------
    InputError
        If the page is empty or holds binary data.
    """
    if data and not data.startswith(_MARKS):
        found = _META.search(data, 0, _HEAD_BYTES)
        named = [charset or "", found[1].decode("ascii", "replace") if found else ""]
        known = [codec for codec in map(_codec, named) if codec]
        escaped = any(codec.startswith(_ESCAPING) for codec in known)
        if not escaped and not data.isascii():
            known = ["utf-8", *(codec for codec in known if codec != "utf-8")]
        for codec in known:
            if b"\x00" in data and not codec.startswith("utf-16"):
                continue
            try:
                return data.decode(codec)
            except UnicodeError:
                continue
        mixed = next((codec for codec in known if codec != "utf-8" and not escaped), None)
        if mixed is not None and b"\x00" not in data:
            text = data.decode(mixed, "replace")
            lost = text.count("\ufffd")
            message = f"{lost} bytes are not {mixed.upper()}, as the page says, and became U+FFFD"
            notify(Notice(kind="warning", source=source, message=message))
            return text
    return "".join(decode([data] if data else [], source=source, notify=notify))


def _codec(name: str) -> str | None:
    """Return Python's name of the text encoding that a page means by a name."""
    try:
        codec = codecs.lookup(name).name
        "".encode(codec)
    except (LookupError, ValueError):
        return None
    return _MEANT.get(codec, codec)
