"""Where replies begin when a quote and what it quotes must not share one."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classifier.splitting.paragraphs import find_paragraphs
from classifier.splitting.repeats import find_repeats
from classifier.splitting.separating import binding_sources, parting_columns, reply_starts

NONE = -1
CLAIM = "The ferry is late every morning and nobody says why"


def starts(borders: list[float], sources: list[int], threshold: float = 0.5) -> list[int]:
    found = reply_starts(np.array(borders), threshold, np.array(sources))
    return np.flatnonzero(found).tolist()


def test_without_quotes_each_place_is_asked_by_itself() -> None:
    assert starts([0.7, 0.4, 0.5], [NONE] * 4) == [0, 1, 3]


def test_a_quote_and_its_source_are_parted_at_the_likeliest_place_between_them() -> None:
    assert starts([0.1, 0.3, 0.2], [NONE, NONE, NONE, 0]) == [0, 2]


def test_one_border_serves_all_the_pairs_that_it_lies_between() -> None:
    assert starts([0.3, 0.2, 0.3], [NONE, NONE, 0, 1]) == [0, 2]


def test_pairs_that_are_apart_already_change_nothing() -> None:
    assert starts([0.1, 0.9, 0.1], [NONE, NONE, NONE, 0]) == [0, 2]


def test_the_threshold_weighs_what_a_border_costs() -> None:
    borders, sources = [0.32, 0.2, 0.32], [NONE, NONE, 0, 1]

    assert starts(borders, sources, threshold=0.5) == [0, 2]
    assert starts(borders, sources, threshold=0.3) == [0, 1, 3]


@given(st.data())
@settings(max_examples=150, deadline=None)
def test_no_other_way_to_part_all_pairs_is_likelier(data: st.DataObject) -> None:
    size = data.draw(st.integers(2, 7))
    borders = [data.draw(st.integers(1, 99)) / 100 for _ in range(size - 1)]
    sources = [data.draw(st.integers(NONE, place - 1)) for place in range(size)]
    odds = [0.0, *(float(np.log(one / (1 - one))) for one in borders)]

    def score(parted: tuple[bool, ...]) -> float:
        reply = np.cumsum(parted)
        held = all(
            source < 0 or reply[source] < reply[place] for place, source in enumerate(sources)
        )
        return sum(np.array(odds)[list(parted)]) if held else -np.inf

    found = reply_starts(np.array(borders), 0.5, np.array(sources))

    best = max(score((True, *rest)) for rest in product((False, True), repeat=size - 1))
    assert score(tuple(found.tolist())) == pytest.approx(best)


def test_only_sure_repeats_of_kept_paragraphs_bind() -> None:
    paragraphs = find_paragraphs(
        f"{CLAIM}\nRing the harbour office then\nLate again\n{CLAIM}\nLate again\n"
        "The bus is late every evening and everybody knows why"
    )
    repeats = find_repeats(paragraphs)

    every = binding_sources(paragraphs, repeats, np.arange(6))
    without_source = binding_sources(paragraphs, repeats, np.array([1, 3]))

    assert every.tolist() == [NONE, NONE, NONE, 0, NONE, NONE]
    assert without_source.tolist() == [NONE, NONE]


def test_each_place_between_a_quote_and_its_source_lacks_a_border_until_one_is_likely() -> None:
    sources = np.array([NONE, NONE, 0, 1, NONE])
    columns = parting_columns(sources, np.array([0.25, 0.5, 0.0, 0.5]))
    # Before the quote of paragraph 0 there are 0.75 borders, before that of paragraph 1 only 0.5.
    assert columns["borders still lacking"].tolist() == [0.25, 0.75, 0.5, 0.0]

    columns = parting_columns(sources, np.array([1.0, 1.0, 0.0, 0.5]))
    assert columns["borders still lacking"].tolist() == [0.0, 0.0, 0.0, 0.0]


def test_it_is_told_how_many_replies_ago_the_same_words_were_quoted() -> None:
    sources = np.array([NONE, 0, NONE, 0, 1])
    columns = parting_columns(sources, np.array([1.0, 0.5, 0.25, 1.0]))
    assert columns["replies since the same quote"].tolist() == [NONE, NONE, 0.5, NONE]


def test_a_page_of_one_paragraph_has_no_places() -> None:
    columns = parting_columns(np.array([NONE]), np.zeros(0))
    assert all(len(column) == 0 for column in columns.values())
