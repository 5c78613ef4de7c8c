"""Training the network that reads paragraphs in context."""

from dataclasses import replace
from random import Random

import numpy as np
import pytest

from classifier.training.split_context import ContextRecipe, fit_context
from classifier.training.split_context_pages import ContextPage, taught_by

RECIPE = ContextRecipe(width=16, hidden=32, epochs=50, rate=1e-2)
UNKNOWN = -1


def made_page(rng: Random) -> ContextPage:
    """A page whose only mark stands seven paragraphs before the article's end.

    Every third paragraph after the end begins a post, which the paragraph before it shows; one
    feature is noise.
    """
    size = rng.randint(25, 40)
    end = rng.randint(8, size - 10)
    rows = np.zeros((size + 1, 3), dtype=np.float16)
    rows[end - 7, 0] = 1
    rows[:, 2] = [rng.random() for _ in range(size + 1)]
    begins = np.full(size + 1, UNKNOWN)
    begins[end:size] = 0
    begins[end + 1 : size : 3] = 1
    rows[np.flatnonzero(begins == 1) - 1, 1] = 1
    kind = np.where(np.arange(size + 1) < end, 0, 1)
    kind[size] = UNKNOWN
    return ContextPage(
        rows=rows, end=end, begins=begins, kind=kind, pasted=np.full(size + 1, UNKNOWN)
    )


@pytest.fixture(scope="module")
def pages() -> list[ContextPage]:
    rng = Random(3)
    return [made_page(rng) for _ in range(400)]


def test_what_stands_paragraphs_away_is_learned(pages: list[ContextPage]) -> None:
    network = fit_context(pages[:300], recipe=RECIPE)

    said = [network.outputs(page.rows.astype(np.float32)) for page in pages[300:]]

    ends = [each[:, 0].argmax() == page.end for each, page in zip(said, pages[300:], strict=True)]
    assert np.mean(ends) > 0.9
    begins = np.concatenate(
        [
            (each[:, 1] > 0)[page.begins >= 0] == page.begins[page.begins >= 0]
            for each, page in zip(said, pages[300:], strict=True)
        ]
    )
    assert np.mean(begins) > 0.95


def test_a_smaller_network_learns_what_a_larger_one_says(pages: list[ContextPage]) -> None:
    teacher = fit_context(pages[:300], recipe=RECIPE)
    untrue = [replace(page, end=0, kind=np.full_like(page.kind, 2)) for page in pages[:300]]

    network = fit_context(
        taught_by([teacher], untrue), recipe=replace(RECIPE, width=12, hidden=24, taught=1.0)
    )

    said = [network.outputs(page.rows.astype(np.float32)) for page in pages[300:]]
    ends = [each[:, 0].argmax() == page.end for each, page in zip(said, pages[300:], strict=True)]
    assert np.mean(ends) > 0.9


def test_the_same_seed_gives_the_same_network(pages: list[ContextPage]) -> None:
    recipe = ContextRecipe(width=8, hidden=8, epochs=1)

    one, other = (fit_context(pages[:40], recipe=recipe) for _ in range(2))

    np.testing.assert_array_equal(one.entry, other.entry)


def test_weights_are_returned_as_they_are_released(pages: list[ContextPage]) -> None:
    network = fit_context(pages[:40], recipe=ContextRecipe(width=8, hidden=8, epochs=1))

    for array in (network.entry, network.blocks[0].taps, network.exit):
        np.testing.assert_array_equal(array, array.astype(np.float16).astype(np.float32))
