"""What every chart has: a finding as its title, a drawing, and the same figures as a table."""

from dataclasses import dataclass

from classifier.reporting.sentences import interval, percent, signed
from classifier.summary import Mean, Share


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A chart before it is drawn.

    Parameters
    ----------
    name : str
        Name of the template that draws it.
    title : str
        What it shows, as a sentence.
    note : str
        How to read it.
    drawing : object
        Its geometry, for the template.
    columns : tuple of str
        Heads of the table that says the same.
    rows : tuple of tuple of str
        Its rows.
    """

    name: str
    title: str
    note: str
    drawing: object
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Whisker:
    """A 95 % interval as drawn: its ends and its middle, in percent of the width."""

    low: float
    at: float
    high: float


def whisker_of(value: Share | Mean | None, *, left: float, right: float) -> Whisker | None:
    """Return where a value and its interval are drawn; None where there is no value.

    Parameters
    ----------
    value : Share, Mean or None
        A share from 0 to 1, or a mean from -1 to 1.
    left, right : float
        Where the scale begins and ends, in percent of the width.
    """
    if value is None:
        return None
    number = value.share if isinstance(value, Share) else value.mean
    if number is None:
        return None
    low = number if value.low is None else value.low
    high = number if value.high is None else value.high
    if isinstance(value, Mean):
        low, number, high = ((each + 1) / 2 for each in (low, number, high))
    width = right - left
    return Whisker(left + low * width, left + number * width, left + high * width)


def cell(value: Share | Mean | None) -> str:
    """Return a share or a mean with its interval, for a table."""
    if isinstance(value, Share):
        shown = f"{value.count} of {value.of}"
        return f"{shown}, {percent(value)} ({interval(value)}%)" if value.of else shown
    if value is None or value.mean is None:
        return "-"
    ends = interval(value)
    return f"{signed(value.mean)} ({ends})" if ends else signed(value.mean)


def lead(sentence: str) -> str:
    """Return what a finding says before it says how sure that is."""
    return sentence.partition(" (")[0].partition(";")[0].rstrip(".")
