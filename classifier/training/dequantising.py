"""From a released eight-bit network back to a checkpoint that can be trained."""

import json
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import numpy_helper
from transformers import AutoConfig, AutoModelForSequenceClassification

from classifier.errors import ModelError
from classifier.training.emoji import read_emoji

_PREFIX = "model."
_QUANTIZED = "_quantized"
_INTEGERS, _SCALES = ".integers", ".scales"
# The last two are what the runtime makes of the first when it rearranges a network.
_APPLYING = ("Gather", "MatMulInteger", "MatMulIntegerToFloat", "DynamicQuantizeMatMul")


def dequantise(folder: Path, checkpoint: Path) -> None:
    """Write a released model's weights in single precision, as `transformers` reads them.

    Every eight-bit weight becomes the number that it stands for, ``scale * (weight - zero point)``
    (Jacob et al. 2018), so nothing is lost beyond what the release had lost already: exported again
    untrained, the network is the released one, or, where that was exported before embeddings had a
    scale for each row, one that answers nearer to the checkpoint behind it. Biases and layer norms
    were never quantised.

    Parameters
    ----------
    folder : Path
        A released folder.
    checkpoint : Path
        Where weights, configuration and tokenizer go.

    Raises
    ------
    ModelError
        If the network is missing, damaged, or not one that was released by this package.
    """
    try:
        weights = _weights(onnx.load(folder / "model.onnx"))
        settings = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    except Exception as error:  # onnx and protobuf share no class of errors
        raise ModelError(
            f"{folder}: not a released model that can be read: install it again"
        ) from error
    settings.pop("classifier", None)
    checkpoint.mkdir(parents=True, exist_ok=True)
    (checkpoint / "config.json").write_text(json.dumps(settings), encoding="utf-8")
    made: Any = AutoModelForSequenceClassification
    model = made.from_config(AutoConfig.from_pretrained(checkpoint))
    state = {name: torch.from_numpy(value) for name, value in weights.items()}
    missing, unexpected = model.load_state_dict(state, strict=False)
    if unexpected or any(name in dict(model.named_parameters()) for name in missing):
        raise ModelError(f"{folder / 'model.onnx'}: lacks weights that its configuration names")
    shutil.copy(folder / "tokenizer.json", checkpoint / "tokenizer.json")
    # A release from before emoji were read learns to.
    read_emoji(model, checkpoint)
    model.save_pretrained(checkpoint)


def _weights(network: onnx.ModelProto) -> dict[str, NDArray[np.float32]]:
    """Return the network's parameters by the names that they have in the checkpoint."""
    stored = {each.name: each for each in network.graph.initializer}
    weights = {
        name.removeprefix(_PREFIX): numpy_helper.to_array(each).copy()
        for name, each in stored.items()
        if name.startswith(_PREFIX) and name.endswith((".weight", ".bias"))
    }
    for name in [name for name in stored if name.endswith(_INTEGERS)]:
        integers, scales = (
            numpy_helper.to_array(stored[name.removesuffix(_INTEGERS) + part]).astype(np.float32)
            for part in (_INTEGERS, _SCALES)
        )
        parameter = name.removeprefix(_PREFIX).removesuffix(_INTEGERS) + ".weight"
        weights[parameter] = integers * scales
    for node in network.graph.node:
        held = [name for name in node.input if name.endswith(_QUANTIZED) and name in stored]
        if node.op_type not in _APPLYING or not held:
            continue
        name = held[0].removesuffix(_QUANTIZED)
        integers, scale, zero = (
            numpy_helper.to_array(stored[name + part]).astype(np.float32)
            for part in (_QUANTIZED, "_scale", "_zero_point")
        )
        values = (integers - zero) * scale
        weights[_parameter(node.name)] = values.T.copy() if node.op_type != "Gather" else values
    return weights


def _parameter(node: str) -> str:
    """Return the parameter that a node applies: its path in the network is the module's name."""
    module = node.strip("/").rpartition("/")[0]
    return module.replace("/", ".").removeprefix(_PREFIX) + ".weight"
