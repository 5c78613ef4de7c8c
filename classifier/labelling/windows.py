"""Token windows: how a text, with or without a target, is shown to an encoder.

A text longer than the encoder's window is shown in several, overlapping ones; nothing is cut.
A target stands before the text in every window and is itself shortened where it is long.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from classifier.errors import ModelError
from classifier.labelling.parts import parts_of

if TYPE_CHECKING:
    from tokenizers import Tokenizer

MOST_TOKENS = 192
# An insult in a long letter is lost in a wide window; of 64 to 192 this did best on dev.
MOST_TOKENS_ALONE = 96
MOST_TARGET_TOKENS = 64
_OVERLAP = 32
# The tokenizer takes some hundred bytes for each character that it is given at once.
_MOST_CHARACTERS = 50_000
_OF_A_TARGET = 4_000


@dataclass(frozen=True, slots=True)
class Window:
    """What the encoder sees at once.

    Parameters
    ----------
    text : int
        Index of the text that it belongs to.
    ids : tuple of int
        Token ids with the special tokens in place.
    first_segment : int
        Number of leading tokens of segment 0: the target's, or all where there is none.
    weight : int
        Tokens of the text that it shows and no earlier window showed.
    """

    text: int
    ids: tuple[int, ...]
    first_segment: int
    weight: int


def load_tokenizer(file: Path) -> "Tokenizer":
    """Read a ``tokenizer.json`` and switch off its own cutting and padding.

    Raises
    ------
    ModelError
        If the file is missing or not a tokenizer.
    """
    if not file.is_file():
        raise ModelError(f"{file}: the model's tokenizer is missing: install the model again")
    try:
        return _tokenizer(file.read_bytes())
    except Exception as error:  # the library raises bare Exception
        raise ModelError(f"{file}: not a tokenizer: install the model again") from error


@lru_cache(maxsize=2)
def _tokenizer(content: bytes) -> "Tokenizer":
    """Parse a tokenizer; models that have the same one share it."""
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_buffer(content)
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def windows(
    tokenizer: "Tokenizer",
    texts: Sequence[str],
    targets: Sequence[str] | None = None,
    *,
    most_tokens: int | None = None,
) -> list[Window]:
    """Cut texts into windows of a number of tokens.

    Parameters
    ----------
    tokenizer : tokenizers.Tokenizer
        With ``[CLS]`` and ``[SEP]`` as BERT has them, or ``<s>`` and ``</s>`` as RoBERTa has.
    texts : sequence of str
        Own words of replies.
    targets : sequence of str, optional
        What each stance is towards, one a text.
    most_tokens : int, optional
        Size of a window, special tokens and target included; by default `MOST_TOKENS`, or
        `MOST_TOKENS_ALONE` where there are no targets.

    Returns
    -------
    list of Window
        In the order of `texts`; at least one a text, empty texts too.
    """
    return list(stream_windows(tokenizer, texts, targets, most_tokens=most_tokens))


def stream_windows(
    tokenizer: "Tokenizer",
    texts: Sequence[str],
    targets: Sequence[str] | None = None,
    *,
    most_tokens: int | None = None,
) -> Iterator[Window]:
    """Yield what `windows` returns, holding a small part of a long text's tokens at a time."""
    if most_tokens is None:
        most_tokens = MOST_TOKENS_ALONE if targets is None else MOST_TOKENS
    start_id, end_id, between = _special_ids(tokenizer)
    heads: dict[str, tuple[int, ...]] = {}
    for target in targets or ():
        if target not in heads:
            heads[target] = (start_id, *_first_tokens(tokenizer, target), *between)
    for index, tokens in enumerate(_tokens(tokenizer, texts)):
        head = (start_id,) if targets is None else heads[targets[index]]
        for ids, weight in _pieces(tokens, room=most_tokens - len(head) - 1):
            whole = (*head, *ids, end_id)
            first_segment = len(whole) if targets is None else len(head)
            yield Window(index, whole, first_segment, weight)


def _pieces(tokens: Iterable[Sequence[int]], *, room: int) -> Iterator[tuple[Sequence[int], int]]:
    """Yield overlapping runs of at most `room` tokens, and how many of each are new."""
    step = room - min(_OVERLAP, room // 4)
    held: list[int] = []
    seen = 0
    for more in tokens:
        held += more
        start = 0
        while len(held) - start > room:
            yield held[start : start + room], room - seen
            start += step
            seen = room - step
        del held[:start]
    yield held, max(len(held) - seen, 1)


def _tokens(tokenizer: "Tokenizer", texts: Sequence[str]) -> Iterator[Iterable[Sequence[int]]]:
    """Yield the token ids of each text, those of a long one in parts: that changes no token."""
    for together in _batches(texts):
        if len(together[0]) > _MOST_CHARACTERS:
            yield _tokens_of_long(tokenizer, together[0], size=_MOST_CHARACTERS)
            continue
        encodable = [_encodable(text) for text in together]
        for encoding in tokenizer.encode_batch_fast(encodable, add_special_tokens=False):
            yield (encoding.ids,)


def _batches(texts: Sequence[str]) -> Iterator[Sequence[str]]:
    """Yield runs of texts to be given to the tokenizer at once; a long one is alone."""
    start = size = 0
    for index, text in enumerate(texts):
        if start < index and size + len(text) > _MOST_CHARACTERS:
            yield texts[start:index]
            start, size = index, 0
        size += len(text)
    if start < len(texts):
        yield texts[start:]


def _first_tokens(tokenizer: "Tokenizer", target: str) -> Sequence[int]:
    ids: list[int] = []
    for more in _tokens_of_long(tokenizer, target, size=_OF_A_TARGET):
        ids += more
        if len(ids) >= MOST_TARGET_TOKENS:
            break
    return ids[:MOST_TARGET_TOKENS]


def _tokens_of_long(tokenizer: "Tokenizer", text: str, *, size: int) -> Iterator[Sequence[int]]:
    for part in parts_of(text, size=size):
        yield tokenizer.encode(_encodable(part), add_special_tokens=False).ids


def _encodable(text: str) -> str:
    """Return the text as the tokenizer takes it: without lone surrogates."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _special_ids(tokenizer: "Tokenizer") -> tuple[int, int, list[int]]:
    """Return the tokens that begin and end a window, and those between target and text."""
    start, end = tokenizer.token_to_id("[CLS]"), tokenizer.token_to_id("[SEP]")
    if start is not None and end is not None:
        return start, end, [end]
    start, end = tokenizer.token_to_id("<s>"), tokenizer.token_to_id("</s>")
    if start is not None and end is not None:
        return start, end, [end, end]
    raise ModelError(
        "the model's tokenizer has neither [CLS] and [SEP] nor <s> and </s>: only models in the "
        "manner of BERT or RoBERTa are read"
    )
