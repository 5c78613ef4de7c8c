"""What tells that the text after a possible end of the article is no longer about its subject."""

import numpy as np
import pytest

from classifier.splitting.lookup import Vocabulary
from classifier.splitting.paragraphs import find_paragraphs, word_hash
from classifier.splitting.repeats import find_repeats
from classifier.splitting.subjects import subject_columns

STORY = "Harbour pilots of Brennick strike over tugboats"
MORE = "Tugboats stay moored while pilots gather signatures"
OTHER = "Gardeners plant tulips behind greenhouse fences"
ANSWER = "Nobody in Brennick needs those tugboats anyway"


def shares(*page: str, end: int, common: tuple[str, ...] = ()) -> dict[str, float]:
    paragraphs = find_paragraphs("\n\n".join(page))
    known = np.unique(np.array([word_hash(word) for word in common], dtype=np.uint64))
    rare = Vocabulary.of(known).places(paragraphs.word) < 0
    columns = subject_columns(paragraphs, find_repeats(paragraphs), rare, np.array([end]))
    return {name: float(column[0]) for name, column in columns.items()}


def test_a_story_goes_on_about_its_own_subject_and_another_does_not() -> None:
    same = shares(STORY, MORE, ANSWER, end=1)
    # "tugboats" and "pilots" of the first six long words stood before.
    assert same["rare known in 6 after"] == pytest.approx(2 / 6)
    assert shares(STORY, OTHER, ANSWER, end=1)["rare known in 6 after"] == 0


def test_it_is_seen_whether_what_stands_before_comes_again() -> None:
    # Of "harbour", "pilots", "brennick", "strike" and "tugboats" two are answered.
    assert shares(STORY, ANSWER, end=1)["rare again of 6 before"] == pytest.approx(2 / 5)
    assert shares(STORY, OTHER, end=1)["rare again of 6 before"] == 0


def test_words_that_every_page_has_tell_nothing() -> None:
    told = shares(STORY, MORE, end=1, common=("tugboats", "pilots"))
    assert told["rare known in 6 after"] == 0
    assert told["known in 30 after"] > 0


@pytest.mark.parametrize("end", [0, 3])
def test_at_the_edges_of_a_page_nothing_is_shared(end: int) -> None:
    told = shares(STORY, MORE, ANSWER, end=end)
    assert told["rare known in 20 after"] == (0 if end == 0 else -1)
    assert told["rare again of 20 before"] == (-1 if end == 0 else 0)


def test_a_page_without_rare_words_is_read_too() -> None:
    assert shares("ok", "no", "ok", end=1)["rare known in 60 after"] == -1
