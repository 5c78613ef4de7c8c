"""JSON Lines, or one JSON value, of comments or of our own threads."""

import json
import tracemalloc
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifier.errors import InputError
from classifier.reading import Columns, Limits, Notice, read
from classifier.reading.json_values import values_of
from classifier.thread import Article, Quote, Reply, Target, Thread

if TYPE_CHECKING:
    from conftest import Reading


def lines(records: Iterable[object]) -> str:
    return "".join(json.dumps(record) + "\n" for record in records)


OURS = Thread(
    id="harbour",
    source="harbour.txt",
    preamble=((0, 3),),
    article=Article(start=4, end=9, text="Ferry"),
    replies=(
        Reply(
            id="r1",
            start=10,
            end=30,
            text="No.",
            own=((27, 30),),
            quotes=(Quote(start=10, end=15, reply_id="article"),),
            parent_id="article",
        ),
    ),
    split_confidence=0.75,
)


def test_our_own_thread_comes_back_as_it_was_written(reading: "Reading") -> None:
    assert reading.thread("threads.jsonl", OURS.to_json() + "\n") == OURS


def test_report_file_is_read_as_the_thread_in_it(reading: "Reading") -> None:
    report = {"thread": json.loads(OURS.to_json()), "summary": {"replies": 1}}
    assert reading.thread("report.json", json.dumps(report, indent=2)) == OURS


def test_comments_become_one_thread_with_exact_offsets(reading: "Reading") -> None:
    records = [
        {"id": 7, "author": "ana", "text": "Why wait?\nVote now.", "created_utc": 1300000000},
        {"id": 8, "author": "ben", "text": "Because.", "parent_id": 7},
    ]
    thread = reading.thread("comments.jsonl", lines(records))
    assert thread.id == "comments"
    assert thread.page_text == "Why wait?\nVote now.\nBecause."
    first, second = thread.replies
    assert (first.id, first.author, first.posted_at) == ("7", "ana", "2011-03-13T07:06:40+00:00")
    assert first.text == thread.page_text[slice(*first.own[0])] == "Why wait?\nVote now."
    assert (second.start, second.end) == (20, 28)
    assert (second.id, second.parent_id) == ("8", "7")


@pytest.mark.parametrize(
    "name",
    ["text", "body", "comment", "comment_text", "content", "message", "Comment Text", "Tweet"],
)
def test_text_is_found_under_its_usual_names(reading: "Reading", name: str) -> None:
    thread = reading.thread("c.jsonl", lines([{"score": 3, name: "Why wait?"}]))
    assert [reply.text for reply in thread.replies] == ["Why wait?"]


def test_given_names_come_before_usual_ones(reading: "Reading") -> None:
    record = {"text": "cleaned", "raw": "Why WAIT?", "id": "1", "nick": "ana"}
    thread = reading.thread("c.jsonl", lines([record]), columns=Columns(text="raw", author="nick"))
    assert (thread.replies[0].text, thread.replies[0].author) == ("Why WAIT?", "ana")


def test_consecutive_comments_of_one_thread_are_grouped(reading: "Reading") -> None:
    records = [
        {"link_id": "t3_a", "title": "Ferry", "body": "1"},
        {"link_id": "t3_a", "title": "Ferry", "body": "2"},
        {"link_id": "t3_b", "body": "3"},
    ]
    threads = reading.threads("c.jsonl", lines(records))
    assert [(thread.id, thread.title, len(thread.replies)) for thread in threads] == [
        ("a", "Ferry", 2),
        ("b", None, 1),
    ]
    assert reading.notices == []


def test_thread_that_comes_up_again_is_said_once(reading: "Reading") -> None:
    records = [{"thread_id": name, "text": "x"} for name in "ababab"]
    assert [thread.id for thread in reading.threads("c.jsonl", lines(records))] == list("ababab")
    assert len(reading.warnings) == 1
    assert "sort the file by thread" in reading.warnings[0]


def test_threads_stream_before_the_file_ends(tmp_path: Path) -> None:
    path = tmp_path / "c.jsonl"
    path.write_text(lines([{"thread_id": "a", "text": "x"}, {"thread_id": "b", "text": "y"}]))
    with path.open("ab") as rest:
        rest.write(b'{"thread_id": "c"' * 200_000)
    notices = []
    threads = read(path, notify=notices.append)
    assert next(threads).id == "a"
    assert notices == []


def test_reddit_ids_lose_their_prefix_and_answers_to_the_post_are_to_the_article(
    reading: "Reading",
) -> None:
    records = [
        {"id": "t1_x", "link_id": "t3_p", "parent_id": "t3_p", "body": "1"},
        {"id": "y", "link_id": "t3_p", "parent_id": "t1_x", "body": "2"},
        {"id": "z", "link_id": "t3_p", "parent_id": "t1_gone", "body": "3"},
    ]
    thread = reading.thread("c.jsonl", lines(records))
    assert [(reply.id, reply.parent_id) for reply in thread.replies] == [
        ("x", "article"),
        ("y", "x"),
        ("z", None),
    ]


