"""Long texts are measured whole and cut, through the tokenizer of a released model."""

from classifier.evaluating.long_texts import long_text_sets
from classifier.examples import Example
from classifier.labelling.released import find_model
from classifier.labelling.windows import MOST_TOKENS, load_tokenizer, windows

FOLDER = find_model("stance")
SENTENCE = "The new ferry timetable leaves the islanders without a boat after six. "


def example(sentences: int) -> Example:
    return Example(text=SENTENCE * sentences, target="the ferry timetable", label="against")


def test_the_longest_texts_are_given_whole_and_cut_to_what_one_window_shows() -> None:
    examples = [example(20 + n % 5) for n in range(60)] + [example(1)] * 600
    sets = long_text_sets("ferry", examples, folder=FOLDER)
    assert [*sets] == ["ferry, longest", "ferry, longest cut"]
    whole, cut = sets.values()
    assert whole == sorted(examples[:60], key=lambda each: -len(each.text))
    tokenizer = load_tokenizer(FOLDER / "tokenizer.json")
    for long, short in zip(whole, cut, strict=True):
        assert long.text.startswith(short.text)
        (window,) = windows(tokenizer, [short.text], [short.target or ""])
        assert len(window.ids) == MOST_TOKENS
        assert (short.target, short.label) == (long.target, long.label)


def test_a_set_of_short_texts_has_nothing_to_show() -> None:
    assert long_text_sets("ferry", [example(2)] * 600, folder=FOLDER) == {}
