"""A stripped text dump is one page, its text exactly what the file holds."""

import io
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifier.errors import InputError, UsageError
from classifier.reading import Limits, Notice, read
from classifier.reading.decoding import decode
from classifier.thread import Page

if TYPE_CHECKING:
    from conftest import Reading

DUMP = "Council delays the vote\r\n\nThe council met.\nUsers lined up.\n\nWhy wait?\n"


def test_page_keeps_every_character_and_line_end(reading: "Reading") -> None:
    page = reading.page("harbour.txt", DUMP)
    assert page == Page(
        id="harbour", text=DUMP, source=str(reading.folder / "harbour.txt"), title=None
    )
    assert reading.notices == []


def test_standard_input_is_read_as_a_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(DUMP.encode())))
    assert list(read("-")) == [Page(id="stdin", text=DUMP, source="standard input")]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_byte_order_mark_decides_the_encoding_and_is_no_text(
    reading: "Reading", encoding: str
) -> None:
    text = "Naïve “plan” — 계획\n"
    assert reading.page("page.txt", text.encode(encoding)).text == text
    assert reading.notices == []


@pytest.mark.parametrize(
    "text",
    [
        "The café owner said “no” — it is over.",
        "It cost £50.\n" + "Plain English follows.\n" * 500,
        "déjà vu",
    ],
)
def test_windows_1252_is_detected_and_named(reading: "Reading", text: str) -> None:
    assert reading.page("page.txt", text.encode("cp1252")).text == text
    [warning] = reading.warnings
    assert warning.endswith("page.txt: not UTF-8: decoded as cp1252")


def test_other_encodings_are_detected_and_named(reading: "Reading") -> None:
    text = "この記事はとてもひどい。著者は何も知らない。"
    assert reading.page("page.txt", text.encode("shift_jis")).text == text
    assert "decoded as shift_jis" in reading.warnings[0]


def test_undecodable_bytes_are_replaced_and_reported_with_their_place(reading: "Reading") -> None:
    content = "“One”\n“Two”\n".encode() + b"thr\xffee \xfe\n" + "“Four”\n".encode()
    assert reading.page("page.txt", content).text == "“One”\n“Two”\nthr\ufffdee \ufffd\n“Four”\n"
    [warning] = reading.warnings
    assert warning == (
        f"{reading.folder / 'page.txt'}: 2 bytes are not UTF-8 and became U+FFFD: "
        "character 15 (line 3), character 19 (line 3)"
    )


def test_only_the_first_undecodable_bytes_are_listed(reading: "Reading") -> None:
    reading.page("page.txt", "“”".encode() * 90 + b"\xff" * 90)
    assert reading.warnings[0].count("character") == 5
    assert "90 bytes" in reading.warnings[0]


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (b"", "is empty"),
        (b" \n\t\n", "holds no text"),
        (b"\xef\xbb\xbf", "holds no text"),
        (bytes(range(256)) * 20, "binary"),
        ("text in UTF-16 without a mark".encode("utf-16-le"), "binary"),
    ],
)
def test_file_without_text_is_refused_by_name(
    reading: "Reading", content: bytes, complaint: str
) -> None:
    with pytest.raises(InputError, match=complaint) as caught:
        reading.page("odd.txt", content)
    assert "odd.txt" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_missing_file_and_folder_are_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=re.escape(f"{tmp_path / 'gone.txt'}: no such file")):
        list(read(tmp_path / "gone.txt"))
    with pytest.raises(InputError, match="is a folder"):
        list(read(tmp_path))


def test_unknown_format_is_refused_at_once() -> None:
    with pytest.raises(UsageError, match="unknown format 'pdf': choose one of text, json"):
        read("page.txt", format="pdf")


def test_markup_is_read_as_it_stands_where_that_is_wanted(reading: "Reading") -> None:
    markup = "<!DOCTYPE html>\n<p>Why wait?</p>\n"
    assert reading.page("page.html", markup, format="text").text == markup


def test_page_that_opens_with_a_bracket_is_still_a_page(reading: "Reading") -> None:
    for text in ("[Updated] The council met.\n", "{sic} it said.\n", "Text, body, and soul\nx\n"):
        assert reading.page("page", text).text == text


def test_twenty_megabytes_are_one_page_where_they_are_let_in(reading: "Reading") -> None:
    text = "A reply that goes on.\n" * 950_000
    wide = Limits(page_size=600_000_000)
    assert reading.page("long.txt", text, limits=wide).text == text
    with pytest.raises(InputError, match=r"long.txt: larger than 12 MB: raise --max-page-size"):
        reading.page("long.txt", text)


def test_lines_take_room_beside_their_text(reading: "Reading") -> None:
    lines = "no\n" * 1000
    assert reading.page("short.txt", lines, limits=Limits(page_size=604_000)).text == lines
    complaint = r"short.txt: 0.003 MB in 1,000 lines take more room than 0.602 MB of plain text: "
    with pytest.raises(InputError, match=complaint):
        reading.page("short.txt", lines, limits=Limits(page_size=602_000))
    for empty in ("\n", "\r\n"):
        spaced = ("no" + 2 * empty) * 1000
        assert reading.page("spaced.txt", spaced, limits=Limits(page_size=620_000))


@given(text=st.text(min_size=1), cut=st.integers(min_value=1, max_value=7))
def test_utf_8_survives_any_cut_of_the_stream(text: str, cut: int) -> None:
    content = ("ab" * 50 + text).encode()
    pieces = [content[i : i + cut] for i in range(0, len(content), cut)]
    notices: list[Notice] = []
    controls = sum(character < " " for character in text)
    if controls == 0 and not text.startswith("\ufeff"):
        assert "".join(decode(pieces, source="x", notify=notices.append)) == "ab" * 50 + text
        assert notices == []


@given(content=st.binary(min_size=1))
def test_any_bytes_are_text_or_one_clear_line(content: bytes) -> None:
    try:
        text = "".join(decode([content], source="x", notify=lambda _: None))
    except InputError as error:
        text = str(error)
        assert text.startswith("x: ")
    text.encode()


def test_encoding_changes_mid_stream_without_loss() -> None:
    content = b"x" * 5000 + "caf\xe9 d\xe9j\xe0".encode("cp1252") + b" y" * 10
    pieces = [content[i : i + 1000] for i in range(0, len(content), 1000)]
    text = "".join(decode(pieces, source="x", notify=lambda _: None))
    assert text == "x" * 5000 + "café déjà" + " y" * 10


def test_character_cut_by_a_chunk_border_is_not_lost_when_the_encoding_changes() -> None:
    pieces = [b"the caf\xe9", b" was d\xe9j\xe0 vu"]
    assert "".join(decode(pieces, source="x", notify=lambda _: None)) == "the café was déjà vu"


def test_places_are_counted_from_the_start_of_the_stream() -> None:
    notices: list[Notice] = []
    pieces = [b"plain\n" * 10, b"the caf\xe9 was \x81 here"]
    list(decode(pieces, source="x", notify=notices.append))
    assert "1 byte is not CP1252 and became U+FFFD: character 73 (line 11)" in str(notices[-1])


def test_page_that_begins_with_the_name_of_a_column_is_still_a_page(reading: "Reading") -> None:
    assert reading.page("page", "Comment\nWhy wait?\n").text == "Comment\nWhy wait?\n"


def test_unheard_notices_are_logged_without_the_text(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = Path(tmp_path / "comments.jsonl")
    path.write_text('{"text": "fine"}\n{"text": secret}\n')
    list(read(path))
    assert "line 2" in caplog.text
    assert "secret" not in caplog.text
