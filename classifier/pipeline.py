"""The stages joined: from a source to its threads, and on to labelled and summed-up ones."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from classifier.reading import Columns, Notify, read
from classifier.reading.notices import log_notice
from classifier.splitting import resolve_quotes, split
from classifier.summary import Summary
from classifier.thread import Page, Thread

if TYPE_CHECKING:
    from classifier.labelling import Scorer


def read_threads(
    source: str | Path,
    *,
    format: str | None = None,  # noqa: A002 - the word that users know
    columns: Columns | None = None,
    models: Path | None = None,
    notify: Notify = log_notice,
) -> Iterator[Thread]:
    """Read the threads of a source, articles told from replies and quotes from own words.

    Parameters
    ----------
    source : str or Path
        A stripped page, comment records (CSV, JSON, JSON Lines), or threads as JSON; ``-`` is
        standard input.
    format : {"text", "json", "jsonl", "csv", "tsv"} or None
        What the source is; by default told from its suffix and beginning.
    columns : Columns or None
        Names of the records' columns or keys; those not given are looked for.
    models : Path or None
        Folder of the released models; by default ``CLASSIFIER_MODELS``, then those installed.
    notify : callable
        Takes a `Notice` for each thing that could not be read as it stood.

    Yields
    ------
    Thread
        One at a time, in the order of the source.

    Raises
    ------
    UsageError
        If the format is not known.
    InputError
        While reading, if the source is missing, empty, binary, or holds nothing usable.
    ModelError
        If the split model is missing or damaged.
    """
    for item in read(source, format=format, columns=columns, notify=notify):
        yield split(item, models=models) if isinstance(item, Page) else resolve_quotes(item)


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A labelled thread and what it adds up to."""

    thread: Thread
    summary: Summary


def report(
    thread: Thread,
    scorer: "Scorer",
    *,
    targets: Sequence[str] = (),
    find_topics: bool = True,
    tone: bool = False,
) -> Report:
    """Label a thread with the transformer and with the baseline, and sum it up.

    Parameters
    ----------
    thread : Thread
        A split thread.
    scorer : Scorer
        The loaded models.
    targets : sequence of str
        Topic phrases to ask every reply's stance towards.
    find_topics : bool
        Find topics in the thread where `targets` is empty.
    tone : bool
        Label tone too.
    """
    from classifier.aggregating import summarize

    labelled = scorer.label_thread(
        thread, targets=targets, find_topics=find_topics, baseline=True, tone=tone
    )
    return Report(thread=labelled, summary=summarize(labelled))
