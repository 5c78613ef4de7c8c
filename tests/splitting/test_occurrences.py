"""Equal hashes are found wherever they stand on a page."""

from itertools import groupby

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

    pairs = zip(found.place.tolist(), found.first.tolist(), strict=True)
    groups = [list(group) for _, group in groupby(pairs, key=lambda pair: hashes[pair[0]])]
    assert sum(map(len, groups)) == len(words)
    for group in groups:
        places = np.flatnonzero(hashes == hashes[group[0][0]]).tolist()
        assert group == [(place, places[0]) for place in places]


@pytest.mark.parametrize("before", [0, 1, 100, 700_000])
def test_a_word_has_the_same_hash_wherever_it_stands(before: int) -> None:
    alone = find_paragraphs("Unquestionably").word[0]

    words = find_paragraphs("x " * (before // 2) + "\n\n- unquestionably, yes").word

    assert words[-2] == alone
    assert np.count_nonzero(words == alone) == 1
