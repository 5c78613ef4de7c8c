"""The report of one page as JSON."""

import json

from classifier.summary import Summary
from classifier.terminal_text import plain_json
from classifier.thread import Thread


def to_json(thread: Thread, summary: Summary) -> str:
    """Return ``{"thread": …, "summary": …}`` as one line, the thread in schema version 1.

    Parameters
    ----------
    thread : Thread
        A labelled thread.
    summary : Summary
        What it adds up to.
    """
    report = {
        "thread": thread.model_dump(mode="json", by_alias=True),
        "summary": summary.model_dump(mode="json"),
    }
    return plain_json(json.dumps(report, ensure_ascii=False))
