import csv
import io
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from classifier.annotating import Item, Judgement, choose, items_of, read_judgements
from classifier.annotating.items import Guess
from classifier.annotating.spreadsheet import write_table
from classifier.errors import InputError
from classifier.thread import Thread

if TYPE_CHECKING:
    from conftest import Labelled

    from classifier.reading import Notice

FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n")


def filled_in(table: str, **answers: str) -> str:
    """The table as a spreadsheet program saves it once a person has filled in every row."""
    rows = list(csv.DictReader(io.StringIO(table.removeprefix("\ufeff"), newline="")))
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, fieldnames=list(rows[0]))
    writer.writeheader()
    writer.writerows({**row, **answers} for row in rows)
    return out.getvalue()


def test_a_table_that_is_filled_in_comes_back(labelled: "Labelled", tmp_path: Path) -> None:
    replies = (labelled("r1", 'Say "no", all\nof you; now.'), labelled("r2", "Fine."))
    out = io.StringIO()
    thread = Thread(id="toll", replies=replies)
    write_table(choose(items_of(thread, "comment")), out, model="comment")
    file = tmp_path / "filled.csv"
    filled = filled_in(out.getvalue(), annotator="ana", incivility="insult, toxicity")
    file.write_text(filled, encoding="utf-8")
    found = {each.text: each for each in read_judgements(file)}
    assert found.keys() == {reply.text for reply in replies}
    for each in found.values():
        assert (each.annotator, each.label, each.group) == ("ana", None, "toll")
        held = {label for label, holds in each.labels.items() if holds}
        assert held == {"insult", "toxicity"}
        assert len(each.labels) == 6


def test_the_csv_export_of_label_studio_is_such_a_table(tmp_path: Path) -> None:
    file = tmp_path / "project-1.csv"
    file.write_text(
        "annotation_id,annotator,incivility,sentiment,text,thread\n"
        '1,"4","{""choices"":[""insult"",""toxicity""]}","negative","You clown.","toll"\n'
        '2,"4","none","","A toll.","toll"\n',
        encoding="utf-8",
    )
    clown, toll = read_judgements(file)
    assert (clown.annotator, clown.label) == ("4", "negative")
    assert {label for label, holds in clown.labels.items() if holds} == {"insult", "toxicity"}
    assert set(toll.labels.values()) == {False}


def item(text: str, target: str | None = None) -> Item:
    guess = Guess(labels=("against",), probabilities={"against": 0.9}, exclusive=False)
    return Item(
        thread="=t",
        reply="r",
        text=text,
        target=target,
        target_kind="topic" if target else None,
        transformer={"stance": guess},
        baseline={},
    )


@given(st.text(st.characters(codec="utf-8", exclude_characters="\0")), st.text("=+-@'"))
@example("=HYPERLINK(1)", "=")
@example("'=1", "=")
@example("'quoted' words", "=")
def test_no_cell_is_a_formula_and_texts_come_back_exactly(text: str, marks: str) -> None:
    text = marks + text + "x"
    out = io.StringIO(newline="")
    write_table(choose([item(text, target=text)]), out, model="stance")
    for row in csv.reader(io.StringIO(out.getvalue().removeprefix("\ufeff"), newline="")):
        assert not any(cell.startswith(FORMULAS) for cell in row)
    (found,) = read(filled_in(out.getvalue(), stance="against"))
    assert (found.text, found.target) == (text, text)


def read(table: str) -> list[Judgement]:
    from classifier.annotating.complaints import Complaints
    from classifier.annotating.spreadsheet import judgements_of_table

    return list(judgements_of_table(table, source="table", complaints=Complaints()))


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_delimiter_of_any_spreadsheet_program_is_found(delimiter: str) -> None:
    rows = ["text,sentiment,annotator", "Fine.,positive,ana"]
    (found,) = read("\n".join(rows).replace(",", delimiter))
    assert (found.text, found.label, found.annotator) == ("Fine.", "positive", "ana")


def test_a_table_of_ones_own_needs_no_more_than_texts_and_answers() -> None:
    (found,) = read("sentiment,text\nneutral,It rained.\n")
    assert (found.label, found.annotator, found.group) == ("neutral", "unknown", None)


def test_rows_without_an_answer_are_counted_and_unknown_labels_told(tmp_path: Path) -> None:
    file = tmp_path / "filled.csv"
    file.write_text("text,sentiment\nOne.,\nTwo.,glum\nThree.,neutral\n")
    notices: list[Notice] = []
    assert [each.text for each in read_judgements(file, notify=notices.append)] == ["Three."]
    assert [notice.message for notice in notices] == [
        "rows without a usable answer: 2 left out",
        "left out once: unknown sentiment label 'glum': known are positive, neutral, negative",
    ]


@pytest.mark.parametrize("table", ["text,mood\nx,y\n", "words,sentiment\nx,neutral\n", "x"])
def test_a_table_without_texts_or_answers_is_one_line(table: str) -> None:
    with pytest.raises(InputError, match="has a column 'text' and one of incivility, "):
        read(table)
