"""Emoji are read, and hide no word that they stand beside."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer
from training.tiny_encoder import save_wordpieces, tiny_bert, tiny_mpnet
from transformers import AutoModel, AutoTokenizer, BertConfig, BertModel

from classifier.examples import Example
from classifier.labelling.checkpoint import Checkpoint
from classifier.tasks import TASKS
from classifier.training.arguments import TrainingArguments
from classifier.training.emoji import read_emoji
from classifier.training.fit import fit

KNOWN = ["toll", "rotten", "face", "clown", "fear", "crying", "in", "screaming"]
UNUSED = [f"[unused{place}]" for place in range(990)]
WIDTH = 8


def bert(folder: Path, words: list[str]) -> Any:  # noqa: ANN401 - transformers is untyped
    torch.manual_seed(1)
    config = BertConfig(
        vocab_size=save_wordpieces(words, folder),
        hidden_size=WIDTH,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=8,
        max_position_embeddings=64,
    )
    model = BertModel(config)
    model.save_pretrained(folder)
    return model


@pytest.fixture(scope="module")
def checkpoint(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("encoder")
    model = bert(folder, [*KNOWN, *UNUSED])
    read_emoji(model, folder)
    model.save_pretrained(folder)
    return folder


def tokens(folder: Path, text: str) -> list[str]:
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    return tokenizer.encode(text, add_special_tokens=False).tokens


def test_an_emoji_is_a_token_and_the_word_before_it_too(checkpoint: Path) -> None:
    assert tokens(checkpoint, "rotten🤡 toll😭😭") == ["rotten", "🤡", "toll", "😭", "😭"]


def test_one_without_a_place_hides_no_word_either(checkpoint: Path) -> None:
    assert tokens(checkpoint, "rotten🛼toll") == ["rotten", "[UNK]", "toll"]


def test_the_tone_of_a_skin_and_the_way_of_drawing_change_nothing(checkpoint: Path) -> None:
    assert tokens(checkpoint, "👍🏿 ❤️") == tokens(checkpoint, "👍 ❤") == ["👍", "❤"]


@given(st.lists(st.tuples(st.sampled_from(KNOWN), st.sampled_from("🤡😭👍🛼🏿")), max_size=9))
def test_words_are_what_they_are_without_emoji_between_them(
    checkpoint: Path, pairs: list[tuple[str, str]]
) -> None:
    glued = "".join(f"{word}{emoji}" for word, emoji in pairs)
    words = [token for token in tokens(checkpoint, glued) if token in KNOWN]
    assert words == [word for word, _ in pairs]


def test_an_emoji_begins_as_what_its_name_says(tmp_path: Path) -> None:
    model = bert(tmp_path, [*KNOWN, *UNUSED])
    before = model.get_input_embeddings().weight.detach().clone()
    read_emoji(model, tmp_path)
    vocabulary = json.loads((tmp_path / "tokenizer.json").read_text())["model"]["vocab"]
    after = model.get_input_embeddings().weight.detach()
    named = before[[vocabulary["clown"], vocabulary["face"]]].mean(dim=0)
    assert torch.equal(after[vocabulary["🤡"]], named)
    words = [vocabulary[word] for word in ("[UNK]", "[CLS]", *KNOWN)]
    assert torch.equal(after[words], before[words])


def test_what_reads_them_already_stays_as_it_is(checkpoint: Path) -> None:
    model = AutoModel.from_pretrained(checkpoint)
    before = model.get_input_embeddings().weight.detach().clone()
    written = (checkpoint / "tokenizer.json").read_bytes()
    read_emoji(model, checkpoint)
    assert torch.equal(model.get_input_embeddings().weight, before)
    assert (checkpoint / "tokenizer.json").read_bytes() == written


def test_others_read_a_checkpoint_in_the_same_way(checkpoint: Path, tmp_path: Path) -> None:
    tokenizer = AutoTokenizer.from_pretrained(checkpoint)
    text = "rotten🤡 toll"
    assert tokenizer.tokenize(text) == tokens(checkpoint, text)
    tokenizer.save_pretrained(tmp_path)
    assert tokens(tmp_path, text) == tokens(checkpoint, text)


@pytest.mark.parametrize("encoder", [tiny_bert, tiny_mpnet])
def test_what_was_fitted_so_answers_as_a_checkpoint(
    tmp_path: Path, encoder: Callable[[Path], Path]
) -> None:
    (tmp_path / "base").mkdir()
    checkpoint = fit(
        [Example(text="rotten🤡", label="negative"), Example(text="a toll", label="neutral")],
        tasks=TASKS["comment"],
        folder=tmp_path / "run",
        arguments=TrainingArguments(base=str(encoder(tmp_path / "base")), epochs=1.0),
    )
    network = Checkpoint(str(checkpoint), tasks=TASKS["comment"])
    short, long = network.logits(["rotten🤡", "a toll for the bridge is fine"])
    assert network.logits(["rotten🤡"])[0] == pytest.approx(short, abs=1e-5)
    assert short != pytest.approx(long, abs=1e-5)


def test_where_no_place_is_unused_words_alone_are_set_apart(tmp_path: Path) -> None:
    read_emoji(bert(tmp_path, KNOWN), tmp_path)
    assert tokens(tmp_path, "rotten🤡toll") == ["rotten", "[UNK]", "toll"]


@pytest.mark.parametrize(
    "splitting",
    [None, {"type": "Sequence", "pretokenizers": [{"type": "WhitespaceSplit"}]}],
)
def test_whatever_splits_words_otherwise_goes_on_doing_so(
    tmp_path: Path, splitting: dict[str, Any] | None
) -> None:
    model = bert(tmp_path, [*KNOWN, *UNUSED])
    file = tmp_path / "tokenizer.json"
    content = json.loads(file.read_text(encoding="utf-8")) | {"pre_tokenizer": splitting}
    file.write_text(json.dumps(content), encoding="utf-8")
    read_emoji(model, tmp_path)
    assert tokens(tmp_path, "rotten🤡") == ["rotten", "🤡"]
    assert tokens(tmp_path, "in toll") == (["in", "toll"] if splitting else ["[UNK]"])


def test_a_vocabulary_of_another_kind_stays_as_it_is(tmp_path: Path) -> None:
    model = bert(tmp_path, KNOWN)
    file = tmp_path / "tokenizer.json"
    file.write_text(json.dumps({"model": {"type": "BPE", "vocab": {"toll": 0}, "merges": []}}))
    written = file.read_bytes()
    read_emoji(model, tmp_path)
    assert file.read_bytes() == written
