import tomllib
from functools import cache
from pathlib import Path

import pytest
from regression.fixture import LabelledPage, labelled_pages

from classifier.evaluating.topics import TopicScores, score_topics
from classifier.labelling.topics import find_topics
from classifier.splitting import split

FLOORS = tomllib.loads((Path(__file__).parent / "floors.toml").read_text(encoding="utf-8"))


@cache
def scores() -> TopicScores:
    return score_topics(
        ([topic.text for topic in find_topics(split(each.page))], stances_taken(each))
        for each in labelled_pages()
    )


def stances_taken(each: LabelledPage) -> dict[str, int]:
    taken = dict.fromkeys(each.truth["targets"], 0)
    for reply in each.truth["replies"]:
        for kind, target, label in (reply["labels"] or {}).get("stance", ()):
            if kind == "topic":
                taken[target] += label != "neutral"
    return taken


@pytest.mark.parametrize("measure", ["precision", "recall", "coverage", "leads"])
def test_topics_are_found_no_worse_than_before(measure: str) -> None:
    assert getattr(scores(), measure) >= FLOORS["topics"][measure]
