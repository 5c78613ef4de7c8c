"""ConvoKit corpora: a folder, or its file of utterances."""

import gzip
import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from classifier.reading import read
from classifier.thread import Thread

if TYPE_CHECKING:
    from conftest import Reading

UTTERANCES = [
    {
        "id": "u1",
        "speaker": "ana",
        "conversation_id": "u1",
        "reply_to": None,
        "timestamp": 1300000000,
        "text": "Shall we rename the harbour page?",
        "meta": {"title": "Harbour page"},
        "vectors": [],
    },
    {
        "id": "v1",
        "speaker": "dora",
        "conversation_id": "v1",
        "reply_to": None,
        "timestamp": 1300000500,
        "text": "The tide table is wrong.",
        "meta": {},
    },
    {
        "id": "u2",
        "speaker": "ben",
        "conversation_id": "u1",
        "reply_to": "u1",
        "timestamp": 1300000900,
        "text": "No, leave it.",
        "meta": {},
    },
    {
        "id": "u3",
        "speaker": "ana",
        "conversation_id": "u1",
        "reply_to": "u2",
        "timestamp": None,
        "text": "Why?",
        "meta": {},
    },
]


def old_spelling(utterance: dict[str, object]) -> dict[str, object]:
    names = {"speaker": "user", "conversation_id": "root", "reply_to": "reply-to"}
    return {names.get(key, key): value for key, value in utterance.items()}


def check(threads: list[Thread]) -> None:
    harbour, tide = threads
    assert (harbour.id, harbour.title) == ("u1", "Harbour page")
    assert harbour.article is not None
    assert harbour.article.text == "Shall we rename the harbour page?"
    assert [(reply.id, reply.author, reply.parent_id) for reply in harbour.replies] == [
        ("u2", "ben", "article"),
        ("u3", "ana", "u2"),
    ]
    assert harbour.replies[0].posted_at == "2011-03-13T07:21:40+00:00"
    assert (tide.id, tide.replies) == ("v1", ())


@pytest.mark.parametrize("spelled", [dict, old_spelling])
def test_conversations_open_with_the_utterance_that_names_them(
    reading: "Reading", spelled: type[dict[str, object]]
) -> None:
    content = "".join(json.dumps(spelled(each)) + "\n" for each in UTTERANCES)
    check(reading.threads("utterances.jsonl", content))


@pytest.mark.parametrize("name", ["utterances.jsonl", "utterances.jsonl.gz"])
def test_corpus_folder_is_read_through_its_utterances(tmp_path: Path, name: str) -> None:
    content = "".join(json.dumps(each) + "\n" for each in UTTERANCES).encode()
    folder = tmp_path / "talk-corpus"
    folder.mkdir()
    (folder / name).write_bytes(gzip.compress(content) if name.endswith("gz") else content)
    (folder / "conversations.json").write_text("{}")
    check([item for item in read(folder) if isinstance(item, Thread)])
