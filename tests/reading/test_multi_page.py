"""Several files that are pages of one thread."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifier.errors import InputError
from classifier.pipeline import read_threads
from classifier.reading import Limits, read
from classifier.reading.multi_page import grouped
from classifier.thread import Page, Thread

if TYPE_CHECKING:
    from conftest import Reading


@pytest.mark.parametrize(
    ("files", "pages"),
    [
        (
            ["f/harbour-page-10.html", "f/harbour.html", "f/harbour-page-2.html"],
            ["f/harbour.html", "f/harbour-page-2.html", "f/harbour-page-10.html"],
        ),
        (
            ["viewtopic.php?t=5&start=20", "viewtopic.php?t=5", "viewtopic.php?t=5&start=100"],
            ["viewtopic.php?t=5", "viewtopic.php?t=5&start=20", "viewtopic.php?t=5&start=100"],
        ),
        (
            ["ferry (page 2).htm", "ferry (page 1).htm"],
            ["ferry (page 1).htm", "ferry (page 2).htm"],
        ),
        (
            ["ferry_page2.json.gz", "ferry_page1.json.gz"],
            ["ferry_page1.json.gz", "ferry_page2.json.gz"],
        ),
        (["t?cursor=abc", "t?cursor=Zz9"], ["t?cursor=abc", "t?cursor=Zz9"]),
        (["77.json?page=2", "77.json"], ["77.json", "77.json?page=2"]),
    ],
)
def test_names_say_which_files_are_pages_of_one_thread(
    files: list[str], pages: Sequence[str]
) -> None:
    assert grouped([*files, "other.html"]) == [tuple(pages), ("other.html",)]


@pytest.mark.parametrize(
    "files",
    [
        ["a.html", "b.html"],
        ["harbour2.txt", "harbour3.txt"],
        ["pages-1/x.html", "pages-2/x.html"],
        ["restart=1.html", "restart=2.html"],
        ["a-page-1.html", "b-page-2.html"],
        ["a-page-1.html", "a-page-2.json"],
    ],
)
def test_other_files_stand_by_themselves(files: list[str]) -> None:
    assert grouped(files) == [(file,) for file in files]


def comments(*records: dict[str, Any]) -> str:
    return json.dumps([{"thread_id": "t5", **record} for record in records])


def joined(reading: "Reading", **contents: str) -> list[Page | Thread]:
    paths = []
    for name, content in contents.items():
        paths.append(reading.folder / name.replace("__", "-").replace("_dot_", "."))
        paths[-1].write_text(content)
    return list(read(paths, notify=reading.notices.append))


def test_posts_that_stand_on_two_pages_come_once(reading: "Reading") -> None:
    [thread] = joined(
        reading,
        one_dot_json=comments({"id": "a", "text": "First."}, {"id": "b", "text": "Second."}),
        two_dot_json=comments(
            {"id": "b", "text": "Second, edited."}, {"id": "c", "text": "Third.", "parent_id": "b"}
        ),
    )
    assert isinstance(thread, Thread)
    assert [(reply.id, reply.text, reply.parent_id) for reply in thread.replies] == [
        ("a", "First.", None),
        ("b", "Second.", None),
        ("c", "Third.", "b"),
    ]
    assert thread.page_text == "First.\nSecond.\nThird."
    for reply in thread.replies:
        assert thread.page_text[reply.start : reply.end] == reply.text
        assert [thread.page_text[start:end] for start, end in reply.own] == [reply.text]


def test_posts_without_ids_are_told_apart_by_their_words(reading: "Reading") -> None:
    [thread] = joined(
        reading,
        one_dot_json=comments({"text": "First."}, {"text": "Second."}),
        two_dot_json=comments({"text": "First."}, {"text": "Fourth."}, {"text": "Fifth."}),
    )
    assert isinstance(thread, Thread)
    assert [reply.text for reply in thread.replies] == ["First.", "Second.", "Fourth.", "Fifth."]
    assert len({reply.id for reply in thread.replies}) == 4


def test_quotes_are_found_across_pages(tmp_path: Path) -> None:
    one, two = tmp_path / "1.json", tmp_path / "2.json"
    one.write_text(comments({"id": "a", "text": "The ferry would cost two million a year."}))
    two.write_text(
        comments({"id": "b", "text": "> The ferry would cost two million a year.\nCheap."})
    )
    [thread] = read_threads([one, two])
    assert [quote.reply_id for quote in thread.replies[1].quotes] == ["a"]
    assert thread.replies[1].parent_id == "a"


def test_stripped_pages_of_one_name_are_one_page(reading: "Reading") -> None:
    [page] = joined(
        reading,
        harbour__page__1_dot_txt="The council met.\n",
        harbour__page__2_dot_txt="Why wait?\n",
    )
    assert isinstance(page, Page)
    assert (page.id, page.text) == ("harbour", "The council met.\n\nWhy wait?\n")


def test_threads_of_other_ids_stay_apart(reading: "Reading") -> None:
    other = json.dumps([{"thread_id": "t6", "text": "Elsewhere."}])
    items = joined(reading, one_dot_json=comments({"text": "Here."}), two_dot_json=other)
    assert [item.id for item in items] == ["t5", "t6"]


def test_page_that_cannot_be_read_is_told_and_the_others_are_joined(reading: "Reading") -> None:
    paths = [reading.folder / name for name in ("1.json", "missing.json", "2.json")]
    paths[0].write_text(comments({"id": "a", "text": "First."}))
    paths[2].write_text(comments({"id": "b", "text": "Second."}))
    [thread] = read(paths, notify=reading.notices.append)
    assert isinstance(thread, Thread)
    assert len(thread.replies) == 2
    assert reading.failures == [f"{paths[1]}: no such file: check the path"]
    with pytest.raises(InputError, match="no such file"):
        list(read(paths[1:2], notify=reading.notices.append))


def test_thread_of_many_pages_is_cut_where_memory_would_fill(reading: "Reading") -> None:
    paths = [reading.folder / f"{n}.json" for n in range(4)]
    for number, path in enumerate(paths):
        path.write_text(comments({"id": number, "text": "x" * 600}))
    threads = list(read(paths, limits=Limits(page_size=1000), notify=reading.notices.append))
    assert len(threads) == 4
    assert "goes on here is larger than" in reading.failures[0]


@given(st.lists(st.text(st.sampled_from("ab-page=start?&()12. /")), max_size=6, unique=True))
def test_every_file_is_in_one_group(files: list[str]) -> None:
    assert sorted(file for group in grouped(files) for file in group) == sorted(files)
