"""From the text of a page to its tree, whatever state its markup is in."""

import re
from typing import TYPE_CHECKING

from classifier.errors import InputError
from classifier.reading.notices import Notice, Notify

if TYPE_CHECKING:
    from lxml.etree import _Element

_DEEPEST = "EXCESSIVE_DEPTH"
_UNUSABLE = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_TAG = re.compile(r"<[a-zA-Z!/]")
# Where a page breaks off within a tag, lxml leaves out what is there of it but these.
_BROKEN_OFF = re.compile(r"</?\Z")


def parse(text: str, *, source: str, notify: Notify) -> "_Element":
    """Return the root of a page's tree, mended as browsers mend it.

    Levels beyond about two thousand are cut off with all that follows, which is said.

    Raises
    ------
    InputError
        If the text holds no markup.
    """
    from lxml.etree import HTMLParser, fromstring

    if not _TAG.search(text):
        raise InputError(f"{source}: holds no markup: read it with --format text")
    parser = HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    whole = _BROKEN_OFF.sub("", text)
    root = fromstring(_UNUSABLE.sub("\ufffd", whole).encode(), parser)
    if root is None:
        raise InputError(f"{source}: holds no markup: read it with --format text")
    for entry in parser.error_log:
        if "depth" in entry.message.lower():
            message = "nested too deeply: what follows the deepest element was left out"
            notify(Notice(kind="failure", source=source, message=message, line=entry.line))
            break
    return root
