"""A worker process: takes pieces as JSON lines on standard input, and writes their shards.

Run as ``python -m classifier.scaling.worker``. The first line it is sent holds the settings and
the folder; then, for each piece, a line with the shard's name and how many threads follow, and
those. It answers each with one line. It ends when its input does, so none outlives its job.
"""

import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, TextIO

from classifier.errors import ClassifierError
from classifier.scaling.folders import Folder, folder_at, reason_of
from classifier.scaling.settings import JobSettings
from classifier.scaling.shards import write_shard
from classifier.thread import Thread

Label = Callable[[Thread], Thread]


def serve(inputs: TextIO, answers: TextIO, *, make_label: Callable[[JobSettings], Label]) -> None:
    """Label and write pieces until the input ends.

    Parameters
    ----------
    inputs, answers : text files
        Where pieces come from and answers go; see the module's head.
    make_label : callable
        Takes the settings; returns what labels a thread.
    """
    head = json.loads(inputs.readline() or "null")
    if head is None:
        return
    settings = JobSettings.from_json(head["settings"])
    try:
        folder = folder_at(head["folder"])
        label = make_label(settings)
    except ClassifierError as error:
        _answer(answers, {"refused": str(error)})
        return
    _answer(answers, {"ready": True})
    while line := inputs.readline():
        asked = json.loads(line)
        lines = [inputs.readline() for _ in range(asked["threads"])]
        shard = asked["shard"]
        worked = label_piece(lines, folder=folder, shard=shard, settings=settings, label=label)
        _answer(answers, worked)


def label_piece(
    lines: Sequence[str], *, folder: Folder, shard: str, settings: JobSettings, label: Label
) -> dict[str, Any]:
    """Label the threads of a piece and write its shard.

    Returns
    -------
    dict
        ``threads``, ``replies``, ``sha256`` and ``left_out`` of the shard; or ``stopped``, which
        says why no shard can be written.
    """
    left_out: list[dict[str, Any]] = []
    labelled = list(_labelled(lines, label, left_out))
    topics = max(_topics(), len(settings.targets))
    try:
        write_shard(folder, shard, labelled, form=settings.shards, topics=topics)
    except OSError as error:
        return {"stopped": f"{folder}: cannot be written: {reason_of(error)}"}
    except ClassifierError as error:
        return {"stopped": str(error)}
    return {
        "threads": len(labelled),
        "replies": sum(len(thread.replies) for thread in labelled),
        "sha256": folder.sha256(shard),
        "left_out": left_out,
    }


def _labelled(
    lines: Sequence[str], label: Label, left_out: list[dict[str, Any]]
) -> Iterator[Thread]:
    for line in lines:
        thread = Thread.model_validate_json(line)
        try:
            yield label(thread)
        except ClassifierError as error:
            left_out.append({"source": thread.source or thread.id, "reason": str(error)})


def _topics() -> int:
    from classifier.reporting.flat import TOPICS

    return TOPICS


def _answer(answers: TextIO, content: dict[str, Any]) -> None:
    answers.write(json.dumps(content) + "\n")
    answers.flush()


def scorer_label(settings: JobSettings) -> Label:
    """Load the models and return what labels a thread with them, on one processor thread."""
    from classifier.labelling import Scorer

    scorer = Scorer(
        models=None if settings.models is None else Path(settings.models),
        threads=1,
        comment=settings.comment,
        stance=settings.stance,
    )

    def label(thread: Thread) -> Thread:
        return scorer.label_thread(
            thread,
            targets=settings.targets,
            find_topics=settings.find_topics,
            baseline=settings.baseline,
            tone=settings.tone,
            spans=settings.spans,
        )

    return label


def main() -> None:
    """Serve a job over standard input and output."""
    for stream in (sys.stdin, sys.stdout):
        stream.reconfigure(encoding="utf-8", errors="surrogatepass")  # type: ignore[union-attr]
    try:
        serve(sys.stdin, sys.stdout, make_label=scorer_label)
    except BrokenPipeError:  # the job is gone, and nobody waits for an answer
        os._exit(1)


if __name__ == "__main__":
    main()
