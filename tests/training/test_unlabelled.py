"""Pairs that nobody labelled: a text with targets of texts near it, a comment with phrases."""

import gzip
import json
from pathlib import Path
from zipfile import ZipFile

import pytest

from classifier.examples import Example
from classifier.training.unlabelled import (
    pairs_with_near_targets,
    pairs_with_own_phrases,
    read_discussions,
)


def made(text: str, target: str) -> Example:
    return Example(text=text, target=target, target_kind="topic", label="favor", corpus="made up")


EXAMPLES = [
    made("the toll on the bridge is too high for commuters", "bridge toll"),
    made("the toll on the bridge is too high for commuters", "commuters"),
    made("a toll for commuters on the bridge pays for repairs", "bridge repairs"),
    made("cats should be kept indoors at night", "outdoor cats"),
    made("birds are killed by cats at night", "garden birds"),
]


def test_a_text_gets_targets_of_texts_near_it_and_never_its_own() -> None:
    pairs = pairs_with_near_targets(EXAMPLES, of_each=9, seed=1)
    asked = {(pair.text, pair.target) for pair in pairs}
    assert len(asked) == len(pairs)
    assert not asked & {(example.text, example.target) for example in EXAMPLES}
    assert (EXAMPLES[0].text, "bridge repairs") in asked
    assert {target for text, target in asked if text == EXAMPLES[2].text} >= {
        "bridge toll",
        "commuters",
    }


def test_no_pair_has_a_label_and_all_are_known_as_unlabelled() -> None:
    pairs = pairs_with_near_targets(EXAMPLES, of_each=2, seed=1)
    assert {(pair.label, pair.corpus) for pair in pairs} == {(None, "made up, unlabelled")}
    texts = [pair.text for pair in pairs]
    assert max(texts.count(text) for text in texts) == 2


def test_the_nearest_texts_come_first() -> None:
    others = [
        made(f"opinion {number} on gardens and lawns", f"lawn {number}") for number in range(40)
    ]
    pairs = pairs_with_near_targets([*EXAMPLES, *others], of_each=99, seed=1)
    of_cats = {pair.target for pair in pairs if pair.text == EXAMPLES[3].text}
    assert "garden birds" in of_cats
    of_gardens = {pair.target for pair in pairs if pair.text == others[0].text}
    assert "bridge toll" not in of_gardens


def test_the_seed_decides_which() -> None:
    first, again, other = (
        pairs_with_near_targets(EXAMPLES, of_each=1, seed=seed) for seed in (1, 1, 2)
    )
    assert first == again != other


@pytest.mark.parametrize("size", [0, 1])
def test_a_single_text_has_no_neighbour(size: int) -> None:
    assert pairs_with_near_targets(EXAMPLES[:size], of_each=3, seed=1) == []


DISCUSSION = [
    "I think the night ferry is the best thing that the council ever did for this side of town",
    "Nobody I know takes the night ferry and the council pays for it with the money of us all",
    "The council should ask the people who live here and not those who make money from tourists",
    "Too short for a stance on the night ferry",
]


def own_phrases(most: int = 99, seed: int = 1) -> list[Example]:
    return pairs_with_own_phrases([DISCUSSION], known=EXAMPLES, most=most, seed=seed)


def test_a_comment_is_asked_about_phrases_of_its_discussion() -> None:
    seen = [each for seed in range(20) for each in own_phrases(seed=seed)]
    assert {(each.label, each.target_kind) for each in seen} == {(None, "topic")}
    assert {each.corpus for each in seen} == {"discussions, unlabelled"}
    asked = {(each.text, each.target) for each in seen}
    assert {(DISCUSSION[0], "night ferry"), (DISCUSSION[1], "council")} <= asked
    mentions = [str(each.target) in each.text.lower() for each in seen]
    assert 0.5 < sum(mentions) / len(mentions) < 1
    assert DISCUSSION[3] not in {each.text for each in seen}


def test_a_comment_is_asked_about_a_target_of_the_labelled_text_nearest_to_it() -> None:
    cats = ["everybody who lets cats out at night should see what they do to birds in the morning"]
    pairs = pairs_with_own_phrases([cats], known=EXAMPLES, most=9, seed=1)
    assert [each.target for each in pairs] == ["garden birds"]
    assert pairs_with_own_phrases([cats], known=[], most=9, seed=1) == []


def test_no_more_pairs_are_made_than_asked_for_and_the_seed_decides_which() -> None:
    assert len(own_phrases(most=2)) == 2
    assert own_phrases(most=2, seed=1) == own_phrases(most=2, seed=1)
    assert any(own_phrases(most=2, seed=seed) != own_phrases(most=2, seed=1) for seed in (2, 3, 4))


def test_discussions_are_read_without_quotes_and_without_what_is_evaluated_on(
    tmp_path: Path,
) -> None:
    quoted, own = "The ferry is a waste of money.", "It brings my daughter home from work."
    posts = [
        {"post_id": 1, "author": "a", "text": quoted, "quotes": []},
        {
            "post_id": 2,
            "author": "b",
            "text": f"{quoted}\n{own}",
            "quotes": [[0, len(quoted), {"quote_id": 1}]],
        },
    ]
    (tmp_path / "iac_v1").mkdir()
    with gzip.open(tmp_path / "iac_v1" / "discussions.jsonl.gz", "wt", encoding="utf-8") as file:
        for number in range(20):
            file.write(json.dumps({"discussion_id": number, "posts": posts}) + "\n")
    (tmp_path / "c3").mkdir()
    with ZipFile(tmp_path / "c3" / "archive.zip", "w") as archive:
        archive.writestr(
            "C3_anonymized.csv",
            "article_id,comment_text\n"
            + "".join(f"{number},What a silly editorial on ferries\n" for number in range(20)),
        )
    found = read_discussions(tmp_path, evaluated=[])
    assert [quoted, own] in found
    assert ["What a silly editorial on ferries"] in found
    assert len(found) < 40
    evaluated = [Example(text=quoted), Example(text="What a silly editorial, on ferries!")]
    kept = read_discussions(tmp_path, evaluated=evaluated)
    assert {text for each in kept for text in each} == {own}
