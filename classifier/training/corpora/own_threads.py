"""Threads of our own invention, every reply labelled in its thread by ``data/labels.md``.

The corpora hold tweets, talk pages and debates, and hardly a reply to a headline, a quarrel over
several turns or an insult that is reported to reject it. Each file of ``own_threads/`` is a list
of threads of one kind of place: a headline, the topics that are argued about, and replies with
their stances, incivility and sentiment. Whole threads are kept for dev and test.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from classifier.examples import Example
from classifier.thread import INCIVILITIES, TargetKind
from classifier.training.corpora.parts import Part, part_of

CORPUS = "own threads"
_FOLDER = Path(__file__).with_suffix("")


def read_comments(root: Path, part: Part) -> list[Example]:
    """Return the replies with their incivility and sentiment; `root` is not used."""
    del root
    return [
        Example(
            text=reply["text"],
            label=reply["sentiment"],
            labels={label: float(label in reply["incivility"]) for label in INCIVILITIES},
            corpus=CORPUS,
            group=group,
        )
        for group, thread in threads(part)
        for reply in thread["replies"]
    ]


def read_stances(root: Path, part: Part) -> list[Example]:
    """Return the replies with each stance that they take; `root` is not used."""
    del root
    return [
        Example(
            text=text,
            target=target,
            target_kind=kind,
            label=stance,
            corpus=f"{CORPUS}, {kind}",
            group=group,
        )
        for group, thread in threads(part)
        for text, kind, target, stance in _stances(thread)
    ]


def threads(part: Part) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield each thread of a part, and before it the name by which it is kept whole."""
    for file in sorted(_FOLDER.glob("*.json")):
        for thread in json.loads(file.read_text(encoding="utf-8")):
            group = f"{file.stem}: {thread['headline']}"
            if part_of(f"{CORPUS} {group}") == part:
                yield group, thread


def _stances(thread: dict[str, Any]) -> Iterator[tuple[str, TargetKind, str, str]]:
    """Yield text, kind of target, target and stance."""
    said = {reply["id"]: reply["text"] for reply in thread["replies"]}
    for reply in thread["replies"]:
        if "article" in reply:
            yield reply["text"], "article", thread["headline"], reply["article"]
        if "parent" in reply:
            yield reply["text"], "parent", said[reply["to"]], reply["parent"]
        for topic, stance in reply.get("topics", {}).items():
            yield reply["text"], "topic", topic, stance
