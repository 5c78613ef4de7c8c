import tomllib
from pathlib import Path

import pytest
from regression.fixture import (
    LabelledPage,
    labelled_pages,
    layout_of,
    share_of_replies_found,
    split_layout,
)

FLOORS = tomllib.loads((Path(__file__).parent / "floors.toml").read_text(encoding="utf-8"))["split"]
PAGES = {each.page.id: each for each in labelled_pages()}


@pytest.mark.parametrize("each", [PAGES[name] for name in FLOORS["exact"]], ids=FLOORS["exact"])
def test_the_page_is_split_exactly(each: LabelledPage) -> None:
    assert split_layout(each.page) == layout_of(each.truth)


@pytest.mark.parametrize(("name", "floor"), FLOORS["replies"].items())
def test_no_fewer_replies_are_found_than_before(name: str, floor: float) -> None:
    assert share_of_replies_found(PAGES[name]) >= floor


def test_every_page_has_a_floor() -> None:
    assert {*FLOORS["exact"]} | {*FLOORS["replies"]} == {*PAGES}


@pytest.mark.parametrize("each", PAGES.values(), ids=PAGES)
def test_own_words_are_exactly_where_the_split_says(each: LabelledPage) -> None:
    from classifier.splitting import split

    for reply in split(each.page).replies:
        assert reply.text == "\n\n".join(each.page.text[start:end] for start, end in reply.own)
