import pytest

from classifier.evaluating.topics import same_topic, score_topics


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("toll", "the tunnel toll"),
        ("Orla Finch", "Mayor Finch"),
        ("nurses", "the nurses who refuse"),
        ("ban", "phone ban in schools"),
        ("patch", "patch 4.2"),
    ],
)
def test_phrases_that_name_one_topic(one: str, other: str) -> None:
    assert same_topic(one, other)
    assert same_topic(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("tunnel", "tunnel toll"),
        ("home insurance", "car insurance"),
        ("raid", "airstrikes"),
        ("", "toll"),
        ("the", "the"),
    ],
)
def test_phrases_that_do_not(one: str, other: str) -> None:
    assert not same_topic(one, other)
    assert not same_topic(other, one)


def test_topics_of_threads_are_counted_together() -> None:
    scores = score_topics(
        [
            (["toll", "pumps"], {"tunnel toll": 9, "Mayor Finch": 3}),
            (["ferry"], {"night ferry": 1, "harbour": 7}),
            (["cake"], {}),
        ]
    )
    assert (scores.precision, scores.recall) == (2 / 4, 2 / 4)
    assert scores.coverage == 10 / 20
    assert (scores.leads_found, scores.threads, scores.leads) == (1, 2, 0.5)


def test_shares_of_nothing_are_not_given() -> None:
    scores = score_topics([([], {})])
    assert (scores.precision, scores.recall) == (None, None)
    assert (scores.coverage, scores.leads) == (None, None)
