"""Pages of our own writing, in pieces, so that tests can lay them out in every style."""

# ruff: noqa: ISC004 - a paragraph a line would be wider than a screen

from collections.abc import Callable

import pytest

from classifier.thread import Page

ARTICLE = (
    "WESTMARCH, Ostland (Coast Wire) -- The regional council voted 9 to 4 on Tuesday to close the "
    "coal plant at Westmarch by 2031, two years earlier than planned, officials said.",
    "The plant employs 640 people and supplies a third of the region's power. Council leader Maud "
    "Terrell said the closure would be paid for by the national transition fund.",
    '"Nobody will be left standing at the gate," Terrell told reporters after the vote. "There '
    'is money for retraining, and there is time."',
    "Union representative Karl Osvald said the workers had learned of the vote from the radio. A "
    "spokesman for the operator declined to comment, citing pending negotiations.",
    "Power prices in the region rose by 11 percent last year, according to the statistics office.",
)
CREDIT = "Coast Wire's Ana Bergholt and Piet Hasler contributed to this report."
LONG_OPINION = (
    "I worked at that plant for nineteen years and I can tell you nobody ever asked us anything. "
    "They announce it on the radio and then they wonder why people are angry! My pension is gone "
    "if they close two years early, thanks a lot."
)
SHORT_OPINION = "lol good riddance, that thing has been poisoning us since I was a kid"
QUESTION = (
    "And where do you think the power will come from in winter? You can't heat a house on hope."
)
ANSWER = "From the sea cable, which you would know if you had read past the headline."


@pytest.fixture(scope="session")
def page() -> Callable[..., Page]:
    """Return a function that lays blocks out as a page."""

    def lay_out(
        *blocks: tuple[str, ...] | str, border: str = "\n", within: str = "\n\n", page_id: str = "p"
    ) -> Page:
        laid = (block if isinstance(block, str) else within.join(block) for block in blocks)
        return Page(id=page_id, text=border.join(laid))

    return lay_out


@pytest.fixture(scope="session")
def article() -> tuple[str, ...]:
    return (*ARTICLE, CREDIT)


@pytest.fixture(scope="session")
def opinions() -> tuple[str, ...]:
    return (LONG_OPINION, SHORT_OPINION, QUESTION, ANSWER)


@pytest.fixture(scope="session")
def between() -> Callable[[str, str, str], str]:
    """Return a function that finds the text from one phrase to another."""

    def cut(text: str, first: str, last: str) -> str:
        start = text.index(first)
        return text[start : text.index(last, start) + len(last)]

    return cut
