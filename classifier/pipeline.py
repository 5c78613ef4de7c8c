"""The stages joined: from a source to its threads, and on to labelled and summed-up ones."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from classifier.errors import InputError
from classifier.reading import Columns, Limits, Notice, Notify, log_notice, read
from classifier.splitting import resolve_quotes, split
from classifier.summary import Summary
from classifier.thread import Page, Thread

if TYPE_CHECKING:
    from classifier.labelling import Scorer


def read_threads(
    source: str | Path | Sequence[str | Path],
    *,
    format: str | None = None,  # noqa: A002 - the word that users know
    columns: Columns | None = None,
    limits: Limits | None = None,
    models: Path | None = None,
    keep_text: bool = False,
    notify: Notify = log_notice,
) -> Iterator[Thread]:
    """Read the threads of a source, articles told from replies and quotes from own words.

    Parameters
    ----------
    source : str, Path or sequence of them
        A page, stripped or with its markup, comment records, an export, a crawl, or threads as
        JSON; ``-`` is standard input. Of several files those that follow each other with the
        same thread id are its pages, and make one thread.
    format : str or None
        What the source is, one of `classifier.reading.FORMATS`; by default told from its suffix
        and beginning.
    columns : Columns or None
        Names of the records' columns or keys; those not given are looked for.
    limits : Limits or None
        How large a page or record may be, and how long a thread without a name.
    models : Path or None
        Folder of the released models; by default ``CLASSIFIER_MODELS``, then those installed.
    keep_text : bool
        Set `Thread.page_text` of stripped pages too, so that the words of quotes and excerpts
        can be shown.
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
    refused: tuple[Page | Thread, InputError] | None = None
    done = False
    for item in read(source, format=format, columns=columns, limits=limits, notify=notify):
        if refused is not None:
            _leave_out(*refused, notify)
            refused = None
        try:
            thread = _thread_of(item, models=models, keep_text=keep_text)
        except InputError as error:
            refused = item, error
            continue
        done = True
        yield thread
        del item, thread  # a long one is not held while the next is read
    if refused is not None and not done:
        raise refused[1]
    if refused is not None:
        _leave_out(*refused, notify)


def _leave_out(item: Page | Thread, error: InputError, notify: Notify) -> None:
    """Tell of one page of several that cannot be used."""
    name = item.source or item.id
    reason = str(error).removeprefix(f"{name}: ")
    notify(Notice(kind="failure", source=name, message=f"left out: {reason}"))


def _thread_of(item: Page | Thread, *, models: Path | None, keep_text: bool) -> Thread:
    if not isinstance(item, Page):
        return resolve_quotes(item)
    thread = split(item, models=models)
    return thread.model_copy(update={"page_text": item.text}) if keep_text else thread


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
    spans: bool = False,
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
    spans : bool
        Say which sentences carry an incivility label; costs one more pass a labelled reply.
    """
    from classifier.aggregating import summarize

    labelled = scorer.label_thread(
        thread, targets=targets, find_topics=find_topics, baseline=True, tone=tone, spans=spans
    )
    return Report(thread=labelled, summary=summarize(labelled))
