"""Run a job on Ray Data: readers, an actor pool that holds the models, and back-pressure.

The pieces, shards and manifest are those of `classifier.scaling.job`, byte for byte.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from classifier.errors import ClassifierError
from classifier.scaling.folders import Folder
from classifier.scaling.manifest import Entry, Manifest
from classifier.scaling.outcome import Done, JobResult, Outcome
from classifier.scaling.ray_cluster import connected
from classifier.scaling.settings import JobSettings
from classifier.scaling.shards import shard_name

if TYPE_CHECKING:
    from classifier.scaling.ray_reading import Read

# Pieces that an actor has fetched while it labels another.
_AHEAD = 2
_MOST_READERS = 4

Tell = Callable[[str, Mapping[str, Any]], Mapping[str, Any] | None]


def run_on_ray(
    inputs: Sequence[str],
    *,
    read: "Read",
    folder: Folder,
    settings: JobSettings,
    job: Mapping[str, Any],
    tell: Tell,
    address: str | None = None,
    workers: int | None = None,
    advance: Callable[[int], None] = lambda _: None,
) -> JobResult:
    """Label inputs into the shards of a folder on a Ray cluster; what is done there is kept.

    Parameters
    ----------
    inputs : sequence of str
        Read on the machine that this runs on, several at a time.
    read : callable
        Takes an input and what its notices go to; returns its threads. Sent to other processes.
    folder : Folder
        One that every node of the cluster sees.
    settings : JobSettings
        What decides the labels; models are looked for on each node.
    job : mapping
        See `classifier.scaling.run_job`.
    tell : callable
        Called with what reading has to tell: ``notice`` and the fields of a
        `classifier.reading.Notice`, ``refused`` with ``source`` and ``message``, or ``read`` with
        ``source``. Returns what to list in ``errors.jsonl``, if anything.
    address : str or None
        Of the cluster; see `classifier.scaling.ray_cluster.connected`.
    workers : int or None
        How many actors label.
    advance : callable
        Called with the number of replies that were just done or kept.

    Raises
    ------
    MissingExtraError
        If Ray is not installed.
    UsageError
        If the cluster cannot be reached, or the folder cannot be used.
    ClassifierError
        If models do not load or differ between nodes, the disk is full, or the cluster fails.
        What was done is kept.
    """
    with connected(address, workers=workers) as size, Manifest.opened(folder, job=job) as manifest:
        outcome = Outcome(manifest, advance=advance)
        left_out: list[Mapping[str, Any]] = []
        waiting: dict[int, tuple[str, Mapping[str, Any]]] = {}
        count = told = 0
        rows = _rows(
            inputs,
            read=read,
            folder=folder,
            settings=settings,
            job=job,
            listed=manifest.listed(),
            size=size,
        )
        for kind, head in rows:
            if kind == "piece":
                _note(head, outcome, settings)
            elif kind == "end":
                count = head["count"]
            else:
                waiting[head["order"]] = kind, head
            # Rows overtake one another on their way through the actors.
            while told in waiting:
                if (listed := tell(*waiting.pop(told))) is not None:
                    left_out.append(listed)
                told += 1
        return outcome.end(folder, count=count, left_out=left_out)


def _note(head: Mapping[str, Any], outcome: Outcome, settings: JobSettings) -> None:
    number, size, answer = head["number"], head["size"], head["answer"]
    if (stopped := answer.get("stopped")) is not None:
        raise ClassifierError(stopped)
    if "kept" in answer:
        outcome.keep(size)
    elif "lost" in answer:
        lost = {"source": head["name"], "reason": answer["lost"]}
        outcome.add(Done(number=number, size=size, entry=None, lost=lost))
    else:
        shard = shard_name(number, settings.shards)
        entry = Entry.of(
            answer, shard=shard, number=number, digest=head["digest"], names=head["names"]
        )
        outcome.add(Done(number=number, size=size, entry=entry))


def _rows(
    inputs: Sequence[str],
    *,
    read: "Read",
    folder: Folder,
    settings: JobSettings,
    job: Mapping[str, Any],
    listed: Mapping[int, tuple[str, str]],
    size: int,
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield what comes out of the pipeline, as it is done."""
    import ray
    from ray.data import ActorPoolStrategy, DataContext, read_datasource
    from ray.exceptions import RayError

    from classifier.scaling.ray_labelling import Attempts, Labeller
    from classifier.scaling.ray_reading import Pieces, Reading

    context = DataContext.get_current().copy()
    context.enable_progress_bars = False
    context.print_on_execution_start = False
    # One row a block: a piece is labelled as soon as it is read.
    context.target_max_block_size = context.target_min_block_size = 1
    reading = Reading(
        inputs=tuple(inputs),
        read=read,
        readers=min(_MOST_READERS, len(inputs)),
        node=ray.get_runtime_context().get_node_id(),
        stand=str(Path.cwd()),
    )
    arguments = {
        "settings": settings.to_json(),
        "folder": folder.address,
        "job": dict(job),
        "attempts": ray.remote(Attempts).options(num_cpus=0, max_restarts=-1).remote(),
        "stand": reading.stand,
    }
    with DataContext.current(context):
        source = Pieces(reading, replies=settings.replies, listed=ray.put(dict(listed)))
        labelled = read_datasource(source, override_num_blocks=1, num_cpus=0).map(
            Labeller,
            fn_constructor_kwargs=arguments,
            compute=ActorPoolStrategy(size=size, max_tasks_in_flight_per_actor=_AHEAD),
            num_cpus=1,
        )
        try:
            for row in labelled.iter_rows():
                yield row["kind"], json.loads(row["head"])
        except RayError as error:
            raise ClassifierError(
                f"{folder}: the Ray cluster failed ({type(error).__name__}): run the same command "
                "again to go on: what is done is kept"
            ) from error
