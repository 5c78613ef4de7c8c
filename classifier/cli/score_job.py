"""``classifier score --output``: a job of shards that can be broken off and goes on."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from classifier.cli.inputs import InputLog
from classifier.cli.messages import complain
from classifier.cli.progress import progress
from classifier.cli.reading_options import ReadingOptions
from classifier.errors import InputError, MissingExtraError
from classifier.scaling import Folder, JobResult, JobSettings, run_job
from classifier.scaling.outcome import ERRORS
from classifier.scaling.settings import identity, models_of

if TYPE_CHECKING:
    from classifier.reading import Notice
    from classifier.thread import Thread

_GO_ON = "run the same command again to go on: what is done is kept"


def score_to_shards(
    inputs: Sequence[str],
    *,
    folder: Folder,
    settings: JobSettings,
    reading: ReadingOptions,
    workers: int,
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
    left_out: list[dict[str, Any]] = []

    def notify(notice: "Notice") -> None:
        log.notify(notice)
        if notice.kind == "failure":
            left_out.append(_record(notice.source, notice.message, line=notice.line))

    def threads() -> "Iterator[Thread]":
        for source in inputs:
            try:
                yield from reading.threads(
                    source, models=models, notify=notify, most_comments=most_comments
                )
            except (InputError, MissingExtraError) as error:
                complain(error)
                log.failed += 1
                left_out.append(_record(source, str(error).removeprefix(f"{source}: ")))
            else:
                log.done += 1

    with progress("replies", rate=True) as advance:
        try:
            done = run_job(
                threads(),
                folder=folder,
                settings=settings,
                job=identity(settings, models=models_of(settings)) | _read_with(reading),
                workers=workers,
                left_out=left_out,
                advance=advance,
            )
        except KeyboardInterrupt:
            complain(f"{folder}: stopped: {_GO_ON}")
            raise
    for reason in done.failed:
        complain(f"{reason}: {_GO_ON}, with fewer workers if memory is short")
        log.partly_failed = True
    return done


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
