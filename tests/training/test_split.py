"""The split model is fitted on assembled pages and written as a folder that splitting loads."""

from pathlib import Path
from random import Random

import pytest

from classifier.splitting import split
from classifier.training.page_sources import Discussion, Piece, Post, Sources
from classifier.training.pages import pages_of
from classifier.training.split import Recipe, fit_on_sources, write_split
from classifier.training.split_context import ContextRecipe

PLACES = ("Westmarch", "Gretten", "Tarrow", "Ostland", "Brennick", "Halvor", "Maasden", "Corrie")
WORDS = "i you me we never always just lol who pays why wrong right think money fair cheap stupid"
SMALL = ContextRecipe(width=24, hidden=48, epochs=12)
RECIPE = Recipe(
    pages=300,
    network_pages=400,
    dev_pages=40,
    fewest=6,
    context=SMALL,
    other=SMALL,
    teachers=0,
)


def opinion(chance: Random) -> str:
    return " ".join(chance.choices(WORDS.split(), k=chance.randint(9, 40))) + chance.choice("!?.")


def sources(*places: str) -> Sources:
    """Return news and posts that share hardly a word."""
    return Sources(
        articles=tuple(
            tuple(
                f"The {place} council said on Tuesday that line {number} of the tram would open in "
                f"May, after {number + 2} years of works. Officials expect many riders, it said."
                for number in range(1, 7)
            )
            for place in places
        ),
        discussions=tuple(
            Discussion(
                forum="quoting forum" if marked else "comments",
                posts=tuple(
                    Post(
                        author=f"reader {number}",
                        pieces=(
                            Piece(paragraphs=(opinion(Random(f"{place} {marked} {number}")),)),
                        ),
                    )
                    for number in range(25)
                ),
                quotes_marked=marked,
            )
            for place in places
            for marked in (True, False, True)
        ),
    )


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("models")
    fitted = fit_on_sources(sources(*PLACES[:6]), sources(PLACES[6]), recipe=RECIPE)
    write_split(fitted, folder / "split")
    return folder


def test_a_fitted_folder_splits_pages_of_other_articles(models: Path) -> None:
    pages = list(pages_of(sources(PLACES[7]), "test", count=30, seed=5))

    found = [split(each.page, models=models) for each in pages]

    ends = [
        (thread.article.end if thread.article else -1)
        == (each.truth.article.end if each.truth.article else -1)
        for thread, each in zip(found, pages, strict=True)
    ]
    assert sum(ends) >= 20
    replies = sum(len(thread.replies) for thread in found)
    true = sum(len(each.truth.replies) for each in pages)
    assert 0.7 * true < replies < 1.3 * true


def test_the_folder_holds_no_more_than_it_says(models: Path) -> None:
    files = {file.name for file in (models / "split").iterdir()}

    assert files == {"SHA256SUMS", "config.json", "model.skops", "tables.npz"}
