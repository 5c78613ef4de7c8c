"""The examples of our own writing: the same everywhere, fair to every group, rightly labelled."""

import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from classifier.evaluating import suite
from classifier.tasks import TASKS, ModelName
from classifier.training import own_examples as own
from classifier.training.own_examples import own_examples

COMMENTS = own_examples("comment")
STANCES = own_examples("stance")
SENTENCES = sorted(Path(own.__file__).parent.glob("own_[!f]*.toml"))  # forms are what is asked
MEASURED = Path(suite.__file__).parent
GROUPS = ("jews", "mexicans", "black people", "women", "gay men", "deaf people", "pensioners")


@pytest.mark.parametrize("model", TASKS)
def test_they_are_the_same_each_time_and_say_only_what_the_model_answers(model: ModelName) -> None:
    examples = own_examples(model)
    assert examples == own_examples(model)
    labels = {label for task in TASKS[model] for label in task.outputs}
    assert {label for example in examples for label in example.labels} <= labels
    assert {example.label for example in examples} - {None} <= labels


def test_no_place_for_a_word_is_left_open_and_no_sentence_stands_twice() -> None:
    asked = [(example.text, example.target) for example in (*COMMENTS, *STANCES)]
    assert not [pair for pair in asked if {*"{}"} & {*"".join(filter(None, pair))}]
    assert len(asked) == len(set(asked))


def test_no_sentence_is_nearly_one_of_the_suite_which_measures_what_they_teach() -> None:
    learned = [each for file in SENTENCES for each in sentences(file)]
    measured = [each for file in sorted(MEASURED.glob("*.toml")) for each in sentences(file)]
    assert min(len(learned), len(measured)) > 200
    shared = [
        (one, other)
        for one in learned
        for other in measured
        if 2 * len(words(one) & words(other)) > len(words(one) | words(other))
    ]
    assert shared == []


def sentences(file: Path) -> Iterator[str]:
    """Yield every string of a TOML file with at least four words beside its slots."""

    def strings(value: object) -> Iterator[str]:
        if isinstance(value, str):
            yield value
        elif isinstance(value, list | dict):
            for each in value.values() if isinstance(value, dict) else value:
                yield from strings(each)

    found = strings(tomllib.loads(file.read_text(encoding="utf-8")))
    return (each for each in found if len(words(each)) >= 4)


def words(sentence: str) -> set[str]:
    return set(re.findall(r"[a-z']+", re.sub(r"{.*?}", "", sentence.lower())))


@pytest.mark.parametrize(
    ("form", "toxicity"),
    [
        ("shouted", {0.0}),  # reported
        ("would never say that you are", {0.0}),  # denied
        ("is not an argument", {0.0}),  # objected to
        ("i am such a", {0.0}),  # said of oneself
        ("no offence, but", {1.0}),
        ("and they are right", {1.0}),
        ("blocked drain", {1.0}),  # without a word for it
    ],
)
def test_whose_insult_it_is_decides(form: str, toxicity: set[float]) -> None:
    assert {each.labels["toxicity"] for each in COMMENTS if form in each.text.lower()} == toxicity


@pytest.mark.parametrize("group", GROUPS)
def test_a_group_is_named_in_civil_sentences_more_often_than_in_hostile_ones(group: str) -> None:
    naming = [example for example in COMMENTS if group in example.text.lower().split(", ")[0]]
    counts = Counter(example.labels["toxicity"] for example in naming)
    assert counts[0.0] >= counts[1.0] >= 3


def test_threats_and_what_only_sounds_like_one_are_told_apart() -> None:
    def labelled(text: str) -> set[float]:
        return {each.labels["threat"] for each in COMMENTS if text in each.text.lower()}

    assert labelled("i will kill you for that") == {1.0}
    assert labelled("the frost killed all my tomatoes") == {0.0}
    assert labelled("went to the police at once") == {0.0}


def test_every_side_is_taken_towards_everything_that_may_be_asked_about() -> None:
    kinds = {example.target_kind for example in STANCES}
    assert kinds == {"topic", "article", "parent"}
    for kind in kinds:
        counts = Counter(example.label for example in STANCES if example.target_kind == kind)
        assert len(counts) == 3, kind
        assert max(counts.values()) < 2 * min(counts.values()), kind


def test_agreeing_with_one_who_is_against_is_in_favour_of_the_post() -> None:
    found = {
        example.label
        for example in STANCES
        if example.target_kind == "parent"
        and example.target is not None
        and example.target.startswith("They should drop")
        and example.text.lower().startswith(("exactly", "you are right", "same here", "true"))
    }
    assert found <= {"favor"}
    assert found