def test_comment_cannot_answer_itself(reading: "Reading") -> None:
    records = [{"id": "a", "thread_id": "a", "parent_id": "a", "text": "x"}]
    assert reading.thread("c.jsonl", lines(records)).replies[0].parent_id is None


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        (1300000000, "2011-03-13T07:06:40+00:00"),
        ("1300000000.0", "2011-03-13T07:06:40+00:00"),
        (1300000000123, "2011-03-13T07:06:40+00:00"),
        ("Apr 28, 2011", "Apr 28, 2011"),
        (None, None),
    ],
)
def test_moments_since_1970_become_dates(
    reading: "Reading", given: float | str | None, kept: str | None
) -> None:
    thread = reading.thread("c.jsonl", lines([{"text": "x", "timestamp": given}]))
    assert thread.replies[0].posted_at == kept


def test_removed_and_empty_comments_keep_their_place_without_own_words(reading: "Reading") -> None:
    records = [
        {"body": "[deleted]", "author": "[deleted]"},
        {"body": None},
        {"body": "  "},
        {"body": "Still here."},
    ]
    thread = reading.thread("c.jsonl", lines(records))
    assert [reply.own for reply in thread.replies] == [(), (), (), ((14, 25),)]
    assert [reply.text for reply in thread.replies] == ["", "", "", "Still here."]
    assert thread.replies[0].author is None


def test_a_target_of_a_comment_is_kept_with_it(reading: "Reading") -> None:
    thread = reading.thread("c.jsonl", lines([{"text": "Build it.", "target": "the ferry"}]))
    assert thread.replies[0].targets == (Target(kind="topic", text="the ferry"),)


def test_repeated_ids_are_told_apart_and_said(reading: "Reading") -> None:
    thread = reading.thread("c.jsonl", lines([{"id": 1, "text": "a"}, {"id": 1, "text": "b"}]))
    assert [reply.id for reply in thread.replies] == ["1", "1#2"]
    assert "ids given to several comments: 1" in reading.warnings[0]


def test_bad_line_is_named_and_the_rest_goes_on(reading: "Reading") -> None:
    content = (
        '{"text": "one"}\n{"text": "two"\n[1]\n{"score": 1}\n\n{"text": {"a": 1}}\n'
        '{"schema": 2, "replies": []}\n{"schema": 1, "id": "x", "replies": [{"id": 3}]}\n'
        '{"text": "last"}\n'
    )
    thread = reading.thread("c.jsonl", content)
    assert [reply.text for reply in thread.replies] == ["one", "last"]
    path = reading.folder / "c.jsonl"
    assert [failure.removeprefix(f"{path}, ") for failure in reading.failures] == [
        "line 2: left out: not JSON: Expecting ',' delimiter at column 15",
        "line 3: left out: a list, neither a thread nor a comment record",
        "line 4: left out: no key that holds the text among score",
        "line 6: left out: 'text' holds a dict, not a text",
        "line 7: left out: a thread of schema 2, not 1",
        "line 8: left out: a thread whose replies.0.id does not fit: Input should be a valid string",  # noqa: E501
    ]


@pytest.mark.parametrize("bomb", ["[" * 100_000, '{"text": ' + "9" * 10_000 + "}"])
def test_hostile_line_is_left_out_like_any_other(reading: "Reading", bomb: str) -> None:
    thread = reading.thread("c.jsonl", '{"text": "fine"}\n' + bomb + "\n")
    assert len(thread.replies) == 1
    assert len(reading.failures) == 1


def test_file_of_which_no_line_can_be_used_is_refused(reading: "Reading") -> None:
    with pytest.raises(InputError, match="no line of it holds a thread or a comment"):
        reading.threads("c.jsonl", "{}\n[]\n")
    assert len(reading.failures) == 2


@pytest.mark.parametrize("name", ["c.json", "c", "c.txt"])
def test_list_of_comments_or_threads_is_read_whatever_the_file_is_called(
    reading: "Reading", name: str
) -> None:
    records = [{"text": "one"}, json.loads(OURS.to_json()), 5]
    for indent in (None, 1):
        comments, ours = reading.threads(name, "  " + json.dumps(records, indent=indent))
        assert [reply.text for reply in comments.replies] == ["one"]
        assert ours == OURS
    assert reading.failures[0].endswith(
        "item 3 left out: a int, neither a thread nor a comment record"
    )


def test_json_lines_are_recognised_whatever_the_file_is_called(reading: "Reading") -> None:
    content = "\n" + lines([{"text": "one"}, {"text": "two"}])
    for name in ("c.json", "c", "c.txt"):
        assert len(reading.thread(name, content).replies) == 2


