"""Sentiment along the thread, with the replies that others take up and the uncivil ones."""

from collections import Counter
from dataclasses import dataclass
from math import exp

from classifier.reporting.html.anchors import Anchors
from classifier.reporting.html.charts.figure import Chart
from classifier.reporting.html.shown_text import first_words
from classifier.reporting.sentences import interval, signed
from classifier.summary import Mean, StretchFindings, Summary
from classifier.thread import Reply, Thread

_COLUMNS = ("Stretch", "Replies", "Mean sentiment", "Uncivil")
_FEWEST = 3
_NAMED = 3
_WORTH_TELLING = 2
_TOP, _BOTTOM = 26.0, 174.0
_LEFT, _RIGHT = 3.0, 97.0
_NARROWEST = 1.5
_LINE_POINTS = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One reply's mark: x in percent, y in pixels."""

    x: float
    y: float
    anchor: str
    label: str
    said: str
    taken_up: int
    named: str
    uncivil: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """The whole drawing; `line` holds the smoothed line's points, x in percent, y in pixels."""

    points: tuple[Point, ...]
    line: tuple[tuple[float, float], ...]
    first: str
    last: str


def course_chart(thread: Thread, summary: Summary, *, anchors: Anchors) -> Chart | None:
    """Return the chart of sentiment along the thread; None for fewer than three that were read.

    A reply's height is its probability of positive minus that of negative. The line is their mean
    weighted by a Gaussian kernel (Nadaraya 1964, Watson 1964), a twelfth of the thread wide.

    Parameters
    ----------
    thread : Thread
        The labelled thread.
    summary : Summary
        What it adds up to.
    anchors : Anchors
        Where the marks link to.
    """
    values = [_feeling(reply) for reply in thread.replies]
    read = [(position, value) for position, value in enumerate(values) if value is not None]
    if len(read) < _FEWEST:
        return None
    last = len(values) - 1
    taken_up = times_taken_up(thread)
    most = [position for position, times in taken_up.most_common(_NAMED) if times > 1]
    points = tuple(
        _point(
            thread.replies[position],
            value,
            x=_x(position, last),
            anchor=anchors.at(position),
            taken_up=taken_up[position],
            named=position in most,
        )
        for position, value in read
    )
    return Chart(
        name="course",
        title=_title(summary),
        note="Each dot is a reply, above the middle line if positive; the curve is their smoothed "
        "mean. A ring marks replies that others quote or answer, the larger the more often; a "
        "bar at the foot marks uncivil ones.",
        drawing=Course(
            points=points,
            line=_smoothed(read, last),
            first=first_words(thread.replies[0].id, 12),
            last=first_words(thread.replies[-1].id, 12),
        ),
        columns=_COLUMNS if summary.along else ("Reply", "Sentiment", "Uncivil"),
        rows=tuple(_row(stretch) for stretch in summary.along)
        or tuple(_reply_row(thread.replies[position], value) for position, value in read),
    )


def times_taken_up(thread: Thread) -> Counter[int]:
    """Return how many other replies quote or answer the reply at each position."""
    position_of = {reply.id: position for position, reply in enumerate(thread.replies)}
    taken_up: Counter[int] = Counter()
    for position, reply in enumerate(thread.replies):
        sources = {reply.parent_id, *(quote.reply_id for quote in reply.quotes)}
        taken_up.update(
            {position_of[source] for source in sources if source in position_of} - {position}
        )
    return taken_up


def _feeling(reply: Reply) -> float | None:
    labels = reply.labels or reply.baseline
    if labels is None or labels.sentiment is None:
        return None
    likely = labels.sentiment.probabilities
    if "positive" in likely and "negative" in likely:
        return likely["positive"] - likely["negative"]
    steps = {"positive": 1.0, "neutral": 0.0, "negative": -1.0}
    return None if labels.sentiment.label is None else steps[labels.sentiment.label]


