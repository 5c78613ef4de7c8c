"""Sides taken in sentences of our own: each beside its mirror image, asked about in many forms."""

import re
import tomllib
from collections import Counter, defaultdict
from pathlib import Path
from random import Random

import pytest

from classifier.training import own_stances
from classifier.training.own_stances import sides_taken

CONTENT = tomllib.loads(Path(own_stances.__file__).with_suffix(".toml").read_text("utf-8"))
TAKEN = list(sides_taken(Random(5)))
NAMED = re.compile(
    "|".join(map(re.escape, [*CONTENT["words"]["topic"], *CONTENT["words"]["thing"]]))
)


def taken(words: str, *, asked: str = "") -> set[str]:
    """Return the stances of the texts with some words, towards targets with some others."""
    return {
        stance
        for text, target, stance in TAKEN
        if words in text.lower() and asked in target.lower()
    }


def test_they_are_the_same_each_time() -> None:
    assert list(sides_taken(Random(5))) == TAKEN


def test_no_place_for_a_word_is_left_open() -> None:
    assert not [pair for pair in TAKEN if {*"{}"} & {*"".join(pair)}]


def test_what_a_text_is_asked_about_stands_in_it_where_a_side_is_taken() -> None:
    for text, target, stance in TAKEN:
        if stance != "neutral":
            (asked, *_) = NAMED.findall(target.lower())
            assert asked in text.lower(), text


def test_each_thing_is_favoured_as_often_as_opposed() -> None:
    sides: dict[str, Counter[str]] = defaultdict(Counter)
    for _, target, stance in TAKEN:
        if target in CONTENT["words"]["topic"]:
            sides[target][stance] += 1
    assert len(sides) == len(CONTENT["words"]["topic"])
    total = sum(sides.values(), Counter[str]())
    assert 0.8 < total["favor"] / total["against"] < 1.25
    # No word among those that may be named gives the side away.
    assert max(max(each.values()) / each.total() for each in sides.values()) < 0.75


@pytest.mark.parametrize(
    ("words", "stance"),
    [
        ("i am no friend of", "against"),
        ("i am no enemy of", "favor"),
        ("but i have seen what it did for us", "favor"),
        ("told reporters that", "neutral"),
        ("provided that someone", "favor"),
        ("unless someone checks", "against"),
        ("thank heaven that", "against"),
        ("what a disgrace to take", "favor"),
        ("my own experience says that it works", "favor"),
        ("my own experience says that it fails", "against"),
        ("i only pass it on", "neutral"),
        ("i refuse to condemn", "favor"),
        ("on condition that it is reviewed", "favor"),
        ("no matter how often it is reviewed", "against"),
    ],
)
def test_what_is_said_decides_and_not_the_words_for_or_against(words: str, stance: str) -> None:
    towards_itself = {
        found
        for text, target, found in TAKEN
        if words in text.lower() and target in CONTENT["words"]["topic"]
    }
    assert towards_itself == {stance}


def test_who_wants_a_thing_kept_is_against_its_ban() -> None:
    refused = ("a ban on", "banning", "forbidding", "a law against", "outlawed", "the end of")
    kept, gone = (
        set().union(*(taken(words, asked=asked) for asked in refused))
        for words in ("will not give up", "i signed the petition to end")
    )
    assert (kept, gone) == ({"against"}, {"favor"})
    assert taken("i grew up with", asked="ban") == {"favor", "against"}


def test_of_two_things_each_is_answered_for_itself() -> None:
    both = defaultdict(set)
    for text, target, stance in TAKEN:
        if "i would rather have" in text.lower() and target in CONTENT["words"]["topic"]:
            place = text.lower().index(target)
            both["first" if place < text.lower().index(" than ") else "second"].add(stance)
    assert both == {"first": {"favor"}, "second": {"against"}}


def test_the_same_verdict_is_the_side_that_the_reported_one_is_not() -> None:
    reported = {
        re.sub("{.*?}", ".+", clause): opposite
        for says, opposite in (("says_yes", "against"), ("says_no", "favor"))
        for clause in CONTENT["clauses"][says]
    }
    found = [
        (stance, opposite)
        for text, target, stance in TAKEN
        for clause, opposite in reported.items()
        if target in CONTENT["words"]["topic"]
        and re.search(f"{clause}[.; -]+i am on the other side", text.lower())
    ]
    assert {stance for stance, _ in found} == {"favor", "against"}
    assert [stance for stance, _ in found] == [opposite for _, opposite in found]