def test_broken_json_file_is_refused_with_its_place(reading: "Reading") -> None:
    with pytest.raises(InputError, match=r"c.json: not JSON: .* at line 3, column 1"):
        reading.threads("c.json", '{\n"text": "one"\n')
    with pytest.raises(InputError, match=r"c.json: not JSON: .* at line 2, column 9"):
        reading.threads("c.json", '[\n{"text" "one"}]\n')


@pytest.mark.parametrize(
    ("after", "place"),
    [("", "line 4, column 1"), (" 7", "line 3, column 2"), (', {"text": }', "line 3, column 12")],
)
def test_values_before_the_place_where_a_list_breaks_are_read(
    reading: "Reading", after: str, place: str
) -> None:
    thread = reading.thread("c.json", f'[{{"text": "one"}},\n{{"text": "two"}}\n{after}\n')
    assert [reply.text for reply in thread.replies] == ["one", "two"]
    [failure] = reading.failures
    assert f" at {place}: what follows was left out" in failure


def test_what_follows_a_list_is_left_out_and_told(reading: "Reading") -> None:
    assert reading.thread("c.json", '[{"text": "one"}] [{"text": "two"}]').replies[0].text == "one"
    assert "not JSON: Extra data at column 19: what follows was left out" in reading.failures[0]


def test_a_list_may_be_longer_than_a_page_but_none_of_its_values(reading: "Reading") -> None:
    records = [{"text": "Why wait? " * 300, "thread_id": str(n // 2)} for n in range(6000)]
    limits = Limits(page_size=10_000)
    path = reading.folder / "c.json"
    path.write_text(json.dumps(records, indent=1))
    tracemalloc.start()
    try:
        threads = sum(1 for _ in read(path, limits=limits, notify=reading.notices.append))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert (threads, reading.notices) == (3000, [])
    assert peak < 9_000_000 < path.stat().st_size / 2
    path.write_text(json.dumps([records[0], {"text": "x" * 3_000_000}, records[1]]))
    [thread] = read(path, limits=limits, notify=reading.notices.append)
    assert isinstance(thread, Thread)
    assert len(thread.replies) == 1
    assert "a value is larger than 0.01 MB: raise --max-page-size" in reading.failures[0]


@given(
    values=st.lists(
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
            lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
            max_leaves=6,
        )
    ),
    indent=st.none() | st.integers(min_value=0, max_value=3),
    cut=st.integers(min_value=1, max_value=9),
)
def test_a_list_gives_its_values_wherever_its_text_is_cut(
    values: list[object], indent: int | None, cut: int
) -> None:
    text = json.dumps(values, indent=indent)
    pieces = (text[i : i + cut] for i in range(0, len(text), cut))
    notices: list[Notice] = []
    given = values_of(pieces, limits=Limits(), source="c.json", notify=notices.append)
    assert (list(given), notices) == (values, [])


def test_a_thread_of_ours_with_too_many_replies_is_left_out(reading: "Reading") -> None:
    (reply,) = OURS.replies
    many = tuple(reply.model_copy(update={"id": f"r{n}"}) for n in range(100))
    content = OURS.model_copy(update={"replies": many}).to_json() + "\n" + OURS.to_json()
    assert reading.thread("t.jsonl", content, limits=Limits(page_size=29_000)) == OURS
    said = "line 1: left out: 100 replies take more room than 0.029 MB of plain text: raise"
    assert said in reading.failures[0]


def test_line_separators_inside_a_text_do_not_end_a_line(reading: "Reading") -> None:
    thread = reading.thread("c.jsonl", '{"text": "a\u2028b\x85c"}\n')
    assert thread.replies[0].text == "a\u2028b\x85c"


def test_keys_in_a_message_cannot_steer_the_terminal(reading: "Reading") -> None:
    reading.threads("c.jsonl", '{"text": "x"}\n{"\\u001b[2J": 1}\n')
    assert "among \ufffd[2J" in reading.failures[0]


def test_half_a_surrogate_pair_becomes_a_character_that_can_be_written(reading: "Reading") -> None:
    thread = reading.thread("c.jsonl", '{"text": "so \\ud83d", "author": "\\ude00"}\n')
    assert (thread.replies[0].text, thread.replies[0].author) == ("so \ufffd", "\ufffd")
    thread.to_json().encode()


@given(
    texts=st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=1),
    escaped=st.booleans(),
)
def test_every_text_stands_at_its_offsets(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str], *, escaped: bool
) -> None:
    path = tmp_path_factory.mktemp("json") / "c.jsonl"
    records = (json.dumps({"text": text}, ensure_ascii=escaped) + "\n" for text in texts)
    path.write_bytes("".join(records).encode())
    [thread] = read(path)
    spans = [thread.page_text[reply.start : reply.end] for reply in thread.replies]
    assert spans == texts
    for reply in thread.replies:
        assert "\n\n".join(thread.page_text[a:b] for a, b in reply.own) == reply.text
    assert Thread.model_validate_json(thread.to_json()) == thread
