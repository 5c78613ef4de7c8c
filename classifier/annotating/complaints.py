"""What cannot be used of an input, each kind of fault told once with how often it occurs."""

from collections.abc import Iterator
from contextlib import contextmanager

from classifier.reading.notices import Notice, Notify

_KINDS_TOLD = 20


class Complaints:
    """Counts faults by their message, and what is left out without being a fault."""

    def __init__(self) -> None:
        self.faults: dict[str, int] = {}
        self.remarks: dict[str, int] = {}

    def fault(self, message: str) -> None:
        """Count something that a person said and that cannot be used."""
        self.faults[message] = self.faults.get(message, 0) + 1

    def remark(self, message: str) -> None:
        """Count something that holds no answer, and was not meant to."""
        self.remarks[message] = self.remarks.get(message, 0) + 1


@contextmanager
def told(source: str, notify: Notify) -> Iterator[Complaints]:
    """Give a place to complain to, and tell all of it at the end."""
    complaints = Complaints()
    yield complaints
    for message, count in complaints.remarks.items():
        notify(Notice(kind="warning", source=source, message=f"{message}: {count} left out"))
    for message, count in list(complaints.faults.items())[:_KINDS_TOLD]:
        often = "once" if count == 1 else f"{count} times"
        notify(Notice(kind="failure", source=source, message=f"left out {often}: {message}"))
    if (more := len(complaints.faults) - _KINDS_TOLD) > 0:
        notify(Notice(kind="failure", source=source, message=f"and {more} more kinds of fault"))
