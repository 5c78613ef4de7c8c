"""How far two model families agree on the same replies."""

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Sequence

from classifier.aggregating.intervals import share_of
from classifier.summary import Agreement
from classifier.tasks import TaskName
from classifier.thread import INCIVILITIES, TONES, Labels, MultiLabel, TargetKind

_Pair = tuple[Hashable, Hashable]
_TARGET_KINDS: tuple[TargetKind, ...] = ("article", "parent", "topic")


def agreements_of(labelled: Sequence[tuple[Labels, Labels]]) -> tuple[Agreement, ...]:
    """Return the agreement of every task, and of the kinds in it, where both gave labels.

    Parameters
    ----------
    labelled : sequence of (Labels, Labels)
        Of each reply, what either family says.
    """
    return (
        *_stance(labelled),
        *_kinds("incivility", INCIVILITIES, [(a.incivility, b.incivility) for a, b in labelled]),
        *_kinds("tone", TONES, [(a.tone, b.tone) for a, b in labelled]),
        *_sentiment(labelled),
    )


def cohen_kappa(pairs: Sequence[_Pair]) -> float | None:
    """Return Cohen's kappa of two raters' labels of the same items.

    Parameters
    ----------
    pairs : sequence of (hashable, hashable)
        What either rater says, one pair an item.

    Returns
    -------
    float or None
        From -1 to 1; None without items, or where both always give one and the same label.
    """
    n = len(pairs)
    if n == 0:
        return None
    first, second = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    # Counts instead of shares keep this exact, and so the test for equality safe.
    by_chance = sum(count * second[label] for label, count in first.items())
    if by_chance == n * n:
        return None
    agreed = n * sum(a == b for a, b in pairs)
    return (agreed - by_chance) / (n * n - by_chance)


def _stance(labelled: Iterable[tuple[Labels, Labels]]) -> Iterator[Agreement]:
    pairs: dict[TargetKind, list[_Pair]] = {kind: [] for kind in _TARGET_KINDS}
    for one, other in labelled:
        theirs = {(s.target_kind, s.target): s.label for s in other.stance}
        for stance in one.stance:
            label = theirs.get((stance.target_kind, stance.target))
            if stance.label is not None and label is not None:
                pairs[stance.target_kind].append((stance.label, label))
    yield from _agreement("stance", [pair for each in pairs.values() for pair in each])
    for kind in _TARGET_KINDS:
        yield from _agreement("stance", pairs[kind], target_kind=kind)


def _kinds(
    task: TaskName,
    names: Sequence[str],
    given: Iterable[tuple[MultiLabel | None, MultiLabel | None]],
) -> Iterator[Agreement]:
    both = [
        (frozenset(one.labels), frozenset(other.labels))
        for one, other in given
        if one is not None and other is not None and not (one.abstained or other.abstained)
    ]
    yield from _agreement(task, [(bool(one), bool(other)) for one, other in both])
    for name in names:
        yield from _agreement(
            task, [(name in one, name in other) for one, other in both], label=name
        )


def _sentiment(labelled: Iterable[tuple[Labels, Labels]]) -> Iterator[Agreement]:
    pairs = [
        (one.sentiment.label, other.sentiment.label)
        for one, other in labelled
        if one.sentiment is not None and other.sentiment is not None
    ]
    yield from _agreement("sentiment", [pair for pair in pairs if None not in pair])


def _agreement(
    task: TaskName,
    pairs: Sequence[_Pair],
    *,
    label: str | None = None,
    target_kind: TargetKind | None = None,
) -> Iterator[Agreement]:
    if pairs:
        yield Agreement(
            task=task,
            label=label,
            target_kind=target_kind,
            agreed=share_of(sum(one == other for one, other in pairs), len(pairs)),
            kappa=cohen_kappa(pairs),
        )
