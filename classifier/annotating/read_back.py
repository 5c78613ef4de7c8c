"""Read people's answers from a file, whichever of the three forms it has."""

import json
from pathlib import Path

from classifier.annotating.complaints import told
from classifier.annotating.feedback import judgements_of_records
from classifier.annotating.judgements import Judgement
from classifier.annotating.label_studio_export import is_label_studio, judgements_of_tasks
from classifier.annotating.spreadsheet import judgements_of_table
from classifier.errors import InputError
from classifier.reading.decoding import decode
from classifier.reading.notices import Notify, log_notice
from classifier.reading.opening import chunks_of, name_of


def read_judgements(source: str | Path, *, notify: Notify = log_notice) -> list[Judgement]:
    """Read what people said from Label Studio's JSON, a table, or JSON Lines with annotators.

    Parameters
    ----------
    source : str or Path
        The file, or ``-`` for standard input; its form is told from its beginning.
    notify : callable
        Takes a `Notice` for each kind of thing that was left out, with how often.

    Raises
    ------
    InputError
        If the file is missing or of no such form, or if nothing in it can be used.
    """
    name = name_of(source)
    text = "".join(decode(chunks_of(source), source=name, notify=notify))
    with told(name, notify) as complaints:
        if text.lstrip().startswith("["):
            found = judgements_of_tasks(_parsed(text, name), source=name, complaints=complaints)
        elif text.lstrip().startswith("{"):
            single = _one_value(text)
            if single is not None and is_label_studio(single):
                found = judgements_of_tasks(single, source=name, complaints=complaints)
            else:
                found = judgements_of_records(text, source=name, complaints=complaints)
        else:
            found = judgements_of_table(text, source=name, complaints=complaints)
        judgements = list(found)
    if not judgements:
        raise InputError(f"{name}: nobody's answer in it can be used")
    return judgements


def _parsed(text: str, name: str) -> object:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        raise InputError(f"{name}: does not parse as JSON: export it again") from None


def _one_value(text: str) -> object:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None
