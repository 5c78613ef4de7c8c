"""Let an encoder read emoji, and the words that they stand beside.

A vocabulary of word pieces knows few emoji, and a word that one is written behind without a space
is unknown as a whole, insults too. Here every emoji is a token of its own, and the commonest take
the vocabulary's unused places. Each begins as the mean of what the words of its Unicode name are
(as the embeddings of Eisner et al. 2016, "emoji2vec", do) and is learned like any word.
"""

import inspect
import json
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import torch
from tokenizers import Tokenizer

# Faces and gestures first, as long as there are places.
_COMMON = (
    (0x1F600, 0x1F64F),
    (0x1F90C, 0x1F93F),
    (0x1F970, 0x1F97A),
    (0x1F440, 0x1F4AF),
    (0x1F590, 0x1F596),
    (0x1F525, 0x1F52B),
    (0x2600, 0x2685),
    (0x2700, 0x2767),
    (0x1F400, 0x1F43F),
    (0x1F980, 0x1F9FF),
    (0x26A0, 0x26FF),
    (0x1F300, 0x1F3FA),
)
_EMOJI = r"[\x{2600}-\x{27BF}\x{1F000}-\x{1FAFF}]"
_DRAWN_SO = r"[\x{1F3FB}-\x{1F3FF}\x{200D}\x{FE0E}\x{FE0F}]"  # tone of skin, joiner, variation
_UNUSED = "[unused"
_INPUTS = ("input_ids", "token_type_ids", "attention_mask")
_SPECIAL = {f"{name}_token": f"[{name.upper()}]" for name in ("unk", "pad", "cls", "sep", "mask")}


def read_emoji(model: Any, checkpoint: Path) -> None:  # noqa: ANN401 - transformers is untyped
    """Give emoji places in a checkpoint's vocabulary and a model's embeddings.

    A tokenizer that is not one of word pieces, or already has them, stays as it is.

    Parameters
    ----------
    model : transformers model
        Whose embeddings of words are changed where an emoji takes an unused place.
    checkpoint : Path
        Folder with ``tokenizer.json`` and ``tokenizer_config.json``, which are written anew.
    """
    file, settings = checkpoint / "tokenizer.json", checkpoint / "tokenizer_config.json"
    content = json.loads(file.read_text(encoding="utf-8"))
    if content["model"]["type"] != "WordPiece":
        return
    vocabulary = content["model"]["vocab"]
    given = _take_unused_places(vocabulary)
    content["pre_tokenizer"] = _apart(content["pre_tokenizer"])
    file.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    told = json.loads(settings.read_text(encoding="utf-8")) if settings.is_file() else {}
    told = {name: token for name, token in _SPECIAL.items() if token in vocabulary} | told
    # The class of BERT's own tokenizers would put its way of splitting words in this one's place;
    # the general one must be told which inputs the model takes.
    taken = inspect.signature(model.forward).parameters
    told["tokenizer_class"] = "PreTrainedTokenizerFast"
    told["model_input_names"] = [name for name in _INPUTS if name in taken]
    settings.write_text(json.dumps(told, indent=2), encoding="utf-8")
    tokenizer = Tokenizer.from_str(json.dumps(content))
    tokenizer.no_padding()
    weights = model.get_input_embeddings().weight
    with torch.no_grad():
        for emoji, place in given.items():
            name = tokenizer.encode(unicodedata.name(emoji).lower(), add_special_tokens=False)
            weights[place] = weights[name.ids].mean(dim=0)


def _take_unused_places(vocabulary: dict[str, int]) -> dict[str, int]:
    """Put emoji in the place of unused tokens and return where they are."""
    unused = sorted(
        (token for token in vocabulary if token.startswith(_UNUSED)), key=vocabulary.__getitem__
    )
    missing = [emoji for emoji in _common() if emoji not in vocabulary]
    given = {emoji: vocabulary.pop(token) for emoji, token in zip(missing, unused, strict=False)}
    vocabulary |= given
    return given


def _common() -> Iterator[str]:
    for first, last in _COMMON:
        yield from (sign for sign in map(chr, range(first, last + 1)) if unicodedata.name(sign, ""))


def _apart(splitting: dict[str, Any] | None) -> dict[str, Any]:
    """Return a way of splitting words that splits emoji off before."""
    one = [] if splitting is None else [splitting]
    steps = splitting["pretokenizers"] if splitting and splitting["type"] == "Sequence" else one
    ours = [
        {"type": "Split", "pattern": {"Regex": pattern}, "behavior": behaviour, "invert": False}
        for pattern, behaviour in ((_DRAWN_SO, "Removed"), (_EMOJI, "Isolated"))
    ]
    others = [step for step in steps if step not in ours]
    return {"type": "Sequence", "pretokenizers": [*ours, *others]}
