"""Who answers whom, and whether in agreement: an arc diagram.

The people, or the replies where nobody is named, stand in a column in the order in which they
first speak; an arc joins each answer to what it answers (Wattenberg 2002, "Arc diagrams"). Unlike
a layout by forces it is the same each time, and its names never overlap.
"""

from collections import Counter
from dataclasses import dataclass, field

from classifier.reporting.html.charts.figure import Chart
from classifier.reporting.html.shown_text import first_words
from classifier.summary import Summary
from classifier.thread import Reply, Stance, Thread

_MOST_NODES = 24
_NAME_CHARACTERS = 18
_SHORT_NAME = 5
_NARROW_NAMES, _WIDE_NAMES = 14.0, 41.0
_ROW = 24.0
_NARROWEST, _WIDEST = 22.0, 96.0
_FEEL = ("against", "favor", "neutral", "withheld")
_SIGNS = {"against": "-", "favor": "+", "neutral": "0", "withheld": "?"}


@dataclass(slots=True)
class _Edge:
    stances: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True, kw_only=True)
class Arc:
    """An arc from the answering to the answered row.

    Parameters
    ----------
    start, end : float
        Height of the answering and of the answered row, in pixels.
    bend : float
        How far its handles lie to the right, in percent of the arcs' field.
    style : str
        ``against``, ``favor``, ``neutral`` or ``withheld``: what most of its answers are.
    sign : str
        One character that says the same without colour.
    times : int
        How many answers it stands for.
    said : str
        The arc in words.
    """

    start: float
    end: float
    bend: float
    style: str
    sign: str
    times: int
    said: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """The whole drawing: names with their heights, arcs, and the height of all, in pixels.

    `field` says where the arcs begin, in percent of the width.
    """

    field: float
    names: tuple[tuple[str, float], ...]
    arcs: tuple[Arc, ...]
    height: float


def answers_chart(thread: Thread, summary: Summary) -> Chart | None:
    """Return the chart of who answers whom; None where no answer is known or labelled.

    Parameters
    ----------
    thread : Thread
        The labelled thread.
    summary : Summary
        What it adds up to.
    """
    edges, people = _edges(thread)
    if not edges or summary.family is None:
        return None
    degree: Counter[str] = Counter()
    for (source, target), edge in edges.items():
        degree[source] += edge.stances.total()
        degree[target] += edge.stances.total()
    order = list(dict.fromkeys(name for name in _order(thread, people=people) if degree[name]))
    kept = {name for name, _ in degree.most_common(_MOST_NODES)}
    names = [name for name in order if name in kept]
    height_of = {name: _ROW * (row + 0.5) for row, name in enumerate(names)}
    drawn = {pair: edge for pair, edge in edges.items() if kept.issuperset(pair)}
    furthest = max((abs(height_of[a] - height_of[b]) for a, b in drawn), default=1.0)
    arcs = tuple(_arc(pair, edge, height_of, furthest) for pair, edge in drawn.items())
    note = (
        "Each arc points from "
        + ("a person" if people else "a reply")
        + " to the one answered: + agrees, - disagrees, 0 neutral, ? withheld."
    )
    hidden = sum(edge.stances.total() for edge in edges.values()) - sum(arc.times for arc in arcs)
    if hidden:
        note += f" {hidden} more answers are in the table alone."
    return Chart(
        name="answers",
        title=_title(summary),
        note=note,
        drawing=Answers(
            field=_WIDE_NAMES if max(map(len, names)) > _SHORT_NAME else _NARROW_NAMES,
            names=tuple((first_words(name, _NAME_CHARACTERS), y) for name, y in height_of.items()),
            arcs=arcs,
            height=_ROW * len(names),
        ),
        columns=("Who", "answers", "Disagrees", "Agrees", "Neutral", "Withheld"),
        rows=tuple(
            (first_words(a, 40), first_words(b, 40), *(str(edge.stances[name]) for name in _FEEL))
            for (a, b), edge in edges.items()
        ),
    )


def _edges(thread: Thread) -> tuple[dict[tuple[str, str], _Edge], bool]:
    """Return the answers by who answers whom, and whether these are people or replies."""
    by_id = {reply.id: reply for reply in thread.replies}
    answers = [
        (reply, by_id[reply.parent_id]) for reply in thread.replies if reply.parent_id in by_id
    ]
    people = bool(answers) and all(one.author and other.author for one, other in answers)
    edges: dict[tuple[str, str], _Edge] = {}
    for reply, parent in answers:
        pair = _name(reply, people=people), _name(parent, people=people)
        if pair[0] != pair[1]:
            edges.setdefault(pair, _Edge()).stances[_stance(reply) or "withheld"] += 1
    return edges, people


def _order(thread: Thread, *, people: bool) -> list[str]:
    return [_name(reply, people=people) for reply in thread.replies]


def _name(reply: Reply, *, people: bool) -> str:
    if people:
        return reply.author or ""
    return f"{reply.id} {reply.author}" if reply.author else reply.id


def _stance(reply: Reply) -> Stance | None:
    labels = reply.labels or reply.baseline
    stances = labels.stance if labels else ()
    return next((each.label for each in stances if each.target_kind == "parent"), None)


def _arc(pair: tuple[str, str], edge: _Edge, height_of: dict[str, float], furthest: float) -> Arc:
    start, end = height_of[pair[0]], height_of[pair[1]]
    reach = (_NARROWEST + (_WIDEST - _NARROWEST) * abs(start - end) / furthest) / 0.75
    style = edge.stances.most_common(1)[0][0]
    times = edge.stances.total()
    told = ", ".join(f"{edge.stances[name]} {name}" for name in _FEEL if edge.stances[name])
    return Arc(
        start=start,
        end=end,
        bend=reach if start > end else 0.86 * reach,
        style=style,
        sign=_SIGNS[style],
        times=times,
        said=f"{first_words(pair[0], 30)} answers {first_words(pair[1], 30)}: {told}",
    )


def _title(summary: Summary) -> str:
    found = summary.transformer or summary.baseline
    parents = found.disagreement if found else None
    if parents is None or not parents.of:
        return "Of no answer is the stance sure enough to be given"
    verb = "disagrees" if parents.count == 1 else "disagree"
    return f"{parents.count} of {parents.of} labelled answers {verb} with the reply they answer"
