"""ConvoKit corpora: the utterances of many conversations, one a line of ``utterances.jsonl``.

A corpus folder is read through that file. The utterance whose id its conversation has opens it,
and is the thread's article. Both spellings that releases of ConvoKit wrote are read:
``speaker``/``user``, ``conversation_id``/``root``, ``reply_to``/``reply-to``.
"""

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from classifier.reading.columns import Columns
from classifier.reading.exports import Export, record_of
from classifier.reading.records import Comment, comment_of

UTTERANCES = "utterances.jsonl"
_PARENTS = ("reply_to", "reply-to")
_ROOTS = ("conversation_id", "root")
_SPEAKERS = ("speaker", "user")


def corpus_file(folder: Path) -> Path | None:
    """Return the file of utterances in a corpus folder, or None if this is none."""
    for name in (UTTERANCES, *(f"{UTTERANCES}{suffix}" for suffix in (".gz", ".zst"))):
        if os.path.isfile(folder / name):  # noqa: PTH113 - False for what is no name at all
            return folder / name
    return None


def _fits(value: object) -> bool:
    if not isinstance(value, dict):
        return False
    kinds = (_PARENTS, _ROOTS, _SPEAKERS)
    return "text" in value and all(any(name in value for name in names) for names in kinds)


def _items(value: object, _: Columns) -> Iterator[Comment]:
    record = record_of(value)

    def named(names: tuple[str, ...]) -> str | None:
        return next((name for name in names if name in record), None)

    meta = record.get("meta")
    title = meta.get("title") if isinstance(meta, dict) else None
    columns = Columns(
        text="text",
        id="id",
        author=named(_SPEAKERS),
        posted_at="timestamp",
        parent_id=named(_PARENTS),
        thread_id=named(_ROOTS),
        title="title",
    )
    speaker = record.get(columns.author or "")
    if isinstance(speaker, dict):
        record = {**record, str(columns.author): speaker.get("id")}
    comment = comment_of({**record, "title": title}, columns)
    if comment.id is not None and comment.id == comment.thread_id:
        comment = replace(comment, opening=True, parent_id=None)
    yield comment


CONVOKIT = Export(name="convokit", fits=_fits, items=_items, mixed=True)
