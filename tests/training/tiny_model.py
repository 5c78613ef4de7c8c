"""A comment model of a few thousand weights, made in seconds: it answers by chance."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import torch
from training.tiny_encoder import save_wordpieces
from transformers import AutoModelForSequenceClassification, BertConfig

from classifier.examples import Example
from classifier.tasks import TASKS
from classifier.training.arguments import TrainingArguments
from classifier.training.release import release

_WORDS = 300


def tiny_comment_model(examples: Sequence[Example], folder: Path) -> Path:
    """Write the released folder ``folder/comment`` of a network that was not trained."""
    checkpoint = folder / "checkpoint"
    unreported = Example(text="hm", label="ambiguous")
    examples = [replace(each, corpus="made up") for each in (*examples, unreported)]
    common = Counter(word for each in examples for word in each.text.lower().split())
    words = [word for word, _ in common.most_common(_WORDS) if word.isalpha()]
    size = save_wordpieces(words, checkpoint)
    labels = [output for task in TASKS["comment"] for output in task.outputs]
    config = BertConfig(
        vocab_size=size,
        hidden_size=32,
        num_hidden_layers=1,
        num_attention_heads=4,
        intermediate_size=64,
        max_position_embeddings=256,
        id2label=dict(enumerate(labels)),
        label2id={label: number for number, label in enumerate(labels)},
        problem_type="multi_label_classification",
    )
    torch.manual_seed(1)
    network = AutoModelForSequenceClassification.from_config(config)
    for weights in network.parameters():  # equal ones, as zero biases are, would be exported once
        weights.data += 0.02 * torch.randn_like(weights)
    network.save_pretrained(checkpoint)
    return release(
        "comment",
        checkpoint=checkpoint,
        examples=examples,
        dev=examples,
        output=folder / "models",
        arguments=TrainingArguments(base=str(checkpoint)),
    )
