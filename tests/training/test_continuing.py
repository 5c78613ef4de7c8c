"""Going on from a released model, on an encoder small enough to train in a test."""

import json
import shutil
import sys
from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.torch import load_file
from training.test_release import base, checkpoint, released
from training.tiny_encoder import arguments

from classifier.cli import main
from classifier.errors import InputError, ModelError
from classifier.evaluating.before_after import compare_before_after
from classifier.evaluating.resampling import Bootstrap
from classifier.examples import Example
from classifier.labelling.baseline import Baseline
from classifier.labelling.checkpoint import Checkpoint
from classifier.labelling.encoder import Encoder
from classifier.labelling.released import ReleasedModel
from classifier.tasks import TASKS
from classifier.training.continuing import (
    continue_training,
    hold_out,
    made_up_examples,
    same_answers,
    usable_examples,
)
from classifier.training.dequantising import dequantise
from classifier.training.export import export
from classifier.training.rehearsal import rehearsal_texts

__all__ = ["base", "checkpoint", "released"]
pytestmark = [
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::UserWarning"),
    pytest.mark.filterwarnings("ignore::torch.jit.TracerWarning"),
]
LEARNT = {"fine": "favor", "rotten": "against"}
KNOWN = {"great": "favor", "good": "favor", "awful": "against", "bad": "against"}


