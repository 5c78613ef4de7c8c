"""Released folders, read with nothing but onnxruntime and tokenizers, give recorded answers."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
import pytest
from tokenizers import Tokenizer

MODELS = Path(__file__).parents[2] / "models"
RECORDED = json.loads((Path(__file__).with_name("recorded.json")).read_text(encoding="utf-8"))


def probabilities(folder: Path, text: str, target: str | None) -> dict[str, float]:
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    encoded = tokenizer.encode(text) if target is None else tokenizer.encode(target, text)
    network = onnxruntime.InferenceSession(folder / "model.onnx")
    inputs = {
        "input_ids": encoded.ids,
        "attention_mask": encoded.attention_mask,
        "token_type_ids": encoded.type_ids,
    }
    ((logits,),) = network.run(["logits"], {name: [value] for name, value in inputs.items()})
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    calibration = json.loads((folder / "calibration.json").read_text(encoding="utf-8"))
    answers: dict[str, float] = {}
    start = 0
    for task in config["classifier"]["tasks"]:
        reading, labels = calibration["transformer"][task["name"]], task["labels"]
        scale = np.array(reading["scale"])
        if target is not None:
            scale = np.full(len(labels), reading["of_kinds"]["topic"]["scale"])
        own = logits[start : start + len(labels)] * scale + reading["bias"]
        shares = 1 / (1 + np.exp(-own))
        if task["exclusive"]:
            shares = np.exp(own - own.max()) / np.exp(own - own.max()).sum()
        answers |= {label: float(share) for label, share in zip(labels, shares, strict=True)}
        start += len(labels) + len(task["unreported"])
    return answers


@pytest.mark.parametrize("case", RECORDED, ids=lambda case: f"{case['model']}: {case['text']}")
def test_a_released_network_gives_the_recorded_probabilities(case: dict[str, Any]) -> None:
    given = probabilities(MODELS / case["model"], case["text"], case["target"])
    assert given == pytest.approx(case["probabilities"], abs=1e-3)
