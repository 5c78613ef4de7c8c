"""Hacker News: items of the official API, trees and hits of Algolia's."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from classifier.pipeline import read_threads

if TYPE_CHECKING:
    from conftest import Reading

STORY = {
    "id": 100,
    "type": "story",
    "by": "ana",
    "time": 1300000000,
    "title": "Ask: a compiler for tide tables?",
    "text": "I wrote one &amp; nobody uses it.<p>Why is that?",
    "kids": [101, 103],
}
ITEMS: list[dict[str, Any]] = [
    {"id": 103, "type": "comment", "by": "dan", "time": 1300000300, "parent": 102, "text": "True"},
    STORY,
    {
        "id": 101,
        "type": "comment",
        "by": "ben",
        "time": 1300000100,
        "parent": 100,
        "kids": [102],
        "text": "&gt; nobody uses it<p>I <i>do</i>: see "
        '<a href="https:&#x2F;&#x2F;t.example">this</a>.',
    },
    {"id": 102, "type": "comment", "time": 1300000200, "parent": 101, "deleted": True},
]


@pytest.mark.parametrize("name", ["items.json", "items.jsonl"])
def test_items_are_brought_together_by_their_parents(reading: "Reading", name: str) -> None:
    content = json.dumps(ITEMS) if name.endswith("n") else "\n".join(map(json.dumps, ITEMS))
    thread = reading.thread(name, content)
    assert (thread.id, thread.title) == ("100", "Ask: a compiler for tide tables?")
    assert thread.article is not None
    assert thread.article.text == "I wrote one & nobody uses it.\n\nWhy is that?"
    assert {(reply.id, reply.author, reply.parent_id) for reply in thread.replies} == {
        ("101", "ben", "article"),
        ("102", None, "101"),
        ("103", "dan", "102"),
    }
    assert thread.replies[0].posted_at == "2011-03-13T07:11:40+00:00"


def test_single_story_is_its_title_where_it_only_links(reading: "Reading") -> None:
    story = {key: value for key, value in STORY.items() if key != "text"}
    thread = reading.thread("100.json", json.dumps(story | {"url": "https://t.example"}))
    assert thread.article is not None
    assert thread.article.text == "Ask: a compiler for tide tables?"


def tree(item: dict[str, Any], *children: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": item["id"],
        "author": item.get("by"),
        "created_at_i": item["time"],
        "created_at": "2011-03-13T07:06:40.000Z",
        "type": item["type"],
        "title": item.get("title"),
        "text": item.get("text"),
        "parent_id": item.get("parent"),
        "story_id": 100,
        "children": list(children),
    }


def test_tree_is_read_in_its_order_with_quotes_resolved(tmp_path: Path) -> None:
    leaf, story, first, deleted = ITEMS
    path = tmp_path / "100.json"
    path.write_text(json.dumps(tree(story, tree(first, tree(deleted, tree(leaf))))))
    [thread] = read_threads(path)
    assert [(reply.id, reply.parent_id) for reply in thread.replies] == [
        ("101", "article"),
        ("102", "101"),
        ("103", "102"),
    ]
    ben = thread.replies[0]
    assert ben.text == "I do: see this."
    assert thread.page_text is not None
    assert [thread.page_text[quote.start : quote.end] for quote in ben.quotes] == [
        "> nobody uses it"
    ]


def test_hits_of_a_search_are_grouped_by_story(reading: "Reading") -> None:
    def hit(id_: int, story: int) -> dict[str, Any]:
        return {
            "objectID": str(id_),
            "author": "ben",
            "created_at_i": 1300000000,
            "comment_text": f"Number {id_}.",
            "story_id": story,
            "parent_id": story,
            "_tags": ["comment"],
        }

    search = {"hits": [hit(1, 100), hit(2, 200), hit(3, 100)], "nbHits": 3}
    threads = reading.threads("search.json", json.dumps(search))
    assert [(thread.id, [reply.id for reply in thread.replies]) for thread in threads] == [
        ("100", ["1", "3"]),
        ("200", ["2"]),
    ]


def test_comments_whose_story_is_elsewhere_stand_together(reading: "Reading") -> None:
    leaf, _, first, deleted = ITEMS
    thread = reading.thread("items.json", json.dumps([leaf, first, deleted]))
    assert {(reply.id, reply.parent_id) for reply in thread.replies} == {
        ("101", None),
        ("102", "101"),
        ("103", "102"),
    }


def test_parents_that_go_in_a_circle_end(reading: "Reading") -> None:
    circle = [
        {"id": 1, "type": "comment", "by": "a", "time": 1, "parent": 2, "text": "x"},
        {"id": 2, "type": "comment", "by": "b", "time": 2, "parent": 1, "text": "y"},
    ]
    assert sum(len(each.replies) for each in reading.threads("i.json", json.dumps(circle))) == 2
