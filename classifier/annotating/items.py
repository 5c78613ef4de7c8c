"""What there is to label in a labelled thread, with what the models guess."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from classifier.tasks import ModelName, TaskName
from classifier.thread import (
    Labels,
    MultiLabel,
    Reply,
    SentimentLabel,
    StanceLabel,
    TargetKind,
    Thread,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Guess:
    """What one model family says about one question.

    Parameters
    ----------
    labels : tuple of str
        The labels it would give: of an exclusive task the most probable one, even where it
        abstains; of the others those that hold.
    probabilities : mapping of str to float
        Calibrated probability of each label.
    exclusive : bool
        Whether the probabilities sum to one.
    """

    labels: tuple[str, ...]
    probabilities: Mapping[str, float]
    exclusive: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One text to label, towards one target where stance is asked.

    Parameters
    ----------
    thread, reply : str
        Ids of where the text stands.
    text : str
        The reply's own words.
    target, target_kind : str or None
        What the stance is towards.
    context : str
        Own words of the reply that is answered; empty where that is not known.
    transformer, baseline : mapping of task to Guess
        What either family says; the baseline may be missing.
    """

    thread: str
    reply: str
    text: str
    target: str | None = None
    target_kind: TargetKind | None = None
    context: str = ""
    transformer: Mapping[TaskName, Guess]
    baseline: Mapping[TaskName, Guess]


def items_of(thread: Thread, model: ModelName) -> Iterator[Item]:
    """Yield what can be labelled in a thread so that a model can learn from it.

    A reply that the models could not read, for its language or for lack of own words, is passed
    over.

    Parameters
    ----------
    thread : Thread
        Labelled, by the baseline too where disagreement is to count.
    model : {"comment", "stance", "tone"}
        Which model's questions; of ``stance`` there is one item a reply and target.
    """
    words = {reply.id: reply.text for reply in thread.replies}
    for reply in thread.replies:
        if reply.labels is None:
            continue
        context = words.get(reply.parent_id or "", "")
        if model == "stance":
            yield from _stance_items(thread, reply, reply.labels, context=context)
            continue
        names: tuple[TaskName, ...] = (
            ("incivility", "sentiment") if model == "comment" else ("tone",)
        )
        transformer = _guesses(reply.labels, names)
        if transformer:
            yield Item(
                thread=thread.id,
                reply=reply.id,
                text=reply.text,
                context=context,
                transformer=transformer,
                baseline=_guesses(reply.baseline, names),
            )


def _stance_items(thread: Thread, reply: Reply, labels: Labels, *, context: str) -> Iterator[Item]:
    others = {
        (stance.target_kind, stance.target): stance
        for stance in (reply.baseline.stance if reply.baseline else ())
    }
    for stance in labels.stance:
        own, other = _exclusive(stance), _exclusive(others.get((stance.target_kind, stance.target)))
        if own is None:
            continue
        yield Item(
            thread=thread.id,
            reply=reply.id,
            text=reply.text,
            target=stance.target,
            target_kind=stance.target_kind,
            context="" if stance.target_kind == "parent" else context,
            transformer={"stance": own},
            baseline={"stance": other} if other else {},
        )


def _guesses(labels: Labels | None, names: tuple[TaskName, ...]) -> dict[TaskName, Guess]:
    if labels is None:
        return {}
    found: dict[TaskName, Guess | None] = {
        "incivility": _several(labels.incivility),
        "sentiment": _exclusive(labels.sentiment),
        "tone": _several(labels.tone),
    }
    return {name: guess for name in names if (guess := found[name])}


def _exclusive(label: StanceLabel | SentimentLabel | None) -> Guess | None:
    if label is None or not label.probabilities:
        return None
    probabilities = {str(name): value for name, value in label.probabilities.items()}
    best = max(probabilities, key=probabilities.__getitem__)
    return Guess(labels=(best,), probabilities=probabilities, exclusive=True)


def _several(label: MultiLabel | None) -> Guess | None:
    if label is None or not label.probabilities:
        return None
    return Guess(labels=label.labels, probabilities=label.probabilities, exclusive=False)
