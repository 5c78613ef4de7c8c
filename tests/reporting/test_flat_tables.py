"""The report as a table, a row a reply: CSV and Parquet."""

import csv
import io
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from classifier.errors import MissingExtraError
from classifier.reporting import CsvTable, ParquetTable, columns, rows_of
from classifier.thread import Reply, Thread

if TYPE_CHECKING:
    from conftest import MakeLabels


def csv_of(*threads: Thread) -> str:
    stream = io.StringIO()
    table = CsvTable(stream, columns())
    for thread in threads:
        table.write(rows_of(thread))
    return stream.getvalue()


def read(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_a_reply_is_a_row_with_all_that_is_known_of_it(forum: Thread) -> None:
    rows = read(csv_of(forum))
    assert [row["reply_id"] for row in rows] == ["r1", "r2", "r3", "r4", "r5"]
    first, second, _, french, _ = rows
    assert (
        first
        | {
            "thread_id": "ferry",
            "headline": "Council delays the ferry",
            "source": "ferry.txt",
            "position": "1",
            "author": "ana",
            "own_words": "Cowards, the lot of them. I want my boat back.",
            "language": "en",
            "article": "Ferry",
            "article_stance": "against",
            "article_against": "0.9",
            "incivility": "insult",
            "insult": "true",
            "insult_probability": "0.9",
            "threat": "false",
            "incivility_spans": "insult:67-92:0.9",
            "sentiment": "neutral",
            "baseline_sentiment": "negative",
            "baseline_article_stance": "against",
        }
        == first
    )
    assert (second["parent_id"], second["quotes"], second["quoted"]) == ("r1", "1", "r1")
    assert (second["sentiment"], second["sentiment_withheld"]) == ("", "uncertain")
    assert french["sentiment_withheld"] == "language"


def test_topics_have_columns_and_what_is_left_over_is_kept(labels: "MakeLabels") -> None:
    given = labels(*(("topic", f"topic {n}", "favor") for n in range(1, 8)))
    reply = Reply(id="r1", start=0, end=1, text="x", own=((0, 1),), labels=given)
    (row,) = rows_of(Thread(id="t", replies=(reply,)))
    assert row["topic_5"] == "topic 5"
    assert row["topic_5_stance"] == "favor"
    assert '"target": "topic 6"' in str(row["further_topics"])
    (wide,) = rows_of(Thread(id="t", replies=(reply,)), topics=7)
    assert wide["topic_7"] == "topic 7"
    assert wide["further_topics"] is None


def test_unlabelled_replies_have_empty_cells(discussion: Thread) -> None:
    bare = discussion.replies[0].model_copy(update={"labels": None, "baseline": None})
    (row,) = rows_of(discussion.model_copy(update={"replies": (bare,)}))
    assert row["sentiment"] is None
    assert list(row) == [column.name for column in columns()]


@pytest.mark.parametrize("mark", [*"=+-@\t\r\n", "\uff1d", "\uff20"])
def test_no_cell_is_a_formula(discussion: Thread, mark: str) -> None:
    attack = f"{mark}HYPERLINK(A1)"
    reply = discussion.replies[0].model_copy(
        update={"text": attack, "author": attack, "id": attack, "posted_at": attack}
    )
    thread = discussion.model_copy(update={"replies": (reply,), "id": attack, "source": attack})
    (row,) = read(csv_of(thread))
    for name in ("own_words", "author", "reply_id", "posted_at", "thread_id", "source"):
        assert row[name] == f"'{attack}"


@given(text=st.text())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
def test_any_text_stays_in_its_cell(discussion: Thread, text: str) -> None:
    reply = discussion.replies[0].model_copy(update={"text": text, "author": text})
    table = csv_of(discussion.model_copy(update={"replies": (reply,)}))
    (row,) = read(table)
    assert row["reply_id"] == "r1"
    assert not row["own_words"].startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
    assert len(row["own_words"].lstrip("'")) == len(text.lstrip("'"))
    table.encode()


def test_parquet_holds_the_same_rows_with_types(
    forum: Thread, discussion: Thread, tmp_path: Path
) -> None:
    parquet = pytest.importorskip("pyarrow.parquet", reason="needs pip install pyarrow")
    file = tmp_path / "replies.parquet"
    with file.open("wb") as stream, ParquetTable(stream, columns()) as table:
        for thread in (forum, discussion, Thread(id="blank")):
            table.write(rows_of(thread))
    read_back = parquet.read_table(file)
    assert read_back.to_pylist() == [*rows_of(forum), *rows_of(discussion)]
    types = {field.name: str(field.type) for field in read_back.schema}
    assert (types["insult"], types["insult_probability"]) == ("bool", "double")
    assert (types["position"], types["own_words"]) == ("int64", "string")


def test_parquet_takes_text_that_no_file_can_hold(discussion: Thread, tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet", reason="needs pip install pyarrow")
    reply = discussion.replies[0].model_copy(update={"text": "a\ud800b"})
    file = tmp_path / "replies.parquet"
    with file.open("wb") as stream, ParquetTable(stream, columns()) as table:
        table.write(rows_of(discussion.model_copy(update={"replies": (reply,)})))
    assert parquet.read_table(file).to_pylist()[0]["own_words"] == "a?b"


def test_parquet_without_pyarrow_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pyarrow", None)
    with pytest.raises(MissingExtraError, match=r"pip install 'classifier\[parquet\]'"):
        ParquetTable(io.BytesIO(), columns())
