"""Where words stand in what was sent, counted as JavaScript does."""

import html as markup
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifier.labelling.spans import sentences
from classifier.serving.messages import TextEntry
from classifier.serving.original import original

TEXT = st.text(st.characters(codec="utf-8"), max_size=80)


def cut(text: str, begin: int, end: int) -> str:
    return text.encode("utf-16-le")[2 * begin : 2 * end].decode("utf-16-le")


@given(TEXT)
def test_spans_of_plain_text_cut_the_same_words_out_of_its_utf_16_form(text: str) -> None:
    found = original(TextEntry(text=text))
    assert found.words == text
    for span, words in sentences(text):
        assert cut(text, *found.units(span)) == words


@given(st.lists(TEXT, min_size=1, max_size=5))
def test_words_in_markup_are_found_where_their_escaped_form_stands(parts: list[str]) -> None:
    sent = "".join(f"<p class='x'>{markup.escape(part)}</p>" for part in parts)
    found = original(TextEntry(text=sent, type="HTML"))
    for start in range(len(found.words)):
        begin, end = found.units((start, start + 1))
        if begin < end:
            assert markup.unescape(cut(sent, begin, end)).startswith(found.words[start])


@given(TEXT)
def test_any_text_at_all_can_be_sent_as_html(text: str) -> None:
    found = original(TextEntry(text=text, type="HTML"))
    size = len(text.encode("utf-16-le")) // 2
    for start in range(len(found.words)):
        begin, end = found.units((start, start + 1))
        assert 0 <= begin <= end <= size


def test_what_no_reader_sees_is_no_word() -> None:
    html = "<style>p {}</style><p>Seen</p><!-- unseen --><script>alert('unseen')</script>"
    assert original(TextEntry(text=html, type="HTML")).words.split() == ["Seen"]


@pytest.mark.parametrize(
    "piece", ["<", "<!--", "<a ", "&", "&#", "</", "<![CDATA[", "<script>", "<p>"]
)
def test_hostile_markup_takes_no_longer_than_its_size(piece: str) -> None:
    text = (piece * 20_480)[:20_480]
    began = time.process_time()
    original(TextEntry(text=text, type="HTML"))
    assert time.process_time() - began < 2
