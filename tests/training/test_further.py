"""A released model goes on with what is new, keeps what it knew, and says how it came to be."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file, save_file
from training.own_corpora import learn_only_from
from training.tiny_encoder import arguments, examples, tiny_bert

from classifier.checksums import write_checksums
from classifier.examples import Example
from classifier.labelling.released import ReleasedModel
from classifier.tasks import TASKS
from classifier.training.corpora import Corpus
from classifier.training.corpora.parts import Part
from classifier.training.fit import fit
from classifier.training.further import average, best_share, greatest_share, train_further
from classifier.training.lessons import taught_corpora
from classifier.training.own_examples import CORPUS as OWN_SENTENCES
from classifier.training.release import release

pytestmark = [
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::UserWarning"),
    pytest.mark.filterwarnings("ignore::torch.jit.TracerWarning"),
]

TRIED = [{"title": "Whether more helps", "about": "It does not.", "runs": []}]
OLD = examples(400)
# Words that mean nothing to the released model.
NEW = [
    replace(example, text=f"{words} {word}", label=stance, corpus="own threads, topic")
    for example in OLD[:60]
    for words in [example.text.rsplit(" ", 1)[0]]
    for word, stance in (("fine", "favor"), ("rotten", "against"))
]


def read_old(_: Path, part: Part) -> list[Example]:
    return {"train": OLD[:320], "dev": OLD[320:], "test": []}[part]


def read_new(_: Path, part: Part) -> list[Example]:
    return {"train": [], "dev": NEW[90:], "test": []}[part]


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Path:
    base = tiny_bert(tmp_path_factory.mktemp("base"))
    folder = tmp_path_factory.mktemp("run")
    checkpoint = fit(OLD[:320], tasks=TASKS["stance"], folder=folder, arguments=arguments(base))
    written = release(
        "stance",
        checkpoint=checkpoint,
        examples=OLD[:320],
        dev=OLD[320:],
        output=tmp_path_factory.mktemp("models"),
        arguments=arguments(base),
    )
    config = json.loads((written / "config.json").read_text())
    config["classifier"]["ablations"] = TRIED
    (written / "config.json").write_text(json.dumps(config))
    write_checksums(written)
    return written


def answers(folder: Path) -> list[str]:
    """Return what a model says of two words that it was released with and two new ones."""
    model = ReleasedModel.load(folder)
    texts = [f"is the toll for me {word}" for word in ("great", "awful", "fine", "rotten")]
    said = model.predict("stance", texts, ["toll"] * 4)
    return [model.labels("stance")[row.argmax()] for row in said]


def further(released: Path, folder: Path, *, teacher: str | None = None) -> Path:
    return train_further(
        "stance",
        released=released,
        corpora=folder,
        output=folder / "models",
        runs=folder / "runs",
        arguments=arguments(folder, epochs=4.0),
        teacher=teacher,
    )


def test_our_sentences_are_learnt_and_what_was_known_is_kept(
    released: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    corpora = {
        "made up": Corpus(model="stance", read=read_old),
        "own threads, stance": Corpus(model="stance", read=read_new, shipped=True),
    }
    learn_only_from(corpora, model="stance", monkeypatch=monkeypatch)
    sentences = [replace(example, corpus=OWN_SENTENCES) for example in NEW[:90]]
    monkeypatch.setattr("classifier.training.mixture.own_examples", lambda _: sentences)
    assert answers(released)[:2] == ["favor", "against"]
    assert answers(released)[2:] != ["favor", "against"]

    written = further(released, tmp_path)
    assert answers(written) == ["favor", "against", "favor", "against"]
    about = json.loads((written / "config.json").read_text())["classifier"]
    (stage,) = about["further_stages"]
    assert about["training"]["epochs"] == 12.0
    assert about["ablations"] == TRIED
    assert about["corpora"] == ["made up", OWN_SENTENCES]
    # Ours twice, the corpus's once and again with a person named beside them.
    assert stage["examples"] == 2 * 90 + 2 * 320
    assert stage["rule"].startswith("the greatest share that costs other corpora than ours")
    share = f"{stage['share']:g}"
    kept = tmp_path / "runs" / "stance-further" / "released" / "model.safetensors"
    assert (
        kept.read_bytes()
        == (kept.parents[1] / f"averaged-{share}" / "model.safetensors").read_bytes()
    )
    dev = stage["dev"]
    assert set(dev) == {"0", "0.5", "0.75", "1"}
    assert dev["1"]["own threads, topic, stance"] > dev["0"]["own threads, topic, stance"]


def test_a_teacher_passes_on_what_it_learned_from_its_corpus(
    released: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Labels that say nothing: only the teacher knows what the new words mean.
    unlabelled = [replace(example, label=None) for example in NEW]
    corpora = {
        "made up": Corpus(model="stance", read=read_old),
        "own threads, topic": Corpus(
            model="stance",
            read=lambda _, part: {"train": unlabelled[:90], "dev": NEW[90:], "test": []}[part],
        ),
    }
    learn_only_from(corpora, model="stance", monkeypatch=monkeypatch)
    base = tiny_bert(tmp_path / "base")
    teacher = fit(
        NEW[:90], tasks=TASKS["stance"], folder=tmp_path / "teacher", arguments=arguments(base)
    )
    assert taught_corpora(str(teacher)) == {"own threads, topic"}

    written = further(released, tmp_path, teacher=str(teacher))
    assert answers(written) == ["favor", "against", "favor", "against"]
    about = json.loads((written / "config.json").read_text())
    assert "learned_from" not in about
    (stage,) = about["classifier"]["further_stages"]
    assert "a larger model's answers" in stage["choice"]
    assert stage["rule"].startswith("the best mean over all rows")


def test_an_average_lies_where_it_is_asked_to(tmp_path: Path) -> None:
    for name, value in (("before", 1.0), ("after", 3.0)):
        (tmp_path / name).mkdir()
        save_file({"weight": torch.full((2,), value)}, tmp_path / name / "model.safetensors")
    (tmp_path / "after" / "config.json").write_text("{}")
    mixed = average(tmp_path / "before", tmp_path / "after", tmp_path / "mixed", share=0.75)
    assert load_file(mixed / "model.safetensors")["weight"].tolist() == [2.5, 2.5]
    assert (mixed / "config.json").read_text() == "{}"


@pytest.mark.parametrize(
    ("others", "best"),
    [
        # The others lose nothing, half a point, more, and always more than that, in any order.
        ({"0": 0.7, "0.5": 0.7, "0.75": 0.7, "1": 0.7}, 1.0),
        ({"0": 0.7, "0.5": 0.7, "0.75": 0.696, "1": 0.69}, 0.75),
        ({"0": 0.7, "0.5": 0.69, "0.75": 0.68, "1": 0.6}, 0.5),
        ({"0": 0.7, "0.5": 0.67, "0.75": 0.68, "1": 0.69}, 1.0),
    ],
)
def test_the_best_share_keeps_what_was_known(others: dict[str, float], best: float) -> None:
    ours = {"0": 0.4, "0.5": 0.5, "0.75": 0.6, "1": 0.7}
    figures = {
        share: {"notes, stance": others[share], "own threads, topic, stance": ours[share]}
        for share in ours
    }
    assert best_share(figures) == best


@pytest.mark.parametrize(
    ("others", "greatest"),
    [
        ({"0": 0.7, "0.5": 0.72, "0.75": 0.7, "1": 0.699}, 1.0),
        ({"0": 0.7, "0.5": 0.72, "0.75": 0.698, "1": 0.696}, 0.75),
        ({"0": 0.7, "0.5": 0.67, "0.75": 0.68, "1": 0.6}, 0.75),
    ],
)
def test_sentences_of_our_own_are_learned_as_far_as_the_others_are_kept(
    others: dict[str, float], greatest: float
) -> None:
    figures = {share: {"notes, stance": figure} for share, figure in others.items()}
    assert greatest_share(figures) == greatest
