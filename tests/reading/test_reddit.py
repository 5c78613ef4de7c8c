"""Reddit's API answers, and dumps in the Pushshift layout."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from classifier.errors import InputError
from classifier.pipeline import read_threads
from classifier.reading import exports

if TYPE_CHECKING:
    from conftest import Reading


def listing(*children: dict[str, Any]) -> dict[str, Any]:
    return {"kind": "Listing", "data": {"after": None, "children": list(children)}}


def submission(**fields: Any) -> dict[str, Any]:  # noqa: ANN401 - whatever the API gives
    return {
        "id": "pq1",
        "name": "t3_pq1",
        "subreddit": "portaveril",
        "title": "Should the ferry run at night?",
        "selftext": "The council &amp; the port want one. It would cost 2 million a year.",
        "author": "ana",
        "created_utc": 1300000000.0,
        "url": "https://forum.example/pq1",
        **fields,
    }


def comment(id_: str, body: str, **fields: Any) -> dict[str, Any]:  # noqa: ANN401
    return {
        "id": id_,
        "name": f"t1_{id_}",
        "subreddit": "portaveril",
        "link_id": "t3_pq1",
        "parent_id": "t3_pq1",
        "body": body,
        "author": "ben",
        "created_utc": 1300000060,
        "replies": "",
        **fields,
    }


def thing(kind: str, data: dict[str, Any]) -> dict[str, Any]:
    return {"kind": kind, "data": data}


ANSWER = [
    listing(thing("t3", submission())),
    listing(
        thing(
            "t1",
            comment(
                "c1",
                "&gt; It would cost 2 million a year.\n\nCheap at the price &lt;3",
                replies=listing(
                    thing("t1", comment("c2", "Says who?", parent_id="t1_c1", author="cleo")),
                    thing("more", {"count": 4, "children": ["c8", "c9"]}),
                ),
            ),
        ),
        thing("t1", comment("c3", "[removed]", author="[deleted]")),
    ),
]


def lines(*records: dict[str, Any]) -> str:
    return "".join(json.dumps(record) + "\n" for record in records)


@pytest.mark.parametrize("indent", [None, 2])
def test_discussion_of_the_api_is_one_thread_under_its_submission(
    reading: "Reading", indent: int | None
) -> None:
    thread = reading.thread("pq1.json", json.dumps(ANSWER, indent=indent))
    assert (thread.id, thread.title) == ("pq1", "Should the ferry run at night?")
    assert thread.article is not None
    assert thread.article.headline == thread.title
    assert thread.article.text.startswith("The council & the port")
    assert [(reply.id, reply.author, reply.parent_id) for reply in thread.replies] == [
        ("c1", "ben", "article"),
        ("c2", "cleo", "c1"),
        ("c3", None, "article"),
    ]
    assert thread.replies[0].posted_at == "2011-03-13T07:07:40+00:00"
    assert thread.replies[2].own == ()
    assert reading.notices == []


def test_quoted_lines_are_quotes_of_what_they_repeat(tmp_path: Path) -> None:
    path = tmp_path / "pq1.json"
    path.write_text(json.dumps(ANSWER))
    [thread] = read_threads(path)
    first = thread.replies[0]
    assert first.text == "Cheap at the price <3"
    [quote] = first.quotes
    assert quote.reply_id == "article"
    assert thread.page_text is not None
    assert thread.page_text[quote.start : quote.end] == "> It would cost 2 million a year."


def test_spoilers_are_the_writers_own_words(tmp_path: Path) -> None:
    path = tmp_path / "c.jsonl"
    path.write_text(lines(comment("c1", "&gt;!The ferry sinks at the end.!&lt;")))
    [thread] = read_threads(path)
    assert thread.replies[0].text == "The ferry sinks at the end."
    assert thread.replies[0].quotes == ()


def test_link_without_text_is_discussed_by_its_title(reading: "Reading") -> None:
    answer = [listing(thing("t3", submission(selftext=""))), listing()]
    thread = reading.thread("pq1.json", json.dumps(answer))
    assert thread.article is not None
    assert thread.article.text == "Should the ferry run at night?"


def test_dump_in_the_order_of_time_is_brought_together_by_discussion(reading: "Reading") -> None:
    dump = lines(
        comment("a1", "First of one."),
        comment("b1", "First of the other.", link_id="t3_zz9", parent_id="t3_zz9"),
        comment("a2", "Second of one.", parent_id="t1_a1"),
        submission(),
        comment("b2", "Second of the other.", link_id="t3_zz9", parent_id="t1_gone"),
    )
    one, other = reading.threads("RC_2011-03.jsonl", dump)
    assert [(reply.id, reply.parent_id) for reply in one.replies] == [
        ("a1", "article"),
        ("a2", "a1"),
    ]
    assert one.title == "Should the ferry run at night?"
    assert one.article is not None
    assert (other.id, [reply.id for reply in other.replies]) == ("zz9", ["b1", "b2"])
    assert other.replies[1].parent_id is None
    assert reading.notices == []


def test_window_bounds_what_is_held_and_a_discussion_that_goes_on_is_said_once(
    reading: "Reading", monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exports, "WINDOW", 4)
    records = [comment(f"c{n}", "x", link_id=f"t3_{'ab'[n % 2]}") for n in range(12)]
    threads = reading.threads("RC.jsonl", lines(*records))
    assert [thread.id for thread in threads] == ["a", "b"] * 3
    assert [len(thread.replies) for thread in threads] == [2] * 6
    assert len(reading.warnings) == 1


def test_record_of_another_kind_is_named_and_the_rest_goes_on(reading: "Reading") -> None:
    dump = lines(comment("c1", "Fine."), {"subreddit": "x", "banned": True}, comment("c2", "Too."))
    assert len(reading.thread("RC.jsonl", dump).replies) == 2
    [failure] = reading.failures
    assert failure.endswith("line 2: left out: neither a comment nor a submission of Reddit")


def test_forced_format_reads_records_that_are_not_recognised(reading: "Reading") -> None:
    thread = reading.thread("x.json", json.dumps([listing(), *ANSWER]), format="reddit")
    assert len(thread.replies) == 3


def test_tree_of_ten_thousand_levels_is_refused(
    reading: "Reading",
) -> None:
    tree = '{"kind":"Listing","data":{"children":[' * 10_000
    with pytest.raises(InputError, match="nested too deeply"):
        reading.items("deep.json", tree)
