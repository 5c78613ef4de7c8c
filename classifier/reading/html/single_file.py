"""Pages that a browser saved as a single file (MHTML): mail of parts, of which one is the page."""

import re

from classifier.errors import InputError

_HEAD_BYTES = 4096
_SAVED = re.compile(rb"^content-type:\s{0,9}multipart/related", re.IGNORECASE | re.MULTILINE)


def is_single_file(data: bytes) -> bool:
    """Return whether this is the beginning of such a file."""
    head = data[:_HEAD_BYTES]
    return b"<" not in head.split(b":", 1)[0] and _SAVED.search(head) is not None


def page_in(data: bytes, *, source: str) -> tuple[bytes, str | None]:
    """Return the page in a single file, and its charset where that is said.

    Of the parts the first that is HTML is the page; empty if there is none.

    Raises
    ------
    InputError
        If the parts are nested too deeply.
    """
    from email import message_from_bytes

    try:
        parts = list(message_from_bytes(data).walk())
    except RecursionError:
        raise InputError(f"{source}: parts nested too deeply: save the page alone") from None
    for part in parts:
        if part.get_content_type() in ("text/html", "application/xhtml+xml"):
            payload = part.get_payload(decode=True)
            charset = part.get_content_charset()
            return (payload if isinstance(payload, bytes) else b""), charset
    return b"", None
