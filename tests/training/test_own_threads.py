"""The threads of our own invention: rightly built, labelled by the guide, and not evaluated on."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest
from regression.fixture import comment_examples

from classifier.aggregating.agreement import cohen_kappa
from classifier.examples import Example
from classifier.thread import INCIVILITIES, SENTIMENTS, STANCES, TargetKind
from classifier.training.corpora import own_threads
from classifier.training.corpora.parts import Part
from classifier.training.near_duplicates import without_near_duplicates

FILES = sorted(Path(own_threads.__file__).with_suffix("").glob("*.json"))
THREADS: list[dict[str, Any]] = [
    thread for file in FILES for thread in json.loads(file.read_text(encoding="utf-8"))
]
PARTS: tuple[Part, ...] = get_args(Part)
SECOND_READING = Path(__file__).parents[2] / "data" / "second_reading.json"
ROOT = Path("not used")
GRAVE = {"severe_toxicity", "threat", "identity_attack"}


def comments() -> list[Example]:
    return [example for part in PARTS for example in own_threads.read_comments(ROOT, part)]


def stances() -> list[Example]:
    return [example for part in PARTS for example in own_threads.read_stances(ROOT, part)]


@pytest.mark.parametrize("thread", THREADS, ids=lambda thread: str(thread["headline"])[:30])
def test_a_reply_answers_an_earlier_one_and_is_asked_about_what_its_thread_argues(
    thread: dict[str, Any],
) -> None:
    earlier: list[int] = []
    for reply in thread["replies"]:
        assert reply["text"].strip()
        assert ("parent" in reply) == ("to" in reply)
        assert reply.get("to") in (None, *earlier)
        assert set(reply.get("topics", {})) <= set(thread["topics"])
        assert {reply.get("article"), reply.get("parent"), *reply.get("topics", {}).values()} <= {
            None,
            *STANCES,
        }
        assert set(reply["incivility"]) <= set(INCIVILITIES)
        assert reply["sentiment"] in SENTIMENTS
        assert "toxicity" in reply["incivility"] or not GRAVE & set(reply["incivility"])
        earlier.append(reply["id"])
    assert len(earlier) == len(set(earlier)) > 1


def test_every_reply_is_told_with_all_its_labels() -> None:
    assert len(comments()) == sum(len(thread["replies"]) for thread in THREADS) > 1000
    texts = [example.text.lower() for example in comments() if len(example.text.split()) > 3]
    assert len(texts) == len(set(texts))
    assert all(tuple(example.labels) == INCIVILITIES and example.label for example in comments())


def test_a_thread_stands_in_one_part_and_every_part_has_some() -> None:
    groups = {part: {e.group for e in own_threads.read_comments(ROOT, part)} for part in PARTS}
    assert all(groups.values())
    assert sum(map(len, groups.values())) == len(set().union(*groups.values())) == len(THREADS)
    for part in PARTS:
        assert {e.group for e in own_threads.read_stances(ROOT, part)} <= groups[part]


def test_no_side_is_rare_whatever_is_asked_about() -> None:
    for kind in get_args(TargetKind):
        counts = Counter(example.label for example in stances() if example.target_kind == kind)
        assert min(counts[stance] for stance in STANCES) > counts.total() / 5, kind
    assert min(Counter(example.label for example in comments()).values()) > len(comments()) / 6


def test_the_answered_reply_is_the_target_of_a_stance_towards_it() -> None:
    said = {example.text for example in comments()}
    towards_parents = [each for each in stances() if each.target_kind == "parent"]
    assert towards_parents
    assert all(
        example.target in said and example.target != example.text for example in towards_parents
    )


def test_nothing_of_the_hand_labelled_threads_is_learned() -> None:
    assert without_near_duplicates(comments(), of=comment_examples()) == comments()


def second_reading() -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Yield replies as their writer and as a second reader labelled them."""
    by_headline = {thread["headline"]: thread["replies"] for thread in THREADS}
    for thread in json.loads(SECOND_READING.read_text(encoding="utf-8")):
        written = {reply["id"]: reply for reply in by_headline[thread["headline"]]}
        for reply in thread["replies"]:
            yield written[reply["id"]], reply


def test_a_second_reader_labels_most_replies_alike() -> None:
    pairs = list(second_reading())
    assert len(pairs) > len(comments()) / 20
    told: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for first, second in pairs:
        told["sentiment"].append((first["sentiment"], second["sentiment"]))
        for label in INCIVILITIES:
            told[label].append(
                (str(label in first["incivility"]), str(label in second["incivility"]))
            )
        for kind in ("article", "parent"):
            if kind in second:
                told[kind].append((first[kind], second[kind]))
        for topic, stance in second.get("topics", {}).items():
            told["topic"].append((first["topics"][topic], stance))
    for asked, answers in told.items():
        kappa = cohen_kappa(answers)
        assert kappa is not None
        assert kappa > 0.8, asked
