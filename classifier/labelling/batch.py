"""Label many texts at once, every text by one pass of each model it needs."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TypeVar

from classifier.labelling import decisions
from classifier.labelling.calibration import Family
from classifier.labelling.language import ENGLISH, is_read, language_of
from classifier.labelling.released import ReleasedModel
from classifier.thread import AbstentionReason, Labels, Language, StanceLabel, Target, compact

First = TypeVar("First")
Second = TypeVar("Second")


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment:
    """One text to be labelled, and what its stance is asked towards.

    Parameters
    ----------
    text : str
        Own words, without quotes.
    target : str, optional
        A topic phrase, headline or statement.
    parent : str, optional
        Own words of the post that is answered.
    language : str, optional
        ISO 639-1 code of the language that the text is known to be in; by default the text is
        read unless it looks foreign.
    """

    text: str
    target: str | None = None
    parent: str | None = None
    language: str | None = None

    @property
    def targets(self) -> tuple[Target, ...]:
        """What a stance is asked towards."""
        given: list[Target] = []
        if self.target is not None and self.target.strip():
            given.append(Target(kind="topic", text=self.target))
        if self.parent is not None and self.parent.strip():
            given.append(Target(kind="parent", text=self.parent))
        return tuple(given)


@dataclass(frozen=True, slots=True, kw_only=True)
class Models:
    """The models that label: `comment` always, the others where they are asked for."""

    comment: ReleasedModel
    stance: ReleasedModel
    tone: ReleasedModel | None = None


def label_batch(
    texts: Sequence[str],
    targets: Sequence[Sequence[Target]],
    *,
    models: Models,
    by: Family = "transformer",
    stated: Sequence[str | None] | None = None,
) -> list[Labels]:
    """Label texts, each towards its own targets.

    Parameters
    ----------
    texts : sequence of str
        Own words of replies.
    targets : sequence of sequence of Target
        One sequence a text; an empty one asks for no stance.
    models : Models
        The models to run.
    by : {"transformer", "baseline"}
        Which family answers.
    stated : sequence of str or None, optional
        One a text: the code of its language where the writer or the forum gives it, which then
        counts for more than what the text looks like.

    Returns
    -------
    list of Labels
        One a text, in order. Texts without words or in another language are abstained on.
    """
    languages = [language_of(text) if text.strip() else None for text in texts]
    refusals = [
        _refusal(text, language, given)
        for text, language, given in zip(
            texts, languages, stated or [None] * len(texts), strict=True
        )
    ]
    read = [index for index, refusal in enumerate(refusals) if refusal is None]
    rows = {index: row for row, index in enumerate(read)}
    own = [texts[index] for index in read]
    # Many texts fill all threads with either model's passes, one text's fill a single thread.
    at_once = len(own) == 1 and any(targets) and models.comment.threads > 1
    comment, stances = _both(
        lambda: models.comment.predict_all(own, by=by),
        lambda: _stances(texts, targets, refusals, models=models, by=by),
        at_once=at_once,
    )
    tone = models.tone.predict_all(own, by=by) if models.tone else None
    labelled = []
    for index, refusal in enumerate(refusals):
        if refusal is not None:
            labelled.append(
                compact(
                    Labels(
                        language=languages[index],
                        stance=stances[index],
                        incivility=decisions.no_labels(refusal),
                        tone=decisions.no_labels(refusal) if models.tone else None,
                        sentiment=decisions.no_sentiment(refusal),
                    )
                )
            )
            continue
        row = rows[index]
        labelled.append(
            compact(
                Labels(
                    language=languages[index],
                    stance=stances[index],
                    incivility=decisions.decide_multi(
                        models.comment.labels("incivility"),
                        comment["incivility"][row],
                        models.comment.reading("incivility", by=by),
                    ),
                    tone=decisions.decide_multi(
                        models.tone.labels("tone"),
                        tone["tone"][row],
                        models.tone.reading("tone", by=by),
                    )
                    if models.tone and tone
                    else None,
                    sentiment=decisions.decide_sentiment(
                        comment["sentiment"][row], models.comment.reading("sentiment", by=by)
                    ),
                )
            )
        )
    return labelled


def _both(
    first: Callable[[], First], second: Callable[[], Second], *, at_once: bool
) -> tuple[First, Second]:
    """Return what both give, each computed on a thread of its own if they run at once."""
    if not at_once:
        return first(), second()
    with ThreadPoolExecutor(1) as beside:
        later = beside.submit(second)
        return first(), later.result()


def _refusal(text: str, language: Language | None, stated: str | None) -> AbstentionReason | None:
    if language is None:
        return "no_own_words"
    read = is_read(text, language) if stated is None else stated == ENGLISH
    return None if read else "language"


def _stances(
    texts: Sequence[str],
    targets: Sequence[Sequence[Target]],
    refusals: Sequence[AbstentionReason | None],
    *,
    models: Models,
    by: Family,
) -> list[tuple[StanceLabel, ...]]:
    pairs = [
        (index, target)
        for index, asked in enumerate(targets)
        if refusals[index] is None
        for target in asked
    ]
    found: list[list[StanceLabel]] = [[] for _ in texts]
    if pairs:
        probabilities = models.stance.predict(
            "stance",
            [texts[index] for index, _ in pairs],
            [target.text for _, target in pairs],
            kinds=[target.kind for _, target in pairs],
            by=by,
        )
        reading = models.stance.reading("stance", by=by)
        for (index, target), row in zip(pairs, probabilities, strict=True):
            found[index].append(decisions.decide_stance(target, row, reading))
    return [
        tuple(found[index])
        if refusal is None
        else tuple(decisions.no_stance(target, refusal) for target in targets[index])
        for index, refusal in enumerate(refusals)
    ]
