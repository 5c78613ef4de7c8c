"""People named in examples, or beside them: the stance is that of the words about the target."""

import re
import tomllib
from collections import Counter, defaultdict
from pathlib import Path
from random import Random

from classifier.examples import Example
from classifier.training import own_names
from classifier.training.own_names import named_counterparts, stances_with_names

NAMES = Path(own_names.__file__).with_suffix(".toml")
CORPUS = [
    Example(text=f"I would not pay for it, not {number} times.", target="the toll", label="against")
    for number in range(400)
]


def test_a_stance_stays_when_another_person_is_named() -> None:
    content = tomllib.loads(NAMES.read_text(encoding="utf-8"))
    topic = re.compile("|".join(map(re.escape, content["topics"])), re.IGNORECASE)
    office = re.compile("|".join(map(re.escape, content["offices"])))
    person = re.compile("|".join(map(re.escape, content["people"])))
    named: dict[str, set[str]] = defaultdict(set)
    stances: dict[str, set[str]] = defaultdict(set)
    for text, target, stance in stances_with_names(Random(3)):
        asked = office.sub("", topic.sub("", f"{text} | {target}"))
        sentence = person.sub("", asked)
        named[sentence].update(person.findall(asked))
        stances[sentence].add(stance)
    assert len(named) >= 20
    assert min(len(people) for people in named.values()) >= 10
    assert {len(taken) for taken in stances.values()} == {1}


def test_naming_somebody_beside_a_text_or_target_leaves_both_and_the_stance_as_they_are() -> None:
    pairs = list(named_counterparts(CORPUS, 300, Random(1)))
    assert len(pairs) == len({plain.text for plain, _ in pairs}) == 300
    for plain, named in pairs:
        assert plain.text in named.text
        assert plain.target is not None
        assert named.target is not None
        assert plain.target in named.target
        assert (plain.text, plain.target) != (named.text, named.target)
        assert named.label == plain.label
        assert not {*"{}"} & {*named.text, *named.target}


def test_people_of_every_origin_are_named_about_as_often() -> None:
    people = tomllib.loads(NAMES.read_text(encoding="utf-8"))["people"]
    origin = {name.rpartition(" ")[0]: row // 6 for row, name in enumerate(people)}
    counts = Counter(
        next(row for given, row in origin.items() if given in f"{named.text} {named.target}")
        for _, named in named_counterparts(CORPUS, 400, Random(2))
    )
    assert len(counts) == len(people) // 6
    assert max(counts.values()) < 3 * min(counts.values())


def test_a_comment_without_a_target_gets_the_name_around_its_text() -> None:
    comment = Example(text="I would not pay for it.", label="negative")
    ((plain, named),) = named_counterparts([comment], 1, Random(1))
    assert plain is comment
    assert comment.text in named.text != comment.text
    assert (named.target, named.label) == (None, "negative")


def test_people_stand_again_where_a_corpus_left_them_out() -> None:
    comment = Example(text="[NAME] would not pay, nor would [NAME].", label="negative")
    people = tomllib.loads(NAMES.read_text(encoding="utf-8"))["people"]
    given = {name.rpartition(" ")[0] for name in people}
    ((_, named),) = named_counterparts([comment], 1, Random(1))
    said = re.fullmatch(r"(.+) would not pay, nor would (.+)\.", named.text)
    assert said is not None
    assert all(any(person.startswith(name) for name in given) for person in said.groups())


def test_long_texts_get_no_name_beside_them() -> None:
    long = Example(text="Not for me. " * 50, target="the toll", label="against")
    assert list(named_counterparts([long], 10, Random(1))) == []
