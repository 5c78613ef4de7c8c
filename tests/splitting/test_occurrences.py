"""Equal hashes are found wherever they stand on a page."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifier.splitting.occurrences import first_places, occurrences_of
from classifier.splitting.paragraphs import find_paragraphs

WORDS = st.lists(st.sampled_from(["tram", "Tram", "ferry", "bus", "bus's", "it", "7"]), max_size=60)


@given(WORDS)
def test_the_first_place_of_a_word_is_where_it_first_stood(words: list[str]) -> None:
    plain = [word.lower().replace("'", "") for word in words]

    first = first_places(find_paragraphs(" ".join(words)).word)

    assert first.tolist() == [plain.index(word) for word in plain]


@given(WORDS)
def test_equal_words_stand_together_in_page_order(words: list[str]) -> None:
    hashes = find_paragraphs("\n".join(words)).word

    found = occurrences_of(hashes)

    assert sorted(found.order.tolist()) == list(range(len(words)))
    for place, earlier, again in zip(
        found.order[1:], found.order[:-1], found.again[1:], strict=True
    ):
        assert again == (hashes[place] == hashes[earlier])
        assert not again or earlier < place


@pytest.mark.parametrize("before", [0, 1, 100, 700_000])
def test_a_word_has_the_same_hash_wherever_it_stands(before: int) -> None:
    alone = find_paragraphs("Unquestionably").word[0]

    words = find_paragraphs("x " * (before // 2) + "\n\n- unquestionably, yes").word

    assert words[-2] == alone
    assert np.count_nonzero(words == alone) == 1
