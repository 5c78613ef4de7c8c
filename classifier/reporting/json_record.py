"""The report of one page as JSON."""

from classifier.summary import Summary
from classifier.thread import Thread, json_of


def to_json(thread: Thread, summary: Summary) -> str:
    """Return ``{"thread": …, "summary": …}`` as one line, the thread in schema version 1.

    Parameters
    ----------
    thread : Thread
        A labelled thread.
    summary : Summary
        What it adds up to.
    """
    return f'{{"thread":{thread.to_json()},"summary":{json_of(summary)}}}'
