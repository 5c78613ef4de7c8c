"""From bytes to text: UTF-8 where it is, another encoding detected and named where it is not."""

import codecs
import itertools
import re
from collections.abc import Iterable, Iterator

from classifier.errors import InputError
from classifier.reading.notices import Notice, Notify

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROLS = bytes(set(range(0x20)) - set(b"\t\n\v\f\r\b\x1b"))
_BINARY_SHARE = 0.04
_ASCII = bytes(range(0x80))
_SAMPLE_BYTES = 1 << 16
_PLACES_NAMED = 5
_USUAL = "cp1252"
_CANDIDATES = (
    _USUAL,
    "cp1250",
    "cp1251",
    "cp1253",
    "cp1254",
    "cp1255",
    "cp1256",
    "cp1257",
    "iso8859_2",
    "iso8859_5",
    "iso8859_7",
    "koi8_r",
    "mac_roman",
    "shift_jis",
    "euc_jp",
    "euc_kr",
    "gb18030",
    "big5",
)
# On a short English text all Western encodings tie, and so Windows-1252 stands unless another
# one reads cleaner, or this much more like a language, or the text is mostly beyond ASCII.
_COHERENCE_MARGIN = 0.1
_FOREIGN_SHARE = 0.3


def decode(chunks: Iterable[bytes], *, source: str, notify: Notify) -> Iterator[str]:
    """Yield the text of a stream of bytes, line ends as they are and without a byte order mark.

    A mark decides the encoding. Without one the text is UTF-8 until bytes come up that are
    not: if these outnumber the whole UTF-8 sequences up to there, the encoding is detected
    from them, named in a warning, and holds from there on; otherwise the text stays UTF-8.
    Bytes that cannot be decoded become U+FFFD each and are reported with their places.

    Parameters
    ----------
    chunks : iterable of bytes
        The stream; borders may fall inside a character.
    source : str
        What messages call the stream.
    notify : callable
        Takes each `Notice`.

    Raises
    ------
    InputError
        If the stream holds no bytes, or bytes that are no text.
    """
    stream = iter(chunks)
    head = next(stream, b"")
    if not head:
        raise InputError(f"{source}: is empty")
    for mark, encoding in _BYTE_ORDER_MARKS:
        if head.startswith(mark):
            marked = itertools.chain([head[len(mark) :]], stream)
            yield from _decode_as(encoding, marked, source=source, notify=notify)
            return
    if len(head.translate(None, delete=_CONTROLS)) < (1 - _BINARY_SHARE) * len(head):
        raise InputError(f"{source}: holds binary data, not text: unpack or convert it first")
    yield from _decode_unmarked(itertools.chain([head], stream), source=source, notify=notify)


def _decode_unmarked(chunks: Iterator[bytes], *, source: str, notify: Notify) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
    damage = _Damage(_ESCAPED)
    whole = 0
    sample = b""
    for chunk in itertools.chain(chunks, [b""]):
        pending = bytes(decoder.getstate()[0])
        text = decoder.decode(chunk, not chunk)
        sample = chunk or sample
        broken = len(_ESCAPED.findall(text))
        whole += sum(map(len, _NOT_ASCII.findall(text))) - broken
        if broken > whole and not damage.count:
            encoding = _detect(pending + sample if chunk else sample)
            notify(
                Notice(kind="warning", source=source, message=f"not UTF-8: decoded as {encoding}")
            )
            rest = itertools.chain([pending + chunk], chunks)
            yield from _decode_as(encoding, rest, source=source, notify=notify, past=damage)
            return
        yield damage.repair(text)
    damage.report("UTF-8", source=source, notify=notify)


def _decode_as(
    encoding: str,
    chunks: Iterator[bytes],
    *,
    source: str,
    notify: Notify,
    past: "_Damage | None" = None,
) -> Iterator[str]:
    errors = "surrogateescape" if encoding == "utf-8" else "replace"
    decoder = codecs.getincrementaldecoder(encoding)(errors)
    damage = _Damage(_ESCAPED if encoding == "utf-8" else _REPLACED, past=past)
    for chunk in itertools.chain(chunks, [b""]):
        yield damage.repair(decoder.decode(chunk, not chunk))
    damage.report(encoding.upper(), source=source, notify=notify)


def _detect(sample: bytes) -> str:
    """Return the likeliest encoding of bytes that are not UTF-8, judged by their own lines."""
    from charset_normalizer import from_bytes  # few inputs need it

    telling = b"\n".join(line for line in sample.split(b"\n") if not line.isascii())
    telling = telling[:_SAMPLE_BYTES]
    matches = from_bytes(telling, cp_isolation=list(_CANDIDATES))
    best = matches.best()
    if best is None:
        return _USUAL
    usual = next((match for match in matches if _USUAL in match.could_be_from_charset), None)
    if (
        usual is not None
        and usual.chaos <= best.chaos
        and usual.coherence + _COHERENCE_MARGIN >= best.coherence
    ):
        return _USUAL
    foreign = len(telling.translate(None, delete=_ASCII)) >= _FOREIGN_SHARE * len(telling)
    return best.encoding if best.coherence > 0 or foreign else _USUAL


# A UTF-8 text may hold U+FFFD of its own, so bytes that failed are marked by lone surrogates.
_ESCAPED = re.compile("[\udc80-\udcff]")
_REPLACED = re.compile("\ufffd")
_NOT_ASCII = re.compile("[^\x00-\x7f]+")


class _Damage:
    """Counts what could not be decoded and remembers the first places."""

    def __init__(self, mark: re.Pattern[str], *, past: "_Damage | None" = None) -> None:
        self.count = 0
        self._mark = mark
        self._places: list[str] = []
        self.offset: int = past.offset if past else 0
        self.line: int = past.line if past else 1

    def repair(self, text: str) -> str:
        """Return the text with U+FFFD for each mark, and note where the marks stood."""
        for match in self._mark.finditer(text):
            self.count += 1
            if len(self._places) < _PLACES_NAMED:
                line = self.line + text.count("\n", 0, match.start())
                self._places.append(f"character {self.offset + match.start()} (line {line})")
        self.offset += len(text)
        self.line += text.count("\n")
        return self._mark.sub("\ufffd", text) if self.count else text

    def report(self, encoding: str, *, source: str, notify: Notify) -> None:
        """Tell of the damage, if there was any."""
        if not self.count:
            return
        places = ", ".join(self._places) + (", …" if self.count > len(self._places) else "")
        some = "1 byte is" if self.count == 1 else f"{self.count} bytes are"
        notify(
            Notice(
                kind="warning",
                source=source,
                message=f"{some} not {encoding} and became U+FFFD: {places}",
            )
        )
