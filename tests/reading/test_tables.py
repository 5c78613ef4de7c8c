"""CSV and TSV of comments, columns given or found."""

import csv
import io
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifier.errors import InputError
from classifier.reading import Columns, Limits, read
from classifier.thread import Target

if TYPE_CHECKING:
    from conftest import Reading


def test_columns_are_found_by_their_usual_names(reading: "Reading") -> None:
    content = (
        "discussion_id,Comment ID,Author,Timestamp,Parent ID,Comment Text,Target 1\n"
        "9,1,ana,2011-04-28 10:00,,Why wait?,the ferry\n"
        "9,2,ben,2011-04-28 10:05,1.0,Because.,\n"
    )
    thread = reading.thread("c.csv", content)
    assert thread.id == "9"
    assert thread.page_text == "Why wait?\nBecause."
    first, second = thread.replies
    assert (first.id, first.author, first.posted_at) == ("1", "ana", "2011-04-28 10:00")
    assert first.targets == (Target(kind="topic", text="the ferry"),)
    assert (first.parent_id, second.parent_id, second.targets) == (None, "1", ())


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
def test_delimiter_is_told_from_the_header(reading: "Reading", delimiter: str) -> None:
    content = delimiter.join(["id", "body"]) + "\n" + delimiter.join(["1", "plain"]) + "\n"
    for name in ("c.csv", "c"):
        assert reading.thread(name, content).replies[0].text == "plain"


def test_quoted_line_breaks_and_delimiters_are_text(reading: "Reading") -> None:
    content = 'id,text\r\n1,"One, two\r\n\r\n""three"""\r\n2,four\r\n'
    thread = reading.thread("c.csv", content)
    assert [reply.text for reply in thread.replies] == ['One, two\r\n\r\n"three"', "four"]


def test_field_of_twenty_megabytes_is_read(reading: "Reading") -> None:
    content = "id,text\n1," + "word " * 4_000_000 + "\n"
    thread = reading.thread("c.csv", content, limits=Limits(page_size=30_000_000))
    assert len(thread.replies[0].text) == 20_000_000


def test_missing_text_column_names_the_columns_that_are_there(reading: "Reading") -> None:
    with pytest.raises(InputError, match=r"c.csv: no column that holds the text.* id, stars"):
        reading.threads("c.csv", "id,stars\n1,5\n")


def test_missing_given_column_names_the_columns_that_are_there(reading: "Reading") -> None:
    with pytest.raises(InputError, match="no column 'raw': there are id, text"):
        reading.threads("c.csv", "id,text\n1,x\n", columns=Columns(text="raw"))


def test_given_columns_are_used_and_decide_the_delimiter(reading: "Reading") -> None:
    content = "a,b;what they said\n1,2;Why, I ask?\n"
    thread = reading.thread("c.csv", content, columns=Columns(text="what they said"))
    assert thread.replies[0].text == "Why, I ask?"


def test_header_that_cannot_be_read_is_refused(reading: "Reading") -> None:
    with pytest.raises(InputError, match=r"c.csv: the header row cannot be read: new-line"):
        reading.threads("c.csv", "id,text\r1,x\r")


def test_table_without_rows_is_refused(reading: "Reading") -> None:
    with pytest.raises(InputError, match="no row of it holds a comment"):
        reading.threads("c.csv", "id,text\n\n")


def test_row_of_the_wrong_length_is_named_and_the_rest_goes_on(reading: "Reading") -> None:
    thread = reading.thread("c.csv", 'id,text\n1,"a\nb"\n2,c,d\n3\n4,e\n')
    assert [reply.text for reply in thread.replies] == ["a\nb", "e"]
    assert [failure.split("c.csv, ")[1] for failure in reading.failures] == [
        "line 4: left out: 3 fields where the header has 2",
        "line 5: left out: 1 fields where the header has 2",
    ]


def test_quote_that_never_closes_does_not_swallow_the_rest_in_silence(reading: "Reading") -> None:
    thread = reading.thread("c.csv", 'id,text\n1,fine\n2,"open\n3,lost\n4,lost\n')
    assert [reply.text for reply in thread.replies] == ["fine"]
    [failure] = reading.failures
    assert failure.endswith("line 3: left out: quotes do not pair up, down to line 5")


def test_quotes_of_an_unquoted_tab_separated_file_are_text(reading: "Reading") -> None:
    content = 'id\ttext\n1\t"Safe" they say\n2\tsaid who\n3\t"\n4\t5" pipe\n'
    thread = reading.thread("c.tsv", content)
    assert [reply.text for reply in thread.replies] == [
        '"Safe" they say',
        "said who",
        '"',
        '5" pipe',
    ]


def test_quoting_of_a_tab_separated_file_is_undone(reading: "Reading") -> None:
    content = 'id\ttext\n1\t"a ""b"" c"\n2\t"two\nlines"\n'
    assert [reply.text for reply in reading.thread("c.tsv", content).replies] == [
        'a "b" c',
        "two\nlines",
    ]


def test_spreadsheet_export_in_windows_1252_is_read(reading: "Reading") -> None:
    content = "id;comment\r\n1;“A naïve plan” — no\r\n".encode("cp1252")
    assert reading.thread("c.csv", content).replies[0].text == "“A naïve plan” — no"
    assert "cp1252" in reading.warnings[0]


def test_byte_order_mark_does_not_hide_the_first_column(reading: "Reading") -> None:
    assert reading.thread("c.csv", b"\xef\xbb\xbftext\nplain\n").replies[0].text == "plain"


@given(
    rows=st.lists(
        st.tuples(
            st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]) | st.just("\n")),
            st.booleans(),
        ),
        min_size=1,
    ),
    delimiter=st.sampled_from(",;\t|"),
)
def test_whatever_the_csv_module_writes_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, bool]], delimiter: str
) -> None:
    written = io.StringIO()
    writer = csv.writer(written, delimiter=delimiter, quoting=csv.QUOTE_ALL)
    writer.writerow(["flag", "text"])
    writer.writerows([flag, text] for text, flag in rows)
    path = tmp_path_factory.mktemp("csv") / "c.csv"
    path.write_bytes(written.getvalue().encode())
    [thread] = read(path)
    assert [thread.page_text[reply.start : reply.end] for reply in thread.replies] == [
        text for text, _ in rows
    ]
