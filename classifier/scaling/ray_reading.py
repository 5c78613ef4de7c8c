"""What reads on a Ray cluster: readers of inputs, and one cutter of pieces.

Rows have a ``kind``, a ``head`` in JSON, and ``lines``. Those of kind ``piece`` hold the threads
of a piece. The others pass on to the job what reading had to tell: ``notice``, ``refused`` and
``read`` of an input, and ``end`` with the number of pieces.
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

from classifier.errors import InputError, MissingExtraError
from classifier.reading import Notice, Notify
from classifier.scaling.pieces import Piece, ThreadLine, pieces
from classifier.thread import Thread

Read = Callable[[str, Notify], Iterable[Thread]]
Row = dict[str, Any]

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
        "names": piece.names,
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
    stand_in(stand)
    chunk: list[tuple[str, Any]] = []
    size = 0
    for kind, content in events(read, inputs):
        chunk.append((kind, content))
        size += len(content.json) if kind == "thread" else 0
        if len(chunk) >= _CHUNK or size >= _CHUNK_BYTES:
            yield chunk
            chunk, size = [], 0
    yield chunk


def stand_in(folder: str) -> None:
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