def _point(
    reply: Reply, value: float, *, x: float, anchor: str, taken_up: int, named: bool
) -> Point:
    labels = reply.labels or reply.baseline
    assert labels is not None
    assert labels.sentiment is not None
    name = first_words(reply.id, 12)
    by = f" {first_words(reply.author, 20)}" if reply.author else ""
    return Point(
        x=x,
        y=_y(value),
        anchor=anchor,
        label=labels.sentiment.label or "withheld",
        said=f"{name}{by}: {signed(value)} {first_words(reply.text, 60)}",
        taken_up=taken_up,
        named=name if named else "",
        uncivil=_is_uncivil(reply),
    )


def _smoothed(read: list[tuple[int, float]], last: int) -> tuple[tuple[float, float], ...]:
    width = max(_NARROWEST, (last + 1) / 12)
    steps = min(_LINE_POINTS, 4 * last)
    line = []
    for step in range(steps + 1):
        at = last * step / steps
        weights = [exp(-0.5 * ((position - at) / width) ** 2) for position, _ in read]
        total = sum(weights)
        if total > 0:
            mean = sum(w * value for w, (_, value) in zip(weights, read, strict=True)) / total
            line.append((_x(at, last), _y(mean)))
    return tuple(line)


def _title(summary: Summary) -> str:
    found = summary.transformer or summary.baseline
    whole = found.sentiment.mean if found and found.sentiment else Mean(n=0)
    if whole.mean is None:
        return "No reply could be judged for sentiment"
    low = min(summary.along, key=lambda stretch: _value(_mean(stretch)), default=None)
    lowest = _mean(low) if low else Mean(n=0)
    if low and lowest.high is not None and lowest.high < whole.mean:
        told = (
            f"The mood is lowest from {_between(low)}: {signed(_value(lowest))} "
            f"against {signed(whole.mean)} overall"
        )
    else:
        ends = f" ({interval(whole)})" if interval(whole) else ""
        told = f"No stretch stands out in mood: {signed(whole.mean)} overall{ends}"
    ugly = max(summary.along, key=_uncivil, default=None)
    if ugly and _uncivil(ugly) >= _WORTH_TELLING:
        told += f"; most uncivil from {_between(ugly)}, {_uncivil(ugly)} of {ugly.replies}"
    return told


def _between(stretch: StretchFindings) -> str:
    return f"{first_words(stretch.first, 12)} to {first_words(stretch.last, 12)}"


def _uncivil(stretch: StretchFindings) -> int:
    found = stretch.findings.incivility
    return found.rate.count if found else 0


def _mean(stretch: StretchFindings) -> Mean:
    sentiment = stretch.findings.sentiment
    return sentiment.mean if sentiment else Mean(n=0)


def _value(mean: Mean) -> float:
    return 1.0 if mean.mean is None else mean.mean


def _row(stretch: StretchFindings) -> tuple[str, ...]:
    mean, prevalence = _mean(stretch), stretch.findings.incivility
    shown = "-" if mean.mean is None else signed(mean.mean)
    ends = f" ({interval(mean)})" if interval(mean) else ""
    uncivil = f"{prevalence.rate.count} of {prevalence.rate.of}" if prevalence else "-"
    return (_between(stretch), str(stretch.replies), shown + ends, uncivil)


def _reply_row(reply: Reply, value: float) -> tuple[str, ...]:
    return (first_words(reply.id, 12), signed(value), "yes" if _is_uncivil(reply) else "no")


def _is_uncivil(reply: Reply) -> bool:
    labels = reply.labels or reply.baseline
    return bool(labels and labels.incivility and labels.incivility.labels)


def _x(position: float, last: int) -> float:
    return _LEFT + (_RIGHT - _LEFT) * (position / last if last else 0.5)


def _y(value: float) -> float:
    return _BOTTOM - (_BOTTOM - _TOP) * (value + 1) / 2
