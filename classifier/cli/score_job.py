"""``classifier score --output``: a job of shards that can be broken off and goes on."""

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from classifier.cli.inputs import InputLog
from classifier.cli.messages import complain
from classifier.cli.progress import progress
from classifier.cli.reading_options import ReadingOptions
from classifier.errors import InputError, MissingExtraError, UsageError
from classifier.reading import Notice
from classifier.scaling import Folder, JobResult, JobSettings, run_job
from classifier.scaling.outcome import ERRORS
from classifier.scaling.settings import identity, models_of

if TYPE_CHECKING:
    from classifier.reading import Notify
    from classifier.thread import Thread

ENGINES = ("local", "ray")
_GO_ON = "run the same command again to go on: what is done is kept"


@dataclass(frozen=True, slots=True, kw_only=True)
class Engine:
    """What labels: worker processes of this machine, or actors of a Ray cluster.

    Parameters
    ----------
    name : {"local", "ray"}
        Which.
    address : str or None
        Of the Ray cluster; None starts one on this machine.
    workers : int or None
        How many processes or actors; by default as many as there are processors.
    """

    name: str
    address: str | None = None
    workers: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    """Reads the threads of an input, in whatever process it is sent to."""

    reading: ReadingOptions
    models: Path | None
    most_comments: int

    def __call__(self, source: str, notify: "Notify") -> "Iterator[Thread]":
        return self.reading.threads(
            source, models=self.models, notify=notify, most_comments=self.most_comments
        )


def score_to_shards(
    inputs: Sequence[str],
    *,
    folder: Folder,
    settings: JobSettings,
    reading: ReadingOptions,
    engine: Engine,
    most_comments: int,
    log: InputLog,
) -> JobResult:
    """Label all inputs into shards, telling of what is left out.

    Raises
    ------
    ClassifierError
        If the job cannot begin or go on; what was done is kept.
    """
    models = None if settings.models is None else Path(settings.models)
    job = identity(settings, models=models_of(settings)) | _read_with(reading)
    read = _Read(reading=reading, models=models, most_comments=most_comments)
    with progress("replies", rate=True) as advance:
        try:
            if engine.name == "ray":
                from classifier.scaling.ray_engine import run_on_ray

                if "-" in inputs:
                    raise UsageError("--engine ray: standard input cannot be read by several")
                done = run_on_ray(
                    inputs,
                    read=read,
                    folder=folder,
                    settings=settings,
                    job=job,
                    tell=partial(_tell, log=log),
                    address=engine.address,
                    workers=engine.workers,
                    advance=advance,
                )
            else:
                left_out: list[Mapping[str, Any]] = []
                done = run_job(
                    _threads(inputs, read, log=log, left_out=left_out),
                    folder=folder,
                    settings=settings,
                    job=job,
                    workers=engine.workers or os.cpu_count() or 1,
                    left_out=left_out,
                    advance=advance,
                )
        except KeyboardInterrupt:
            complain(f"{folder}: stopped: {_GO_ON}")
            raise
    for reason in done.failed:
        complain(f"{reason}: {_GO_ON}, with fewer workers if memory is short")
    log.partly_failed |= done.left_out > 0
    return done


def _threads(
    inputs: Sequence[str], read: _Read, *, log: InputLog, left_out: list[Mapping[str, Any]]
) -> "Iterator[Thread]":
    """Read all inputs, in order, listing what is left out."""

    def hear(kind: str, told: Mapping[str, Any]) -> None:
        if (listed := _tell(kind, told, log=log)) is not None:
            left_out.append(listed)

    for source in inputs:
        try:
            yield from read(source, lambda notice: hear("notice", asdict(notice)))
        except (InputError, MissingExtraError) as error:
            hear("refused", {"source": source, "message": str(error)})
        else:
            hear("read", {})


def _tell(kind: str, told: Mapping[str, Any], *, log: InputLog) -> Mapping[str, Any] | None:
    """Tell of what reading came upon; return what to list as left out, if anything was."""
    if kind == "read":
        log.done += 1
        return None
    if kind == "refused":
        source, message = told["source"], told["message"]
        complain(message)
        log.failed += 1
        return _record(source, message.removeprefix(f"{source}: "))
    notice = Notice(**{each.name: told[each.name] for each in fields(Notice)})
    log.notify(notice)
    if notice.kind != "failure":
        return None
    return _record(notice.source, notice.message, line=notice.line)


def summary_of(done: JobResult, folder: Folder) -> str:
    """Return one line on what a job did."""
    kept = f", {done.kept} were done before" if done.kept else ""
    left = f"; {done.left_out} left out, listed in {folder}/{ERRORS}" if done.left_out else ""
    return f"{folder}: {done.shards} shards with {done.replies} replies written{kept}{left}"


def _record(source: str, reason: str, *, line: int | None = None) -> dict[str, Any]:
    return {"source": source, "line": line, "reason": reason}


def _read_with(reading: ReadingOptions) -> dict[str, Any]:
    return {
        "format": reading.format,
        "columns": {name: given for name, given in reading.columns.items() if given is not None},
        "max-page-size": reading.max_page_size,
    }
