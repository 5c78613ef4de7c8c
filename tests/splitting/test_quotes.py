"""Which paragraphs count as quotes, and of what."""

import pytest

from classifier.splitting.paragraphs import find_paragraphs
from classifier.splitting.quotes import QUOTED_SHARE, quote_sources
from classifier.splitting.repeats import find_repeats

FIRST = "Three of a kind"
SECOND = "The old pump house should be kept as it is"
THIRD = "Sell the pump house and mend the pool with the money before another summer is lost"


def source_of(line: str, *before: str) -> int:
    paragraphs = find_paragraphs("\n".join((*(before or (FIRST, SECOND, THIRD)), "Hm.", line)))
    return int(quote_sources(paragraphs, find_repeats(paragraphs), QUOTED_SHARE)[-1])


@pytest.mark.parametrize(
    ("line", "source"),
    [
        ("three of a kind", 0),
        ("Five of a kind", -1),
        ("pump house should be kept", 1),
        ("The old house should be kept", 1),
        ("The old pump house should be sold", -1),
        ("My old pump house should be kept", -1),
        ("Sell the pump house and mend the roof with the money before another summer is lost", 2),
        ("Sell the pump house, keep the pool, lose another summer and the money: great plan", -1),
    ],
)
def test_short_lines_must_repeat_more_than_long_ones(line: str, source: int) -> None:
    assert source_of(line) == source


def test_a_quote_of_a_quote_is_led_back_to_who_wrote_the_words() -> None:
    edited = THIRD.replace("summer", "SUMER")
    paragraphs = find_paragraphs(f"{THIRD}\nNo.\n{edited}\nWhy?\n{edited}")

    sources = quote_sources(paragraphs, find_repeats(paragraphs), QUOTED_SHARE)

    assert sources.tolist() == [-1, -1, 0, -1, 0]
