"""What runs on a Ray cluster: readers of inputs, one cutter of pieces, and labelling actors.

Rows have a ``kind``, a ``head`` in JSON, and ``lines``. Those of kind ``piece`` hold the threads
of a piece; labelled, they hold what became of it. The others pass on to the job what reading had
to tell: ``notice``, ``refused`` and ``read`` of an input, and ``end`` with the number of pieces.
"""

import json
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from itertools import count
from typing import Any

import pyarrow as pa
import ray
from ray.data import Datasource
from ray.data.block import BlockMetadata
from ray.data.datasource import ReadTask

from classifier.errors import ClassifierError, InputError, MissingExtraError
from classifier.reading import Notice, Notify
from classifier.scaling.folders import folder_at
from classifier.scaling.pieces import Piece, ThreadLine, pieces
from classifier.scaling.settings import JobSettings, identity, models_of
from classifier.scaling.shards import shard_name
from classifier.scaling.worker import Label, label_piece, scorer_label
from classifier.thread import Thread

Read = Callable[[str, Notify], Iterable[Thread]]
Row = dict[str, Any]

_ATTEMPTS = 3
_CHUNK = 500
_CHUNK_BYTES = 4_000_000
_CHUNKS_AHEAD = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What is read, and how much at once.

    Parameters
    ----------
    inputs : tuple of str
        In their order.
    read : callable
        Takes an input and what its notices go to; returns its threads.
    readers : int
        How many inputs, or runs of small inputs, are read at the same time.
    node : str
        Id of the node that sees the inputs.
    stand : str
        Folder that relative paths start from.
    """

    inputs: tuple[str, ...]
    read: Read
    readers: int
    node: str
    stand: str


class Pieces(Datasource):  # type: ignore[misc]
    """The pieces of a job as one stream of rows, in order, read no further ahead than wanted.

    Parameters
    ----------
    reading : Reading
        What is read.
    replies : int
        From how many replies on a piece is full.
    listed : ray.ObjectRef
        Of a mapping of a piece's number to the checksums of what was labelled and of its shard.
    """

    def __init__(self, reading: Reading, *, replies: int, listed: "ray.ObjectRef[Any]") -> None:
        self._reading = reading
        self._replies = replies
        self._listed = listed

    def estimate_inmemory_data_size(self) -> int | None:
        """Return None: nobody knows before it is read."""
        return None

    def get_read_tasks(self, *_: object, **__: object) -> list[ReadTask]:
        """Return the one task that cuts what several readers read."""
        unknown = BlockMetadata(num_rows=None, size_bytes=None, exec_stats=None, input_files=None)
        return [ReadTask(self._tables, unknown)]

    def _tables(self) -> Iterator[pa.Table]:
        listed = ray.get(self._listed)
        for row in cut(_read_ahead(self._reading), replies=self._replies, listed=listed):
            yield pa.Table.from_pylist([row], schema=_SCHEMA)


_SCHEMA = pa.schema(
    [("kind", pa.string()), ("head", pa.string()), ("lines", pa.list_(pa.string()))]
)


def cut(
    read: Iterable[tuple[str, Any]], *, replies: int, listed: Mapping[int, tuple[str, str]]
) -> Iterator[Row]:
    """Turn what readers read into rows: pieces, and what there is to tell."""
    told: list[Row] = []
    order = count()

    def lines() -> Iterator[ThreadLine]:
        for kind, content in read:
            if kind == "thread":
                yield content
            else:
                told.append(_row(kind, content | {"order": next(order)}))

    number = 0
    for piece in pieces(lines(), replies=replies):
        number = piece.number + 1
        yield from told
        told.clear()
        yield _row("piece", _head(piece, listed.get(piece.number)), piece.lines)
    yield from told
    yield _row("end", {"count": number})


def _head(piece: Piece, listed: tuple[str, str] | None) -> dict[str, Any]:
    digest, sha256 = listed or (None, None)
    return {
        "number": piece.number,
        "name": piece.name,
        "size": piece.replies,
        "digest": piece.digest,
        "sha256": sha256 if digest == piece.digest else None,
    }


def _row(kind: str, head: object, lines: Sequence[str] = ()) -> Row:
    return {"kind": kind, "head": json.dumps(head), "lines": list(lines)}


def _read_ahead(reading: Reading) -> Iterator[tuple[str, Any]]:
    """Read runs of inputs side by side, and give what they hold in the inputs' order.

    A reader waits when so many of its chunks have not been fetched.
    """
    # No processor is set aside for them: all may be taken by what waits for their threads.
    reader = ray.remote(_chunks).options(
        num_cpus=0,
        num_returns="streaming",
        label_selector={"ray.io/node-id": reading.node},
        _generator_backpressure_num_objects=_CHUNKS_AHEAD,
    )
    running: deque[Any] = deque()
    for run in runs(reading.inputs, readers=reading.readers):
        running.append(reader.remote(reading.read, run, reading.stand))
        if len(running) >= reading.readers:
            yield from _fetched(running.popleft())
    while running:
        yield from _fetched(running.popleft())


def _fetched(chunks: Iterable[Any]) -> Iterator[tuple[str, Any]]:
    for chunk in chunks:
        yield from ray.get(chunk)


def runs(inputs: Sequence[str], *, readers: int) -> Iterator[tuple[str, ...]]:
    """Cut inputs into runs that a reader takes at once, short enough that all readers have some."""
    size = max(1, min(64, len(inputs) // (4 * readers)))
    for start in range(0, len(inputs), size):
        yield tuple(inputs[start : start + size])


def _chunks(read: Read, inputs: Sequence[str], stand: str) -> Iterator[list[tuple[str, Any]]]:
    _stand_in(stand)
    chunk: list[tuple[str, Any]] = []
    size = 0
    for kind, content in events(read, inputs):
        chunk.append((kind, content))
        size += len(content.json) if kind == "thread" else 0
        if len(chunk) >= _CHUNK or size >= _CHUNK_BYTES:
            yield chunk
            chunk, size = [], 0
    yield chunk


def _stand_in(folder: str) -> None:
    """Let relative paths mean what they mean to the job, on nodes that have the same folder."""
    with suppress(OSError):
        os.chdir(folder)


def events(read: Read, inputs: Iterable[str]) -> Iterator[tuple[str, Any]]:
    """Read inputs; give their threads as lines, and what there is to tell between them."""
    told: list[Notice] = []
    for source in inputs:
        try:
            for thread in read(source, told.append):
                yield from _notices(told)
                yield "thread", ThreadLine.of(thread)
        except (InputError, MissingExtraError) as error:
            yield from _notices(told)
            yield "refused", {"source": source, "message": str(error)}
        else:
            yield from _notices(told)
            yield "read", {"source": source}


def _notices(told: list[Notice]) -> Iterator[tuple[str, Any]]:
    for notice in told:
        yield "notice", asdict(notice)
    told.clear()


class Attempts:
    """Counts how often a piece was begun, so that one which ends every worker is given up."""

    def __init__(self) -> None:
        self._begun: dict[int, int] = {}

    def begin(self, number: int) -> bool:
        """Tell whether a piece may be tried once more."""
        self._begun[number] = self._begun.get(number, 0) + 1
        return self._begun[number] <= _ATTEMPTS

    def end(self, number: int) -> None:
        """Forget a piece that was labelled."""
        self._begun.pop(number, None)


class Labeller:
    """An actor that holds the models, labels pieces and writes their shards.

    Parameters
    ----------
    settings : mapping
        Of the job, as `JobSettings.to_json` gives them.
    folder : str
        Address of the folder.
    job : mapping
        The job's `identity`; a node with other models or another version is refused.
    attempts : actor handle
        Of `Attempts`.
    stand : str
        Folder that relative paths start from.
    """

    def __init__(
        self,
        *,
        settings: Mapping[str, Any],
        folder: str,
        job: Mapping[str, Any],
        attempts: Any,  # noqa: ANN401 - Ray's handles are not typed
        stand: str,
    ) -> None:
        _stand_in(stand)
        self._settings = JobSettings.from_json(settings)
        self._address = folder
        self._job = job
        self._attempts = attempts
        self._label: Label | None = None

    def __call__(self, row: Row) -> Row:
        """Return what became of a piece; pass on other rows as they are."""
        if row["kind"] != "piece":
            return {"kind": row["kind"], "head": row["head"]}
        piece = json.loads(row["head"])
        try:
            answer = self._worked(piece, row["lines"])
        except ClassifierError as error:  # an exception would be wrapped in Ray's, with its trace
            answer = {"stopped": str(error)}
        return {"kind": "piece", "head": json.dumps(piece | {"answer": answer})}

    def _worked(self, piece: Mapping[str, Any], lines: Sequence[str]) -> dict[str, Any]:
        folder = folder_at(self._address)
        shard = shard_name(piece["number"], self._settings.shards)
        if piece["sha256"] is not None and folder.sha256(shard) == piece["sha256"]:
            return {"kept": True}
        if not ray.get(self._attempts.begin.remote(piece["number"])):
            return {"lost": f"{_ATTEMPTS} workers ended on it, perhaps for want of memory"}
        answer = label_piece(
            lines, folder=folder, shard=shard, settings=self._settings, label=self._loaded()
        )
        self._attempts.end.remote(piece["number"])
        return answer

    def _loaded(self) -> Label:
        if self._label is None:
            own = identity(self._settings, models=models_of(self._settings))
            differing = [key for key in own if own[key] != self._job.get(key)]
            if differing:
                raise ClassifierError(
                    f"{ray.util.get_node_ip_address()}: its {differing[0]} is not that of the "
                    "machine that runs the job: install the same there"
                )
            self._label = scorer_label(self._settings)
        return self._label
