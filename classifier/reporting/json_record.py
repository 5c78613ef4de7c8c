"""The report of one page as JSON."""

from collections.abc import Iterator

from classifier.summary import Summary
from classifier.thread import Thread, json_of

_NO_REPLIES = '"replies":[]'


def to_json(thread: Thread, summary: Summary) -> str:
    """Return ``{"thread": …, "summary": …}`` as one line, the thread in schema version 1.

    Parameters
    ----------
    thread : Thread
        A labelled thread.
    summary : Summary
        What it adds up to.
    """
    return "".join(json_parts(thread, summary))


def json_parts(thread: Thread, summary: Summary) -> Iterator[str]:
    """Yield what `to_json` returns a reply at a time, so that a long thread is not held twice.

    Parameters
    ----------
    thread : Thread
        A labelled thread.
    summary : Summary
        What it adds up to.
    """
    # Inside a string of JSON the quotation marks would be escaped.
    head, replies, tail = thread.model_copy(update={"replies": ()}).to_json().partition(_NO_REPLIES)
    yield f'{{"thread":{head}{replies[:-1]}'
    for number, reply in enumerate(thread.replies):
        yield "," * (number > 0) + json_of(reply)
    yield f']{tail},"summary":'
    yield json_of(summary)
    yield "}"
