"""A worker process: takes pieces as JSON lines on standard input, and writes their shards.

Run as ``python -m classifier.scaling.worker``. The first line it is sent holds the settings and
the folder; then, for each piece, a line with the shard's name and how many threads follow, and
those. It answers each with one line. Where it is asked to be ``careful``, no thread follows at
first: it tells the place of each that it begins and is then sent it, so that one too large to be
taken in is known too. It ends when its input does, so none outlives its job.
"""

import json
import os
import re
import sys
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, TextIO

from classifier.errors import ClassifierError
from classifier.scaling.folders import GO_ON, Folder, folder_at, reason_of, unwritable
from classifier.scaling.settings import JobSettings
from classifier.scaling.shards import write_shard
from classifier.thread import Thread

Label = Callable[[Thread], Thread]

_NO_MEMORY = "there was not enough memory to label it"
_ALLOCATION = re.compile(r"bad.alloc|allocat", re.IGNORECASE)


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
    except OSError as error:
        _answer(answers, {"refused": f"models cannot be loaded: {reason_of(error)}: {GO_ON}"})
        return
    _answer(answers, {"ready": True})
    while line := inputs.readline():
        asked = json.loads(line)
        count, careful, shard = asked["threads"], asked["careful"], asked["shard"]
        lines = deque[str]() if careful else deque(inputs.readline() for _ in range(count))
        worked = label_piece(
            # Each is let go of once it is parsed.
            lambda _: inputs.readline() if careful else lines.popleft(),  # noqa: B023 - called here
            count=count,
            folder=folder,
            shard=shard,
            settings=settings,
            label=label,
            skipped=dict.fromkeys(asked["skipped"], asked["reason"]),
            begin=(lambda place: _answer(answers, {"at": place})) if careful else None,
        )
        _answer(answers, worked)


def label_piece(
    line_of: Callable[[int], str],
    *,
    count: int,
    folder: Folder,
    shard: str,
    settings: JobSettings,
    label: Label,
    skipped: Mapping[int, str] = MappingProxyType({}),
    begin: Callable[[int | None], object] | None = None,
) -> dict[str, Any]:
    """Label the threads of a piece and write its shard.

    Parameters
    ----------
    line_of : callable
        Takes the place of a thread and returns it as JSON; called in order, once for each that is
        not skipped.
    count : int
        How many threads the piece has.
    folder : Folder
        Where the shard goes.
    shard : str
        Its name.
    settings : JobSettings
        What decides the labels.
    label : callable
        Labels a thread.
    skipped : mapping of int to str
        Places of threads to leave out, and what ended the workers that began them.
    begin : callable, optional
        Called with the place of each thread before it is labelled, and with None after the last.

    Returns
    -------
    dict
        ``threads``, ``replies`` and ``sha256`` of the shard, and ``left_out``, the places of
        threads that it lacks, each with the reason; or ``stopped``, which says why no shard can be
        written.
    """
    left_out: list[tuple[int, str]] = []
    try:
        labelled = list(
            _labelled(
                line_of,
                count=count,
                label=label,
                left_out=left_out,
                skipped=skipped,
                begin=begin or (lambda _: None),
            )
        )
    except OSError as error:  # such as no room for temporary files
        return {"stopped": f"{shard}: cannot be labelled: {reason_of(error)}: {GO_ON}"}
    topics = max(_topics(), len(settings.targets))
    try:
        write_shard(folder, shard, labelled, form=settings.shards, topics=topics)
    except OSError as error:
        return {"stopped": unwritable(folder, error)}
    except ClassifierError as error:
        return {"stopped": str(error)}
    return {
        "threads": len(labelled),
        "replies": sum(len(thread.replies) for thread in labelled),
        "sha256": folder.sha256(shard),
        "left_out": left_out,
    }


def _labelled(
    line_of: Callable[[int], str],
    *,
    count: int,
    label: Label,
    left_out: list[tuple[int, str]],
    skipped: Mapping[int, str],
    begin: Callable[[int | None], object],
) -> Iterator[Thread]:
    for place in range(count):
        if place in skipped:
            left_out.append((place, skipped[place]))
            continue
        begin(place)
        line = line_of(place)
        try:
            thread = Thread.model_validate_json(line)
            del line
            yield label(thread)
        except ClassifierError as error:
            left_out.append((place, str(error)))
        except MemoryError:
            left_out.append((place, _NO_MEMORY))
        except Exception as error:
            # What onnxruntime raises where memory ends has no class of its own.
            if isinstance(error, OSError) or not _ALLOCATION.search(str(error)):
                raise
            left_out.append((place, _NO_MEMORY))
    begin(None)


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
    except Exception as error:  # noqa: BLE001 - a bug is told as any other death
        # Only its kind: the message may hold words of what was labelled.
        _answer(sys.stdout, {"died": type(error).__name__})
        sys.exit(1)


if __name__ == "__main__":
    main()
