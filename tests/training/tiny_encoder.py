"""Encoders small enough to train in a test, and stances that they can learn."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors
from transformers import BertConfig, BertModel, MPNetConfig, MPNetModel
from transformers import PreTrainedTokenizerFast as FastTokenizer

from classifier.examples import Example
from classifier.training.arguments import TrainingArguments

WORDS = [
    *("toll", "bridge", "tunnel", "good", "great", "bad", "awful", "yes", "no"),
    *("fine", "rotten", "the", "is", "for", "me", "a"),
]
WIDTH = 32
STANCES = {"good": "favor", "great": "favor", "bad": "against", "awful": "against"}


def examples(size: int) -> list[Example]:
    generator = np.random.default_rng(5)
    made = []
    for _ in range(size):
        words = generator.choice([word for word in WORDS if word not in STANCES], size=5).tolist()
        judged = str(generator.choice([*STANCES, "is"]))
        made.append(
            Example(
                text=" ".join([*words, judged]),
                target=str(generator.choice(["toll", "the bridge"])),
                target_kind="topic",
                label=STANCES.get(judged, "neutral"),
                corpus="made up",
            )
        )
    return made


def save_wordpieces(words: Sequence[str], folder: Path) -> int:
    """Write BERT's tokenizer for a few words and return how many tokens it knows."""
    tokens = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *words]
    vocabulary = {token: number for number, token in enumerate(tokens)}
    tokenizer = Tokenizer(models.WordPiece(vocabulary, unk_token="[UNK]"))  # type: ignore[call-arg]
    tokenizer.normalizer = normalizers.BertNormalizer()  # type: ignore[assignment]
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()  # type: ignore[assignment]
    tokenizer.post_processor = processors.TemplateProcessing(  # type: ignore[assignment]
        single="[CLS] $A [SEP]",
        pair="[CLS] $A [SEP] $B:1 [SEP]:1",
        special_tokens=[("[CLS]", 2), ("[SEP]", 3)],
    )
    FastTokenizer(
        tokenizer_object=tokenizer,
        cls_token="[CLS]",
        sep_token="[SEP]",
        pad_token="[PAD]",
        model_input_names=["input_ids", "token_type_ids", "attention_mask"],
    ).save_pretrained(folder)
    return len(tokens)


def tiny_bert(folder: Path) -> Path:
    """Write an encoder of two layers with BERT's segments."""
    size = save_wordpieces(WORDS, folder)
    torch.manual_seed(1)
    config = BertConfig(
        vocab_size=size,
        hidden_size=WIDTH,
        num_hidden_layers=2,
        num_attention_heads=4,
        intermediate_size=64,
        max_position_embeddings=256,
    )
    BertModel(config).save_pretrained(folder)
    return folder


def tiny_mpnet(folder: Path, *, layers: int = 1) -> Path:
    """Write an encoder that knows no segments, with padding that is not zero."""
    words = ["<s>", "<pad>", "</s>", "<unk>", "<mask>", *WORDS]
    tokenizer = Tokenizer(models.WordLevel({w: i for i, w in enumerate(words)}, unk_token="<unk>"))  # type: ignore[call-arg]
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()  # type: ignore[assignment]
    FastTokenizer(
        tokenizer_object=tokenizer, bos_token="<s>", eos_token="</s>", pad_token="<pad>"
    ).save_pretrained(folder)
    torch.manual_seed(1)
    sizes = {"hidden_size": WIDTH, "num_hidden_layers": layers, "num_attention_heads": 4}
    config = MPNetConfig(vocab_size=len(words), intermediate_size=64, **sizes)
    MPNetModel(config).save_pretrained(folder)
    return folder


def arguments(base: Path, **changes: float | bool) -> TrainingArguments:
    return TrainingArguments(
        base=str(base),
        learning_rate=2e-3,
        head_learning_rate=5e-3,
        most_examples=16,
        checkpoint_every=7,
        **{"epochs": 12.0, **changes},  # type: ignore[arg-type]
    )
