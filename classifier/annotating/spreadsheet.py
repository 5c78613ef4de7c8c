"""Tasks as a table that is filled in with a spreadsheet program, and read back."""

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator
from typing import TextIO, get_args

from classifier.annotating.choosing import Chosen
from classifier.annotating.complaints import Complaints
from classifier.annotating.items import Item
from classifier.annotating.judgements import Judgement, labels_of_answer
from classifier.annotating.label_studio import baseline_in_words
from classifier.annotating.questions import ALL_QUESTIONS, NO_LABEL, questions_for
from classifier.errors import InputError
from classifier.tasks import ModelName
from classifier.thread import TargetKind

_GIVEN = ("thread", "reply", "chosen_for", "context", "target_kind", "target", "text")
_TARGET_KINDS: tuple[TargetKind, ...] = get_args(TargetKind)
_LONGEST_FIELD = 1 << 25
_DELIMITERS = ",;\t"
# A cell that begins so is run as a formula by spreadsheet programs; a quotation mark before it
# keeps it text. Marks that stand there already get one more, so that reading back is exact.
_FORMULA = re.compile(r"'*[=+\-@\t\r\n]")


def write_table(chosen: Iterable[Chosen], stream: TextIO, *, model: ModelName) -> None:
    """Write one row a task, with empty columns for the annotator and the answers.

    Parameters
    ----------
    chosen : iterable of Chosen
        What to label, in order.
    stream : text stream
        Gets the table, with a byte order mark so that spreadsheet programs read it as UTF-8.
    model : {"comment", "stance", "tone"}
        Whose questions are asked.
    """
    questions = [question.name for question in questions_for(model)]
    stream.write("\ufeff")
    rows = csv.writer(stream, lineterminator="\n", quoting=csv.QUOTE_ALL)
    rows.writerow([*_GIVEN, "transformer", "baseline", "annotator", *questions])
    for each in chosen:
        item = each.item
        given = (
            item.thread,
            item.reply,
            each.reason,
            item.context,
            item.target_kind or "",
            item.target or "",
            item.text,
            _transformer_in_words(item),
            baseline_in_words(item),
        )
        rows.writerow([*map(_guarded, given), "", *("" for _ in questions)])


def judgements_of_table(text: str, *, source: str, complaints: Complaints) -> Iterator[Judgement]:
    """Yield the judgements of a table that people filled in.

    A cell holds one label, or several with commas or spaces between, or "none"; an empty one was
    not judged. Label Studio's own CSV export is such a table too.

    Parameters
    ----------
    text : str
        The table: columns ``text``, optionally ``target``, ``target_kind``, ``thread`` and
        ``annotator``, and one named after each question.
    source : str
        What messages call it.
    complaints : Complaints
        Where labels that the scheme does not know are counted.

    Raises
    ------
    InputError
        If it is no table, or lacks the column of texts or every column of answers.
    """
    csv.field_size_limit(_LONGEST_FIELD)
    header, _, _ = text.partition("\n")
    delimiter = max(_DELIMITERS, key=header.count)
    rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        columns = rows.fieldnames or []
        asked = [name for name in ALL_QUESTIONS if name in columns]
        if "text" not in columns or not asked:
            raise InputError(
                f"{source}: a table of answers has a column 'text' and one of "
                f"{', '.join(ALL_QUESTIONS)}"
            )
        for row in rows:
            judgement = _judgement(row, asked, f"{source}, line {rows.line_num}", complaints)
            if judgement is not None:
                yield judgement
    except csv.Error as error:
        raise InputError(f"{source}, line {rows.line_num}: not a readable table: {error}") from None


def _judgement(
    row: dict[str, str | None], asked: list[str], where: str, complaints: Complaints
) -> Judgement | None:
    cells = {name: _unguarded(value) for name, value in row.items() if isinstance(value, str)}
    text = cells.get("text", "")
    if not text.strip():
        complaints.remark("rows without a text")
        return None
    label: str | None = None
    labels: dict[str, bool] = {}
    for name in asked:
        given = _labels_in(cells.get(name, ""))
        one, several = labels_of_answer(name, given, complain=complaints.fault)
        label = one or label
        labels |= several
    if label is None and not labels:
        complaints.remark("rows without a usable answer")
        return None
    kind = next((each for each in _TARGET_KINDS if each == cells.get("target_kind")), None)
    return Judgement(
        text=text,
        target=cells.get("target") or None,
        target_kind=kind,
        annotator=cells.get("annotator", "").strip() or "unknown",
        label=label,
        labels=labels,
        group=cells.get("thread") or None,
        where=where,
    )


def _labels_in(cell: str) -> list[str]:
    """Return a cell's labels, also where Label Studio wrote several as ``{"choices": […]}``."""
    try:
        choices = json.loads(cell)["choices"] if cell.lstrip().startswith("{") else None
    except (ValueError, KeyError, RecursionError):
        choices = None
    if isinstance(choices, list):
        return [each for each in choices if isinstance(each, str)]
    return [each for each in re.split(r"[,;\s]+", cell) if each]


def _transformer_in_words(item: Item) -> str:
    return "; ".join(
        f"{name}: {', '.join(guess.labels) or NO_LABEL}" for name, guess in item.transformer.items()
    )


def _guarded(cell: str) -> str:
    return "'" + cell if _FORMULA.match(cell) else cell


def _unguarded(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell
