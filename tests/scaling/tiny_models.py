"""Models of a few hundred weights: loaded in an instant, and what they say is left to chance."""

import json
import string
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors

from classifier.checksums import write_checksums
from classifier.labelling.calibration import TaskCalibration, write_calibration
from classifier.tasks import TASKS, ModelName

_SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")
_INPUTS = ("input_ids", "attention_mask", "token_type_ids")


def write_models(folder: Path, *, seed: int = 1) -> Path:
    """Write a comment and a stance model, each a mean of random vectors of a text's letters."""
    vocabulary = _vocabulary()
    names: tuple[ModelName, ...] = ("comment", "stance")
    for number, name in enumerate(names):
        model = folder / name
        model.mkdir(parents=True)
        outputs = sum(len(task.outputs) for task in TASKS[name])
        random = np.random.default_rng([seed, number])
        weights = random.normal(0, 3, (len(vocabulary), outputs)).astype(np.float32)
        onnx.save(_network(weights), str(model / "model.onnx"))
        _tokenizer(vocabulary).save(str(model / "tokenizer.json"))
        (model / "config.json").write_text(json.dumps({"classifier": {"model": name}}))
        reading = {task.name: TaskCalibration.unfitted(task) for task in TASKS[name]}
        write_calibration(model / "calibration.json", {"transformer": reading, "baseline": reading})
        write_checksums(model)
    return folder


def _vocabulary() -> dict[str, int]:
    characters = string.ascii_lowercase + string.digits + string.punctuation
    parts = [*characters, *(f"##{character}" for character in characters)]
    return {token: number for number, token in enumerate([*_SPECIAL, *parts])}


def _tokenizer(vocabulary: dict[str, int]) -> Tokenizer:
    tokenizer = Tokenizer(models.WordPiece(vocabulary, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer()
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]",
        pair="[CLS] $A [SEP] $B:1 [SEP]:1",
        special_tokens=[("[CLS]", 2), ("[SEP]", 3)],
    )
    return tokenizer


def _network(weights: "np.ndarray[tuple[int, ...], np.dtype[np.float32]]") -> onnx.ModelProto:
    ids = [
        helper.make_tensor_value_info(name, TensorProto.INT64, ["batch", "tokens"])
        for name in _INPUTS
    ]
    logits = helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["batch", weights.shape[1]])
    nodes = [
        helper.make_node("Gather", ["weights", "input_ids"], ["vectors"]),
        helper.make_node("ReduceMean", ["vectors"], ["logits"], axes=[1], keepdims=0),
    ]
    graph = helper.make_graph(
        nodes, "letters", ids, [logits], [numpy_helper.from_array(weights, "weights")]
    )
    return helper.make_model(
        graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8, producer_name="tests"
    )
