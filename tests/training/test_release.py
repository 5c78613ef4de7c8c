"""From examples to a released folder, on an encoder small enough to train in a test."""

import json
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.torch import load_file
from training.own_corpora import learn_only_from
from training.tiny_encoder import arguments, examples, tiny_bert, tiny_mpnet
from transformers import AutoModelForSequenceClassification
from unpickling import noticed_pickles

from classifier.errors import ModelError
from classifier.labelling import Scorer
from classifier.labelling.checkpoint import Checkpoint
from classifier.labelling.encoder import Encoder
from classifier.labelling.released import ReleasedModel
from classifier.tasks import TASKS
from classifier.training.corpora import Corpus
from classifier.training.export import export_full
from classifier.training.fit import fit
from classifier.training.release import release, train
from classifier.training.soft_labels import shares_of, softened, teacher_answers
from classifier.training.targets import target_matrix

pytestmark = [
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::UserWarning"),
    pytest.mark.filterwarnings("ignore::torch.jit.TracerWarning"),
]

PARTS = {"train": examples(400)[:320], "dev": examples(400)[320:], "test": []}


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny_bert(tmp_path_factory.mktemp("base"))


@pytest.fixture(scope="module")
def checkpoint(base: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("run")
    return fit(examples(320), tasks=TASKS["stance"], folder=folder, arguments=arguments(base))


@pytest.fixture(scope="module")
def released(base: Path, checkpoint: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return release(
        "stance",
        checkpoint=checkpoint,
        examples=examples(320),
        dev=examples(400)[320:],
        output=tmp_path_factory.mktemp("models"),
        arguments=arguments(base),
    )


def test_an_interrupted_run_goes_on_as_if_it_had_not_been(
    base: Path, checkpoint: Path, tmp_path: Path
) -> None:
    shutil.copytree(checkpoint.parent, tmp_path / "run")
    (tmp_path / "run" / "checkpoint" / "model.safetensors").unlink()
    resumed = fit(
        examples(320), tasks=TASKS["stance"], folder=tmp_path / "run", arguments=arguments(base)
    )
    whole = load_file(checkpoint / "model.safetensors")
    again = load_file(resumed / "model.safetensors")
    assert all(torch.allclose(whole[name], again[name], atol=1e-5) for name in whole)


def test_training_goes_on_and_its_models_load_without_a_pickle(
    base: Path, checkpoint: Path, released: Path, tmp_path: Path
) -> None:
    shutil.copytree(checkpoint.parent, tmp_path / "run")
    with noticed_pickles() as seen:
        fit(
            examples(320), tasks=TASKS["stance"], folder=tmp_path / "run", arguments=arguments(base)
        )
        Checkpoint(str(tmp_path / "run" / "checkpoint"), tasks=TASKS["stance"])
        ReleasedModel.load(released).predict("stance", ["the toll is great"], ["toll"])
    assert seen == []
    assert {file.suffix for file in (tmp_path / "run").rglob("*") if file.is_file()} <= {
        *(".json", ".safetensors")
    }


def test_pickled_weights_are_refused(checkpoint: Path, base: Path, tmp_path: Path) -> None:
    folder = tmp_path / "checkpoint"
    shutil.copytree(checkpoint, folder)
    torch.save(load_file(folder / "model.safetensors"), folder / "pytorch_model.bin")
    (folder / "model.safetensors").unlink()
    with noticed_pickles() as seen:
        with pytest.raises(ModelError, match="pickled weights are not read"):
            Checkpoint(str(folder), tasks=TASKS["stance"])
        with pytest.raises(OSError, match="safetensors"):
            fit(
                examples(20),
                tasks=TASKS["stance"],
                folder=tmp_path / "run",
                arguments=replace(arguments(base), base=str(folder)),
            )
    assert seen == []


def test_the_released_network_answers_as_the_checkpoint_does(
    checkpoint: Path, released: Path, tmp_path: Path
) -> None:
    made = examples(40)
    texts, targets = [each.text for each in made], [str(each.target) for each in made]
    shutil.copy(released / "tokenizer.json", tmp_path)
    export_full(checkpoint, tmp_path / "model.onnx")
    exact = Encoder(tmp_path, tasks=TASKS["stance"]).logits(texts, targets)
    in_torch = Checkpoint(str(checkpoint), tasks=TASKS["stance"]).logits(texts, targets)
    assert exact == pytest.approx(in_torch, abs=1e-4)
    small = Encoder(released, tasks=TASKS["stance"]).logits(texts, targets)
    assert (small.argmax(axis=1) == exact.argmax(axis=1)).mean() >= 0.95


def test_what_the_examples_teach_is_learnt_by_both(released: Path) -> None:
    model = ReleasedModel.load(released)
    texts = ["the toll is great", "the toll is awful"]
    for family in ("transformer", "baseline"):
        answers = model.predict("stance", texts, ["toll", "toll"], by=family)
        assert [model.labels("stance")[row.argmax()] for row in answers] == ["favor", "against"]


def test_labels_do_not_depend_on_what_is_scored_beside_them(released: Path) -> None:
    encoder = Encoder(released, tasks=TASKS["stance"])
    made = examples(30)
    texts, targets = [each.text for each in made], [str(each.target) for each in made]
    together = encoder.logits(texts, targets)
    alone = np.vstack([encoder.logits([t], [g]) for t, g in zip(texts, targets, strict=True)])
    assert together == pytest.approx(alone, abs=0.05)


def test_a_student_learns_from_its_teacher_what_no_label_says(
    base: Path, checkpoint: Path, tmp_path: Path
) -> None:
    unlabelled = [replace(each, label=None) for each in examples(320)]
    tasks = TASKS["stance"]
    said = teacher_answers(str(checkpoint), unlabelled, tasks=tasks, folder=tmp_path)
    student = fit(
        unlabelled,
        tasks=tasks,
        folder=tmp_path / "student",
        arguments=arguments(base),
        wanted=softened(target_matrix(unlabelled, tasks), shares_of(said, tasks), share=0.5),
    )
    answers = Checkpoint(str(student), tasks=tasks).logits(
        ["the toll is great", "the toll is awful", "the toll is for me"], ["toll"] * 3
    )
    assert answers.argmax(axis=1).tolist() == [0, 1, 2]


def test_a_model_may_begin_from_another_released_one(
    released: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    corpora = {"made up": Corpus(model="stance", read=lambda _, part: PARTS[part])}
    learn_only_from(corpora, model="stance", monkeypatch=monkeypatch)
    written = train(
        "stance",
        corpora=tmp_path,
        output=tmp_path / "models",
        runs=tmp_path / "runs",
        # A step or two: what it knows it has from where it began.
        arguments=replace(arguments(tmp_path, epochs=0.02), base="stance"),
        models=released.parent,
    )
    about = json.loads((written / "config.json").read_text(encoding="utf-8"))["classifier"]
    assert about["training"]["base"] == "stance"
    texts, targets = ["the toll is great", "the toll is awful"], ["toll"] * 2
    answers = ReleasedModel.load(written).predict("stance", texts, targets)
    assert answers.argmax(axis=1).tolist() == [0, 1]


def test_an_encoder_without_segments_can_be_fine_tuned(tmp_path: Path) -> None:
    fitted = fit(
        examples(320),
        tasks=TASKS["stance"],
        folder=tmp_path / "run",
        arguments=arguments(tiny_mpnet(tmp_path / "base")),
    )
    answers = Checkpoint(str(fitted), tasks=TASKS["stance"]).logits(
        ["the toll is great", "the toll is awful"], ["toll"] * 2
    )
    assert answers.argmax(axis=1).tolist() == [0, 1]


def test_a_checkpoint_takes_a_released_models_place(checkpoint: Path) -> None:
    model = AutoModelForSequenceClassification.from_pretrained(checkpoint)
    assert list(model.config.id2label.values()) == ["favor", "against", "neutral"]
    scorer = Scorer(stance=checkpoint)
    label = scorer.score("the toll is awful", target="toll").stance[0]
    assert label.label == "against"


def test_the_card_names_no_folder_of_the_machine(released: Path, base: Path) -> None:
    assert str(base) not in (released / "config.json").read_text(encoding="utf-8")
