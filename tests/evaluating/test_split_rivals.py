"""What the split suite says of a splitter, and what its rivals make of an assembled page."""

import pytest
from splitting.test_assembled_pages import assembled

from classifier.evaluating.split import measure
from classifier.evaluating.split_markup import markup_of
from classifier.thread import Thread
from classifier.training.page_writer import AssembledPage

PAGES = [assembled(number) for number in range(12)]


def perfect(made: AssembledPage, confidence: float = 1.0) -> Thread:
    return made.truth.model_copy(update={"split_confidence": confidence})


def test_the_truth_reaches_every_bar() -> None:
    scores = measure(PAGES, perfect)

    for name in (
        "article end exact",
        "article start exact",
        "block accuracy",
        "own words character F1",
        "quote F1",
        "author accuracy",
    ):
        assert scores[name] == 1.0
    assert scores["expected calibration error"] == 0.0


def test_a_splitter_that_knows_no_names_and_misses_headlines_is_told_so() -> None:
    def nameless(made: AssembledPage) -> Thread:
        article = made.truth.article
        later = article and article.model_copy(update={"start": article.start + 1})
        replies = tuple(each.model_copy(update={"author": None}) for each in made.truth.replies)
        return made.truth.model_copy(update={"article": later, "replies": replies})

    scores = measure(PAGES, nameless)

    assert (scores["author accuracy"], scores["article start exact"]) == (0.0, 0.0)
    assert scores["article end exact"] == 1.0


def test_confidence_that_is_never_right_is_wholly_uncalibrated() -> None:
    def wrong(made: AssembledPage) -> Thread:
        return Thread(id=made.page.id, split_confidence=1.0)

    with_article = [made for made in PAGES if made.truth.article]

    assert measure(with_article, wrong)["expected calibration error"] == 1.0


def test_a_splitter_that_is_unsure_where_it_is_right_loses_what_it_held_back() -> None:
    scores = measure(PAGES, lambda made: perfect(made, 0.75))

    assert scores["expected calibration error"] == pytest.approx(0.25)


def test_a_splitter_without_confidence_has_no_calibration() -> None:
    assert measure(PAGES, lambda made: made.truth)["expected calibration error"] is None


def test_the_markup_holds_the_article_and_one_item_a_reply() -> None:
    html = pytest.importorskip("lxml.html")

    for made in PAGES:
        root = html.fromstring(markup_of(made))
        items = root.xpath("//li[@class='comment']")
        assert len(items) == len(made.truth.replies)
        for item, reply in zip(items, made.truth.replies, strict=True):
            first = made.page.text[slice(*reply.own[0])].split()
            assert " ".join(first[:3]) in " ".join(item.text_content().split())
        if made.truth.article:
            (article,) = root.xpath("//article")
            assert made.truth.article.text.split()[0] in article.text_content()


def test_markup_of_hostile_text_stays_text() -> None:
    html = pytest.importorskip("lxml.html")
    made = next(made for made in PAGES if made.truth.replies)
    length = made.written[-1].end
    hostile = made.page.model_copy(update={"text": ("</li><script>" * length)[:length]})
    root = html.fromstring(
        markup_of(
            AssembledPage(page=hostile, truth=made.truth, written=made.written, layout=made.layout)
        )
    )

    assert not root.xpath("//script")


def test_trafilatura_finds_articles_but_neither_quotes_nor_where_replies_begin() -> None:
    pytest.importorskip("trafilatura", exc_type=ImportError)
    from classifier.evaluating.split_trafilatura import split_by_trafilatura

    scores = measure(PAGES, split_by_trafilatura)

    assert scores["block accuracy"] is not None
    assert scores["block accuracy"] > 0.2
    assert scores["quote F1"] == 0.0
