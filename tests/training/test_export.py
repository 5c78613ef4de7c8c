"""What eight bits keep of a checkpoint's answers."""

import shutil
from pathlib import Path

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import nn
from training.test_release import base, checkpoint
from training.tiny_encoder import examples
from transformers import AutoModelForSequenceClassification

from classifier.labelling.encoder import Encoder
from classifier.tasks import TASKS
from classifier.training.export import export, export_full
from classifier.training.row_scaling import RowScaledEmbedding, RowScaledLinear

__all__ = ["base", "checkpoint"]
pytestmark = [
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::UserWarning"),
    pytest.mark.filterwarnings("ignore::torch.jit.TracerWarning"),
]
TASK = TASKS["stance"]
rows = st.lists(
    st.lists(st.floats(-1e4, 1e4, width=32), min_size=6, max_size=6), min_size=1, max_size=5
)


def asked(network: Path, folder: Path) -> np.ndarray:
    made = examples(60)
    shutil.copy(network, folder / "model.onnx")
    return Encoder(folder, tasks=TASK).logits(
        [each.text for each in made], [str(each.target) for each in made]
    )


@given(rows)
def test_scaling_a_row_changes_no_answer(numbers: list[list[float]]) -> None:
    torch.manual_seed(3)
    layer = nn.Linear(6, 4)
    given_rows = torch.tensor(numbers)
    with torch.no_grad():
        expected, answered = layer(given_rows), RowScaledLinear(layer)(given_rows)
    assert torch.allclose(answered, expected, rtol=1e-4, atol=1e-6 * float(given_rows.abs().max()))


@given(rows)
def test_an_embedding_is_kept_to_half_a_step_of_its_own_row(numbers: list[list[float]]) -> None:
    embedding = nn.Embedding.from_pretrained(torch.tensor(numbers))
    kept = RowScaledEmbedding(embedding)(torch.arange(len(numbers)))
    step = embedding.weight.abs().amax(dim=1, keepdim=True) / 127
    assert bool(((kept - embedding.weight).abs() <= 0.5001 * step + 1e-6).all())


def test_one_loud_token_costs_the_others_little(checkpoint: Path, tmp_path: Path) -> None:
    loud = tmp_path / "loud"
    model = AutoModelForSequenceClassification.from_pretrained(checkpoint)
    with torch.no_grad():
        # Separators stand in every text, and nothing that is asked hangs on one.
        separator = model.bert.embeddings.token_type_embeddings.weight.new_zeros(32)
        separator[:2] = torch.tensor([300.0, -300.0])
        model.bert.embeddings.word_embeddings.weight[3] = separator
        model.bert.embeddings.LayerNorm.weight[:2] *= 8
    model.save_pretrained(loud)
    shutil.copy(checkpoint / "tokenizer.json", loud)
    export_full(loud, tmp_path / "full.onnx")
    quantize_dynamic(tmp_path / "full.onnx", tmp_path / "plain.onnx", weight_type=QuantType.QInt8)
    export(loud, tmp_path / "scaled.onnx")
    exact, plain, scaled = (
        asked(tmp_path / f"{name}.onnx", loud) for name in ("full", "plain", "scaled")
    )
    lost_plain, lost = (np.sqrt(((each - exact) ** 2).mean()) for each in (plain, scaled))
    assert lost < 0.5 * lost_plain