def own_examples(words: dict[str, str], size: int = 48) -> list[Example]:
    """Stances that hang on one word each, with others around it."""
    generator = np.random.default_rng(8)
    fillers = ["bridge", "tunnel", "yes", "no", "me", "a", "the"]
    return [
        Example(
            text=" ".join([*generator.choice(fillers, size=4), word]),
            target="toll",
            target_kind="topic",
            label=label,
            group=f"thread {number % 8}",
        )
        for number in range(size // len(words))
        for word, label in words.items()
    ]


def share_right(model: ReleasedModel, examples: list[Example]) -> float:
    answers = model.predict(
        "stance", [each.text for each in examples], [str(each.target) for each in examples]
    )
    labels = model.labels("stance")
    given = [labels[row.argmax()] for row in answers]
    return float(np.mean([one == each.label for one, each in zip(given, examples, strict=True)]))


def test_dequantised_weights_are_as_near_as_eight_bits_allow(
    checkpoint: Path, released: Path, tmp_path: Path
) -> None:
    dequantise(released, tmp_path)
    exact = load_file(checkpoint / "model.safetensors")
    again = load_file(tmp_path / "model.safetensors")
    assert exact.keys() == again.keys()
    for name, weights in exact.items():
        step = float(weights.abs().max()) / 127
        assert torch.allclose(again[name], weights, atol=0.51 * step), name


def test_the_dequantised_checkpoint_answers_as_the_released_network(
    released: Path, tmp_path: Path
) -> None:
    dequantise(released, tmp_path)
    shutil.copy(released / "tokenizer.json", tmp_path)
    made = own_examples(KNOWN)
    texts, targets = [each.text for each in made], [str(each.target) for each in made]
    small = Encoder(released, tasks=TASKS["stance"]).logits(texts, targets)
    large = Checkpoint(str(tmp_path), tasks=TASKS["stance"]).logits(texts, targets)
    assert large == pytest.approx(small, abs=0.35)
    assert (large.argmax(axis=1) == small.argmax(axis=1)).mean() > 0.95


def test_nothing_is_lost_on_the_way_there_and_back(released: Path, tmp_path: Path) -> None:
    dequantise(released, tmp_path)
    export(tmp_path, tmp_path / "model.onnx")
    made = own_examples(KNOWN)
    texts, targets = [each.text for each in made], [str(each.target) for each in made]
    before, after = (
        Encoder(folder, tasks=TASKS["stance"]).logits(texts, targets)
        for folder in (released, tmp_path)
    )
    assert after == pytest.approx(before, abs=1e-3)


@pytest.fixture(scope="module")
def continued(base: Path, released: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("own")
    continue_training(
        released,
        own_examples(LEARNT),
        folder=folder,
        arguments=arguments(base, epochs=10.0),
    )
    return folder


def test_it_learns_what_the_examples_say_and_keeps_what_it_knew(
    released: Path, continued: Path
) -> None:
    before, after = ReleasedModel.load(released), ReleasedModel.load(continued)
    assert share_right(before, own_examples(LEARNT)) <= 0.5
    assert share_right(after, own_examples(LEARNT)) > 0.95
    assert share_right(after, own_examples(KNOWN)) > 0.95
    guard = made_up_examples(before, 200, seed=99)
    assert same_answers(before, before, guard) == 1.0
    assert same_answers(before, after, guard) > 0.7


def test_the_folder_holds_all_that_a_released_one_does_and_says_where_it_comes_from(
    released: Path, continued: Path
) -> None:
    assert {file.name for file in continued.iterdir()} == {file.name for file in released.iterdir()}
    config = json.loads((continued / "config.json").read_text(encoding="utf-8"))["classifier"]
    (told,) = config["continued"]
    assert (told["examples"], told["rehearsed"]) == (48, 48)
    assert told["rehearsal"] == "made-up texts"
    assert config["model"] == "stance"
    assert not list(continued.rglob("*.pkl"))


def test_before_and_after_are_compared_on_the_same_examples(
    released: Path, continued: Path
) -> None:
    before, after = ReleasedModel.load(released), ReleasedModel.load(continued)
    (found,) = compare_before_after(
        before, after, own_examples(LEARNT), name="own", bootstrap=Bootstrap(resamples=50)
    )
    was, now, gained = (
        part.measures["accuracy"].value
        for part in (found.baseline, found.transformer, found.difference)
    )
    assert was is not None
    assert now is not None
    assert was <= 0.5
    assert now > 0.95
    assert gained == pytest.approx(now - was)
    assert found.test_set == "own"


def test_a_damaged_network_is_named(released: Path, tmp_path: Path) -> None:
    shutil.copytree(released, tmp_path / "stance")
    (tmp_path / "stance" / "model.onnx").write_bytes(b"\x08\x01 no network")
    with pytest.raises(ModelError, match=r"stance.*install it again"):
        dequantise(tmp_path / "stance", tmp_path / "out")


def test_texts_to_rehearse_are_of_the_models_own_words(released: Path) -> None:
    baseline = Baseline.load(released / "baseline.skops")
    words = {word for pair in baseline.arrays["vocabulary"].tolist() for word in pair.split()}
    made = rehearsal_texts(baseline, 50, with_target=True, seed=3)
    assert len({each.text for each in made}) > 40
    assert all(set(each.text.split()) <= words for each in made)
    targets = {word for each in made for word in str(each.target).split()}
    assert targets == {"toll", "the", "bridge"}
    assert rehearsal_texts(baseline, 50, with_target=True, seed=3) == made
    assert all(each.target is None for each in rehearsal_texts(baseline, 5, with_target=False))


def test_a_quarter_is_held_out_and_no_thread_is_torn() -> None:
    own = hold_out(own_examples(LEARNT, 80))
    assert len(own.learned) + len(own.held_out) == 80
    assert 20 <= len(own.held_out) <= 30
    assert not {each.group for each in own.learned} & {each.group for each in own.held_out}


def test_without_several_threads_texts_are_held_out_whole() -> None:
    examples = [
        Example(text=f"Reply {n % 20}", target=f"t{n}", target_kind="topic", label="favor")
        for n in range(40)
    ]
    own = hold_out(examples)
    assert len(own.held_out) == 10
    assert not {each.text for each in own.learned} & {each.text for each in own.held_out}


@pytest.mark.parametrize(
    ("examples", "complaint"),
    [
        (own_examples({"fine": "favor"}), "all of one class"),
        (own_examples(LEARNT, 10), "10 examples are too few"),
        ([Example(text="x", label="positive")] * 30, "no example is labelled for stance"),
    ],
)
def test_examples_from_which_nothing_can_be_learned_are_one_line(
    examples: list[Example], complaint: str
) -> None:
    with pytest.raises(InputError, match=complaint) as raised:
        usable_examples("stance", examples, name="mine.jsonl")
    assert str(raised.value).startswith("mine.jsonl: ")


class Command:
    """``classifier train stance --init`` on the tiny released model."""

    def __init__(
        self,
        folder: Path,
        released: Path,
        monkeypatch: pytest.MonkeyPatch,
        capfd: pytest.CaptureFixture[str],
    ) -> None:
        self.data, self.output = folder / "mine.jsonl", folder / "own"
        self._released, self._set, self._captured = released, monkeypatch.setattr, capfd

    def write(self, examples: list[Example]) -> None:
        records = [
            {"text": e.text, "target": e.target, "label": e.label, "group": e.group}
            for e in examples
        ]
        self.data.write_text("".join(json.dumps(record) + "\n" for record in records))

    def run(self, *options: object, model: str = "stance") -> tuple[int, str, str]:
        given = ("train", model, "--data", self.data, "--models", self._released.parent, *options)
        self._set(sys, "argv", ["classifier", *map(str, given)])
        with pytest.raises(SystemExit) as left:
            main()
        out, err = self._captured.readouterr()
        return int(left.value.code or 0), out, err


@pytest.fixture
def command(
    tmp_path: Path,
    released: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> Command:
    return Command(tmp_path, released, monkeypatch, capfd)


def test_the_command_says_what_was_gained_and_kept(command: Command) -> None:
    command.write(own_examples(LEARNT, 64))
    options = ("--init", "released", "--output", command.output, "--epochs", "1")
    code, out, err = command.run(*options)
    assert (code, err) == (0, "")
    rows = [line.split() for line in out.splitlines() if "macro-F1" in line]
    assert len(rows) == 1
    assert "your own, held out" in out
    assert "Learned from 48 examples, measured on 16 held out." in out
    assert "of answers are those of the model before" in out
    assert out.splitlines()[-1] == str(command.output / "stance")
    made = ReleasedModel.load(command.output / "stance")
    assert made.predict("stance", ["the toll is great"], ["toll"]).shape == (1, 3)
    metrics = json.loads((command.output / "stance" / "metrics.json").read_text())
    assert {each["test_set"] for each in metrics} == {"your own, held out"}
    (gain,) = json.loads((command.output / "stance" / "gains.json").read_text())
    assert {"before", "after", "difference"} <= gain.keys()
    assert rows[0][-7:-4] == [
        "16",
        f"{gain['before']['macro_f1']:.3f}",
        f"{gain['after']['macro_f1']:.3f}",
    ]
    card = (command.output / "stance" / "README.md").read_text()
    assert "Continued on 48 examples of a user's own" in card
    assert list(command.output.iterdir()) == [command.output / "stance"]


def test_a_model_folder_of_another_task_is_one_line(command: Command, released: Path) -> None:
    command.write(own_examples(LEARNT))
    code, _, err = command.run("--init", released, "--output", command.output, model="comment")
    assert code == 2
    assert err == (
        f"classifier: {released}: this model answers stance and cannot take the place of "
        "'comment'\n"
    )
    assert not command.output.exists()


def test_the_model_to_go_on_from_is_not_overwritten(command: Command, released: Path) -> None:
    command.write(own_examples(LEARNT))
    before = {file: file.read_bytes() for file in released.iterdir()}
    code, _, err = command.run("--init", "released", "--output", released.parent)
    assert code == 2
    assert "name another folder with --output" in err
    assert {file: file.read_bytes() for file in released.iterdir()} == before


def test_examples_of_one_class_leave_an_earlier_model_as_it_was(command: Command) -> None:
    command.write(own_examples({"fine": "favor"}))
    (command.output / "stance").mkdir(parents=True)
    (command.output / "stance" / "config.json").write_text("earlier")
    code, _, err = command.run("--init", "released", "--output", command.output)
    assert code == 2
    assert "its 48 examples are all of one class" in err
    assert err.count("\n") == 1
    assert (command.output / "stance" / "config.json").read_text() == "earlier"


def test_an_output_that_cannot_be_written_is_told_before_training(command: Command) -> None:
    command.write(own_examples(LEARNT))
    command.output.write_text("a file")
    code, _, err = command.run("--init", "released", "--output", command.output)
    assert code == 2
    assert "cannot be written" in err
    assert err.count("\n") == 1


@pytest.mark.parametrize("options", [(), ("--init", "released", "--base", "some encoder")])
def test_options_that_do_not_fit_are_wrong_use(command: Command, options: tuple[str, ...]) -> None:
    command.write(own_examples(LEARNT))
    code, _, err = command.run(*options)
    assert code == 2
    assert "--init" in err
