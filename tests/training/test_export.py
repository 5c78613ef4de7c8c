"""What eight bits keep of a checkpoint's answers."""

from pathlib import Path

import numpy as np
import onnx
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from onnxruntime import InferenceSession
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import nn
from training.test_release import base, checkpoint
from transformers import DebertaV2Config, DebertaV2ForSequenceClassification

from classifier.training.export import export, export_full
from classifier.training.row_scaling import RowScaledEmbedding, RowScaledLinear

__all__ = ["base", "checkpoint"]
pytestmark = [
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::UserWarning"),
    pytest.mark.filterwarnings("ignore::torch.jit.TracerWarning"),
]
rows = st.lists(
    st.lists(st.floats(-1e4, 1e4, width=32), min_size=6, max_size=6), min_size=1, max_size=5
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


def in_eight_bits(layer: nn.Module, rows: torch.Tensor, folder: Path) -> np.ndarray:
    torch.onnx.export(layer, (rows,), str(folder / "full.onnx"), opset_version=17, dynamo=False)
    quantize_dynamic(
        folder / "full.onnx", folder / "small.onnx", per_channel=True, weight_type=QuantType.QInt8
    )
    network = InferenceSession(folder / "small.onnx")
    (answers,) = network.run(None, {network.get_inputs()[0].name: rows.numpy()})
    return np.asarray(answers)


def test_one_loud_token_costs_the_others_little(tmp_path: Path) -> None:
    torch.manual_seed(3)
    layer, rows = nn.Linear(64, 16), torch.randn(9, 64)
    rows[0, 0] = 300
    with torch.no_grad():
        exact = layer(rows).numpy()
    lost_plain, lost = (
        np.sqrt(((in_eight_bits(each, rows, tmp_path) - exact)[1:] ** 2).mean())
        for each in (layer, RowScaledLinear(layer))
    )
    assert lost < 0.1 * lost_plain


def test_every_feed_forward_layer_of_an_export_has_a_scale_a_token(
    checkpoint: Path, tmp_path: Path
) -> None:
    export(checkpoint, tmp_path / "small.onnx")
    scales = [
        node.name
        for node in onnx.load(tmp_path / "small.onnx").graph.node
        if node.op_type == "ReduceMax"
    ]
    for layer in (0, 1):
        for place in ("intermediate", "output"):
            assert sum(f"layer.{layer}/{place}/dense" in name for name in scales) == 1


def test_an_encoder_that_looks_into_its_embeddings_is_exported_too(tmp_path: Path) -> None:
    torch.manual_seed(4)
    config = DebertaV2Config(
        vocab_size=40,
        hidden_size=32,
        num_hidden_layers=1,
        num_attention_heads=4,
        intermediate_size=64,
        type_vocab_size=2,
        num_labels=3,
        relative_attention=True,
        pos_att_type=["p2c", "c2p"],
    )
    DebertaV2ForSequenceClassification(config).eval().save_pretrained(tmp_path)
    answers = []
    for write in (export_full, export):
        write(tmp_path, tmp_path / "model.onnx")
        network = InferenceSession(tmp_path / "model.onnx")
        ids = np.arange(2, 10)[None]
        shown = {"input_ids": ids, "attention_mask": np.ones_like(ids)}
        shown["token_type_ids"] = np.zeros_like(ids)
        answers.append(network.run(["logits"], shown)[0])
    assert answers[1] == pytest.approx(answers[0], abs=0.02)
