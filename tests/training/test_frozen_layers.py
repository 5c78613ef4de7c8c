"""Layers that are left as they are: not learned, asked once, and the model whole afterwards."""

import json
import logging
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file
from training.tiny_encoder import arguments, examples, tiny_bert, tiny_mpnet
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
    once = fit(examples(96), tasks=TASK, folder=tmp_path / "once", arguments=frozen(base))
    fit(examples(96), tasks=TASK, folder=tmp_path / "run", arguments=frozen(base))
    kept = tmp_path / "run" / "frozen.f16"
    whole = kept.read_bytes()
    kept.write_bytes(whole[: len(whole) // 2] + bytes(len(whole) - len(whole) // 2))
    (tmp_path / "run" / "frozen.json").write_text(json.dumps({"done": 0}))
    for file in (tmp_path / "run").glob("resume.*"):
        file.unlink()
    again = fit(examples(96), tasks=TASK, folder=tmp_path / "run", arguments=frozen(base))
    assert kept.read_bytes() == whole
    expected, found = (load_file(run / "model.safetensors") for run in (once, again))
    assert all(torch.allclose(expected[name], found[name], atol=1e-5) for name in expected)


def test_an_encoder_keeps_a_layer_to_learn(tmp_path: Path) -> None:
    base = tiny_bert(tmp_path / "base")
    with pytest.raises(UsageError, match="2 layers cannot be left as they are"):
        fit(examples(8), tasks=TASK, folder=tmp_path / "run", arguments=frozen(base, layers=2))
