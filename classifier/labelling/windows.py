"""Token windows: how a text, with or without a target, is shown to an encoder.

A text longer than the encoder's window is shown in several, overlapping ones; nothing is cut.
A target stands before the text in every window and is itself shortened where it is long.
"""

import re
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from classifier.errors import ModelError

if TYPE_CHECKING:
    from tokenizers import Tokenizer

MOST_TOKENS = 192
MOST_TARGET_TOKENS = 64
_OVERLAP = 32
_MOST_CHARACTERS = 50_000
# Between two words one space, which tokenizers in the manner of RoBERTa give to the second.
_BORDER = re.compile(r"(?<=\w) (?=\w)")


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
    most_tokens: int = MOST_TOKENS,
) -> list[Window]:
    """Cut texts into windows of at most `most_tokens` tokens.

    Parameters
    ----------
    tokenizer : tokenizers.Tokenizer
        With ``[CLS]`` and ``[SEP]`` as BERT has them, or ``<s>`` and ``</s>`` as RoBERTa has.
    texts : sequence of str
        Own words of replies.
    targets : sequence of str, optional
        What each stance is towards, one a text.
    most_tokens : int
        Size of a window, special tokens and target included.

    Returns
    -------
    list of Window
        In the order of `texts`; at least one a text, empty texts too.
    """
    start_id, end_id, between = _special_ids(tokenizer)
    tokens = _tokens(tokenizer, texts)
    if targets is None:
        heads: list[list[int]] = [[start_id]] * len(texts)
    else:
        unique = {target: position for position, target in enumerate(dict.fromkeys(targets))}
        known = [
            [start_id, *ids[:MOST_TARGET_TOKENS], *between]
            for ids in _tokens(tokenizer, list(unique))
        ]
        heads = [known[unique[target]] for target in targets]
    cut: list[Window] = []
    for index, (ids, head) in enumerate(zip(tokens, heads, strict=True)):
        room = most_tokens - len(head) - 1
        shown, start = 0, 0
        while True:
            piece = ids[start : start + room]
            weight = max(start + len(piece) - shown, 1)
            whole = (*head, *piece, end_id)
            first_segment = len(head) if targets is not None else len(whole)
            cut.append(Window(index, whole, first_segment, weight))
            shown = start + len(piece)
            if shown >= len(ids):
                break
            start += room - min(_OVERLAP, room // 4)
    return cut


def _tokens(tokenizer: "Tokenizer", texts: Sequence[str]) -> Iterator[Sequence[int]]:
    """Yield the token ids of each text.

    The tokenizer takes some hundred bytes for each character that it is given at once, so a long
    text is given in parts that end where a word does, which changes no token.
    """
    parts = [tuple(_parts(text)) for text in texts]
    short = [text for several in parts if len(several) == 1 for text in several]
    encoded = iter(tokenizer.encode_batch_fast(_encodable(short), add_special_tokens=False))
    for several in parts:
        if len(several) == 1:
            yield next(encoded).ids
            continue
        ids = array("i")
        for part in _encodable(several):
            ids.extend(tokenizer.encode(part, add_special_tokens=False).ids)
        yield ids


def _parts(text: str) -> Iterator[str]:
    start = 0
    while len(text) - start > _MOST_CHARACTERS:
        border = _BORDER.search(text, start + _MOST_CHARACTERS)
        if border is None:
            break
        yield text[start : border.start()]
        start = border.start()
    yield text[start:]


def _encodable(texts: Iterable[str]) -> list[str]:
    """Return the texts as the tokenizer takes them: without lone surrogates."""
    return [text.encode("utf-8", "replace").decode("utf-8") for text in texts]


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
