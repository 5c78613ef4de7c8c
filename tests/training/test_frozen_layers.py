"""Layers that are left as they are: not learned, asked once, and the model whole afterwards."""

import json
import logging
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.torch import load_file, save_file
from training.tiny_encoder import WIDTH, arguments, examples, tiny_bert, tiny_mpnet
from transformers import AutoModel

from classifier.errors import UsageError
from classifier.labelling.checkpoint import Checkpoint
from classifier.tasks import TASKS
from classifier.training.arguments import TrainingArguments
from classifier.training.fit import fit

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")
TASK = TASKS["stance"]


def two_layers_of_mpnet(folder: Path) -> Path:
    return tiny_mpnet(folder, layers=2)


def frozen(base: Path, *, layers: int = 1) -> TrainingArguments:
    return replace(arguments(base), frozen_layers=layers)


@pytest.mark.parametrize(("make", "least"), [(tiny_bert, 0.6), (two_layers_of_mpnet, 0.45)])
def test_only_what_is_above_the_frozen_layers_is_learned(
    make: Callable[[Path], Path], least: float, tmp_path: Path
) -> None:
    base = make(tmp_path / "base")
    run = fit(examples(320), tasks=TASK, folder=tmp_path / "run", arguments=frozen(base))
    before = AutoModel.from_pretrained(base).state_dict()
    after = AutoModel.from_pretrained(run).state_dict()
    kept = {name for name in before if torch.equal(before[name], after[name])}
    below = {name for name in before if name.startswith(("embeddings", "encoder.layer.0."))}
    learned = ("encoder.layer.1.", ".weight")
    above = {name for name in before if name.startswith(learned[0]) and name.endswith(learned[1])}
    assert below <= kept
    assert not above & kept
    made = examples(320)
    answers = Checkpoint(str(run), tasks=TASK).logits(
        [each.text for each in made], [str(each.target) for each in made]
    )
    given = [TASK[0].labels.index(str(each.label)) for each in made]
    assert (answers.argmax(axis=1) == given).mean() >= least


def test_what_lower_layers_had_answered_is_not_asked_again(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    base = tiny_bert(tmp_path / "base")
    caplog.set_level(logging.INFO)
    first = fit(examples(64), tasks=TASK, folder=tmp_path / "run", arguments=frozen(base))
    whole = load_file(first / "model.safetensors")
    assert "lower layers: 0 of 64 examples" in caplog.text
    caplog.clear()
    for file in (tmp_path / "run").glob("resume.*"):
        file.unlink()
    again = fit(examples(64), tasks=TASK, folder=tmp_path / "run", arguments=frozen(base))
    assert "lower layers" not in caplog.text
    learned = load_file(again / "model.safetensors")
    assert all(torch.allclose(whole[name], learned[name], atol=1e-5) for name in whole)


def test_an_interrupted_asking_goes_on_where_it_was(tmp_path: Path) -> None:
    base = tiny_bert(tmp_path / "base")
    fit(examples(96), tasks=TASK, folder=tmp_path, arguments=frozen(base))
    (kept,) = tmp_path.glob("frozen-*/answers.f16")
    whole = np.fromfile(kept, dtype=np.float16).reshape(-1, WIDTH)
    np.zeros_like(whole).tofile(kept)
    kept.with_name("progress.json").write_text(json.dumps({"done": 64}))
    fit(examples(96), tasks=TASK, folder=tmp_path, arguments=frozen(base))
    asked = np.fromfile(kept, dtype=np.float16).reshape(-1, WIDTH)
    again = asked.any(axis=1)
    assert (asked[again] == whole[again]).all()
    assert 0.2 < again.mean() < 0.4


@pytest.mark.parametrize("changed", ["examples", "layers"])
def test_answers_to_something_else_are_not_taken(changed: str, tmp_path: Path) -> None:
    base, made = tiny_bert(tmp_path / "base"), examples(64)
    fit(made, tasks=TASK, folder=tmp_path, arguments=frozen(base))
    if changed == "examples":
        made = made[::-1]
    else:
        weights = load_file(base / "model.safetensors")
        weights["encoder.layer.0.output.dense.weight"] += 1.0
        save_file(weights, base / "model.safetensors", metadata={"format": "pt"})
    for file in tmp_path.glob("resume.*"):
        file.unlink()
    with_others = fit(made, tasks=TASK, folder=tmp_path, arguments=frozen(base))
    alone = fit(made, tasks=TASK, folder=tmp_path / "alone", arguments=frozen(base))
    expected, found = (load_file(run / "model.safetensors") for run in (alone, with_others))
    assert all(torch.allclose(expected[name], found[name], atol=1e-5) for name in expected)


def test_an_encoder_keeps_a_layer_to_learn(tmp_path: Path) -> None:
    base = tiny_bert(tmp_path / "base")
    with pytest.raises(UsageError, match="2 layers cannot be left as they are"):
        fit(examples(8), tasks=TASK, folder=tmp_path / "run", arguments=frozen(base, layers=2))
