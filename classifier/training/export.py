"""Turn a fine-tuned checkpoint into the int8 network that is released."""

import tempfile
from pathlib import Path

import torch
from onnxruntime import GraphOptimizationLevel, InferenceSession, SessionOptions
from onnxruntime.quantization import QuantType, quantize_dynamic
from transformers import AutoModelForSequenceClassification

from classifier.training.row_scaling import scale_rows

_OPSET = 17
_INPUTS = ("input_ids", "attention_mask", "token_type_ids")
_QUANTISED = ("MatMul", "Gemm")


def export(checkpoint: Path, file: Path) -> None:
    """Write a checkpoint as ONNX with weights in eight bits.

    Matrix products are quantised dynamically, weights per channel; activations are quantised as
    they come, in the widest layers with a scale for each token, so no calibration data is needed;
    embeddings have a scale for each row. The network is written as the runtime rearranges it for
    any processor, which took most of the time that loading it takes.

    Parameters
    ----------
    checkpoint : Path
        A sequence-classification checkpoint in `transformers`' layout.
    file : Path
        Where the network goes.
    """
    with tempfile.TemporaryDirectory() as scratch:
        full = Path(scratch) / "full.onnx"
        model = _load(checkpoint)
        scale_rows(model)
        _write(model, full)
        small = Path(scratch) / "small.onnx"
        quantize_dynamic(
            full,
            small,
            op_types_to_quantize=list(_QUANTISED),
            per_channel=True,
            weight_type=QuantType.QInt8,
        )
        _rearrange(small, file)


def _rearrange(network: Path, file: Path) -> None:
    options = SessionOptions()
    options.log_severity_level = 3
    options.graph_optimization_level = GraphOptimizationLevel.ORT_ENABLE_EXTENDED
    options.optimized_model_filepath = str(file)
    InferenceSession(str(network), options, providers=["CPUExecutionProvider"])


def export_full(checkpoint: Path, file: Path) -> None:
    """Write a checkpoint as ONNX in single precision."""
    _write(_load(checkpoint), file)


def _load(checkpoint: Path) -> torch.nn.Module:
    loaded: torch.nn.Module = AutoModelForSequenceClassification.from_pretrained(
        checkpoint, attn_implementation="eager"
    )
    return loaded.eval()


def _write(model: torch.nn.Module, file: Path) -> None:
    sample = {name: torch.ones((2, 8), dtype=torch.long) for name in _INPUTS}
    torch.onnx.export(
        _Logits(model),
        tuple(sample.values()),
        str(file),
        input_names=list(_INPUTS),
        output_names=["logits"],
        dynamic_axes={
            **{name: {0: "batch", 1: "tokens"} for name in _INPUTS},
            "logits": {0: "batch"},
        },
        opset_version=_OPSET,
        dynamo=False,
    )


class _Logits(torch.nn.Module):
    """The model with positional inputs and the logits as its only output."""

    def __init__(self, model: torch.nn.Module) -> None:
        super().__init__()
        self.model = model

    def forward(
        self,
        input_ids: torch.Tensor,
        attention_mask: torch.Tensor,
        token_type_ids: torch.Tensor,
    ) -> torch.Tensor:
        """Return the logits."""
        outputs = self.model(
            input_ids=input_ids, attention_mask=attention_mask, token_type_ids=token_type_ids
        )
        logits: torch.Tensor = outputs.logits
        return logits
