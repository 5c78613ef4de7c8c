"""Comments in Parquet files."""

import builtins
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from classifier.errors import InputError, MissingExtraError
from classifier.reading import Columns, Limits, read
from classifier.thread import Thread

if TYPE_CHECKING:
    from conftest import Reading

pa = pytest.importorskip("pyarrow", reason="needs the parquet extra")
pq = pytest.importorskip("pyarrow.parquet", reason="needs the parquet extra")


def table(path: Path, columns: dict[str, list[Any]], **options: Any) -> Path:  # noqa: ANN401
    pq.write_table(pa.table(columns), path, **options)
    return path


def threads(path: Path, reading: "Reading", **options: Any) -> list[Thread]:  # noqa: ANN401
    found = read(path, notify=reading.notices.append, **options)
    return [item for item in found if isinstance(item, Thread)]


@pytest.mark.parametrize("name", ["c.parquet", "c"])
def test_rows_are_comments_with_columns_found_by_their_names(
    reading: "Reading", tmp_path: Path, name: str
) -> None:
    path = table(
        tmp_path / name,
        {
            "link_id": ["t3_a", "t3_a", "t3_b"],
            "id": ["x", "y", "z"],
            "body": ["One.", None, "Three."],
            "author": ["ana", "ben", None],
            "created_utc": [1300000000, 1300000060, None],
            "parent_id": ["t3_a", "t1_x", "t3_b"],
            "score": [1, 2, 3],
        },
    )
    one, other = threads(path, reading)
    assert [(reply.id, reply.author, reply.parent_id) for reply in one.replies] == [
        ("x", "ana", "article"),
        ("y", "ben", "x"),
    ]
    assert one.replies[0].posted_at == "2011-03-13T07:06:40+00:00"
    assert one.replies[1].own == ()
    assert other.id == "b"


def test_columns_may_be_named(reading: "Reading", tmp_path: Path) -> None:
    path = table(tmp_path / "c.parquet", {"words": ["Why?"], "text": ["cleaned"]})
    [thread] = threads(path, reading, columns=Columns(text="words"))
    assert thread.replies[0].text == "Why?"
    with pytest.raises(InputError, match="no column 'raw': there are words, text"):
        threads(path, reading, columns=Columns(text="raw"))


def test_table_without_a_text_names_its_columns(reading: "Reading", tmp_path: Path) -> None:
    path = table(tmp_path / "c.parquet", {"stars": [5]})
    with pytest.raises(InputError, match="no column that holds the text: name it, there are stars"):
        threads(path, reading)


def test_row_that_holds_no_text_is_named(reading: "Reading", tmp_path: Path) -> None:
    path = table(tmp_path / "c.parquet", {"text": [{"a": 1}]})
    with pytest.raises(InputError, match="no row of it holds a comment"):
        threads(path, reading)
    assert "row 1 left out: 'text' holds a dict" in reading.failures[0]


def test_rows_that_would_fill_memory_are_left_out(reading: "Reading", tmp_path: Path) -> None:
    texts = [f"{n} " * 30_000 for n in range(20)]
    path = table(tmp_path / "c.parquet", {"text": [*texts, "small"]}, row_group_size=20)
    [thread] = threads(path, reading, limits=Limits(page_size=70_000))
    assert [reply.text for reply in thread.replies] == ["small"]
    said = "rows 1 to 20 left out: in one group that is larger than 16 pages of 0.07 MB: raise"
    assert said in reading.failures[0]


@pytest.mark.parametrize("cut", [4, 20, 200])
def test_broken_file_is_refused_in_one_line(reading: "Reading", tmp_path: Path, cut: int) -> None:
    path = table(tmp_path / "c.parquet", {"text": ["Why?"] * 50})
    path.write_bytes(path.read_bytes()[:cut])
    with pytest.raises(InputError, match="cannot be read as Parquet: ") as raised:
        threads(path, reading)
    assert "\n" not in str(raised.value)


def test_missing_extra_says_what_to_install(
    reading: "Reading", tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = table(tmp_path / "c.parquet", {"text": ["Why?"]})
    real = builtins.__import__

    def without(name: str, *rest: Any) -> Any:  # noqa: ANN401
        if name.startswith("pyarrow"):
            raise ImportError(name)
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(MissingExtraError, match=r"pip install 'classifier\[parquet\]'"):
        threads(path, reading)
