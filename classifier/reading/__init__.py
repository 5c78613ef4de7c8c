"""Reading: a file or standard input becomes pages to split, or threads of ready comments.

Reading knows formats and encodings, and nothing of what the text says. A stripped dump is one
`Page`. Records of comments are `Thread` values whose replies carry their whole text as own
words; quotes in them are found by the splitting stage.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

from classifier.errors import InputError
from classifier.reading.columns import Columns
from classifier.reading.dispatch import read_source
from classifier.reading.formats import FORMATS, Format, known_format
from classifier.reading.limits import Limits
from classifier.reading.multi_page import joined
from classifier.reading.notices import Notice, Notify, log_notice
from classifier.reading.opening import name_of
from classifier.thread import Page, Thread

__all__ = ["FORMATS", "Columns", "Format", "Limits", "Notice", "Notify", "log_notice", "read"]


def read(
    source: str | Path | Sequence[str | Path],
    *,
    format: str | None = None,  # noqa: A002 - the word that users know
    columns: Columns | None = None,
    limits: Limits | None = None,
    notify: Notify = log_notice,
) -> Iterator[Page | Thread]:
    """Read the pages or threads of a source, one at a time.

    Records are streamed: memory holds one thread. Comments that follow each other and name the
    same thread make one; where there is no thread column the whole file is one.

    Parameters
    ----------
    source : str, Path or sequence of them
        A file, a folder that holds a ConvoKit corpus, or ``-`` for standard input. What was
        compressed with gzip, Zstandard, bzip2 or xz is read as what it was. Several files are
        pages: those that follow each other with the same thread id make one thread.
    format : str or None
        What the source is, one of `FORMATS`; by default told from its suffix and beginning, and
        for markup from the marks of the forum engine that made it.
    columns : Columns or None
        Names of the columns or keys; those not given are looked for among the usual ones.
    limits : Limits or None
        How large a page or record may be, and how long a thread without a name.
    notify : callable
        Takes a `Notice` for each thing that was read not quite as it stood, and for each
        record that was left out; by default they are logged.

    Yields
    ------
    Page or Thread
        A page for text, threads for records and for pages with their markup. Offsets refer to
        the decoded text of a page; for threads to `Thread.page_text`: the comments' texts joined
        by line feeds.

    Raises
    ------
    UsageError
        At once, if the format is not known.
    InputError
        While reading, if the source is missing, empty, binary, or holds nothing usable.
    MissingExtraError
        While reading, if the format needs a package that the default install leaves out.
    """
    forced = known_format(format) if format is not None else None
    one = partial(
        read_source,
        forced=forced,
        columns=columns or Columns(),
        limits=limits or Limits(),
        notify=notify,
    )
    if isinstance(source, (str, Path)):
        return one(source)
    items = _each(source, one, notify)
    return joined(items, limits=limits or Limits(), notify=notify)


def _each(
    sources: Sequence[str | Path],
    one: Callable[[str | Path], Iterator[Page | Thread]],
    notify: Notify,
) -> Iterator[Page | Thread]:
    """Yield what several files hold; one that cannot be read is a failure if another can."""
    usable = False
    for number, source in enumerate(sources, start=1):
        try:
            for item in one(source):
                usable = True
                yield item
        except InputError as error:
            if not usable and number == len(sources):
                raise
            name = name_of(source)
            reason = str(error).removeprefix(f"{name}: ")
            notify(Notice(kind="failure", source=name, message=reason))
