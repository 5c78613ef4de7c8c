from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifier.errors import ModelError
from classifier.labelling.released import find_model
from classifier.labelling.windows import (
    MOST_TARGET_TOKENS,
    MOST_TOKENS,
    MOST_TOKENS_ALONE,
    Window,
    load_tokenizer,
    windows,
)

TOKENIZER = load_tokenizer(find_model("stance") / "tokenizer.json")
SEPARATOR = TOKENIZER.token_to_id("[SEP]")


def text_ids(window: Window, *, with_target: bool) -> tuple[int, ...]:
    return window.ids[window.first_segment if with_target else 1 : -1]


def test_a_short_text_is_shown_in_one_window_with_its_special_tokens() -> None:
    (window,) = windows(TOKENIZER, ["The bridge is late."])
    assert TOKENIZER.decode(list(window.ids), skip_special_tokens=False) == (
        "[CLS] the bridge is late. [SEP]"
    )
    assert window.first_segment == len(window.ids)


def test_a_target_stands_before_the_text_as_the_first_segment() -> None:
    (window,) = windows(TOKENIZER, ["It is late."], ["the bridge"])
    head = list(window.ids[: window.first_segment])
    assert TOKENIZER.decode(head, skip_special_tokens=False) == "[CLS] the bridge [SEP]"


def test_no_word_of_a_long_text_is_left_out() -> None:
    words = [f"w{number}" for number in range(900)]
    text = " ".join(words)
    cut = windows(TOKENIZER, [text], most_tokens=96)
    whole = tuple(TOKENIZER.encode(text, add_special_tokens=False).ids)
    rebuilt: tuple[int, ...] = ()
    for window in cut:
        ids = text_ids(window, with_target=False)
        rebuilt += ids[len(ids) - window.weight :]
    assert rebuilt == whole
    assert all(len(window.ids) <= 96 for window in cut)


def test_a_text_without_a_target_is_shown_in_smaller_windows() -> None:
    text = "The ferry is late again. " * 60
    alone, asked = windows(TOKENIZER, [text]), windows(TOKENIZER, [text], ["the ferry"])
    assert {len(window.ids) for window in alone[:-1]} == {MOST_TOKENS_ALONE}
    assert {len(window.ids) for window in asked[:-1]} == {MOST_TOKENS}
    assert MOST_TOKENS_ALONE < MOST_TOKENS


def test_a_long_target_is_shortened_and_still_leaves_room_for_the_text() -> None:
    (window,) = windows(TOKENIZER, ["Yes."], ["tunnel " * 500])
    assert window.first_segment == MOST_TARGET_TOKENS + 2
    assert TOKENIZER.decode(list(text_ids(window, with_target=True))) == "yes."


def test_windows_stay_in_the_order_of_the_texts() -> None:
    cut = windows(TOKENIZER, ["one", "two " * 400, ""], most_tokens=64)
    assert [window.text for window in cut] == sorted(window.text for window in cut)
    assert {window.text for window in cut} == {0, 1, 2}


@given(st.text(max_size=300), st.text(max_size=300))
def test_any_text_and_target_fit_their_windows(text: str, target: str) -> None:
    for window in windows(TOKENIZER, [text], [target], most_tokens=96):
        assert len(window.ids) <= 96
        assert window.ids[-1] == SEPARATOR
        assert window.weight >= 1


def test_a_missing_or_damaged_tokenizer_is_named(tmp_path: Path) -> None:
    file = tmp_path / "tokenizer.json"
    with pytest.raises(ModelError, match=r"tokenizer\.json.*missing"):
        load_tokenizer(file)
    file.write_text("{}", encoding="utf-8")
    with pytest.raises(ModelError, match=r"tokenizer\.json.*not a tokenizer"):
        load_tokenizer(file)


def test_a_very_long_text_is_cut_where_a_whole_one_would_be() -> None:
    words = ["The", "ferry's", "late,", "naïve", "ПОЕЗД", "çok", "12", "--", "渡し船", "no."]
    text = " ".join(words[(index * index + index // 7) % len(words)] for index in range(30_000))
    assert len(text) > 100_000
    found = windows(TOKENIZER, [text, "Short."], most_tokens=64)
    encoded = TOKENIZER.encode(text, add_special_tokens=False).ids
    shown = list(found[0].ids[1:-1])
    for window in found[1:-1]:
        shown += window.ids[-1 - window.weight : -1]
    assert shown == encoded
