"""Every labelled corpus by name: how it is read, and which model learns from it."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from classifier.errors import UsageError
from classifier.examples import Example
from classifier.thread import SENTIMENTS
from classifier.training.corpora import (
    incivility,
    own_threads,
    parents,
    sentiment,
    targets,
    tone,
)
from classifier.training.corpora.parts import Part

Use = Literal["train and evaluate", "train", "evaluate"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Corpus:
    """One labelled corpus.

    Parameters
    ----------
    model : str
        The released model that it serves: ``comment``, ``stance`` or ``tone``.
    read : callable
        Takes the corpora's root folder and a part; returns examples.
    use : {"train and evaluate", "train", "evaluate"}
        Whether its training part may train, and whether its other parts are evaluated on.
    repeats : int
        How often its training part stands in an epoch, so that small corpora are not drowned.
    answers : tuple of str or None
        What its raters could answer, where that is not what the model's labels are.
    shipped : bool
        Whether this package brings it, being of our own writing.
    phrases : bool
        Whether its targets are noun phrases, which can be put in other ways.
    evened : bool
        For stance: whether rarer labels weigh more, their shares being those of how it was
        gathered and not of the threads that it comes from.
    """

    model: str
    read: Callable[[Path, Part], list[Example]]
    use: Use = "train and evaluate"
    repeats: int = 1
    answers: tuple[str, ...] | None = None
    shipped: bool = False
    phrases: bool = False
    evened: bool = True


_TWO_SIDES = ("favor", "against")

CORPORA: dict[str, Corpus] = {
    "vast": Corpus(model="stance", read=targets.read_vast, phrases=True),
    "arc": Corpus(model="stance", read=targets.read_arc, use="train"),
    "tweeteval stance": Corpus(model="stance", read=targets.read_tweeteval_stance),
    "perspectrum": Corpus(model="stance", read=targets.read_perspectrum, answers=_TWO_SIDES),
    "iac": Corpus(model="stance", read=parents.read_iac, answers=_TWO_SIDES),
    "covid": Corpus(model="stance", read=parents.read_covid, repeats=2),
    "rumoureval": Corpus(model="stance", read=parents.read_rumoureval, evened=False),
    "own threads, stance": Corpus(
        model="stance", read=own_threads.read_stances, repeats=2, shipped=True
    ),
    "jigsaw": Corpus(model="comment", read=incivility.read_jigsaw),
    "jigsaw toxic only": Corpus(
        model="comment", read=incivility.read_jigsaw_toxic_only, use="evaluate"
    ),
    "toxic spans": Corpus(model="comment", read=incivility.read_toxic_spans),
    "reddit incivility": Corpus(model="comment", read=incivility.read_reddit_incivility, repeats=2),
    "context toxicity": Corpus(model="comment", read=incivility.read_context_toxicity, repeats=2),
    "misogyny": Corpus(model="comment", read=incivility.read_misogyny),
    "ad hominem": Corpus(model="comment", read=incivility.read_ad_hominem),
    "tweeteval offensive": Corpus(
        model="comment", read=incivility.read_tweeteval_offensive, use="evaluate"
    ),
    "goemotions": Corpus(model="comment", read=sentiment.read_goemotions),
    "goemotions four groups": Corpus(
        model="comment",
        read=sentiment.read_goemotions_test,
        use="evaluate",
        answers=(*SENTIMENTS, "ambiguous"),
    ),
    "rated tweets": Corpus(model="comment", read=sentiment.read_rated_tweets, repeats=2),
    "tweeteval sentiment": Corpus(
        model="comment", read=sentiment.read_tweeteval_sentiment, use="evaluate"
    ),
    "own threads": Corpus(model="comment", read=own_threads.read_comments, repeats=3, shipped=True),
    "ucc": Corpus(model="tone", read=tone.read_ucc, repeats=3),
    "c3": Corpus(model="tone", read=tone.read_c3),
    "iac tone": Corpus(model="tone", read=tone.read_iac_tone),
}


def read_corpus(name: str, root: Path, part: Part) -> list[Example]:
    """Return one part of a corpus.

    Raises
    ------
    UsageError
        If no corpus has that name.
    InputError
        If its files are not under `root`.
    """
    if name not in CORPORA:
        raise UsageError(f"no corpus is called {name!r}: known are {', '.join(sorted(CORPORA))}")
    return CORPORA[name].read(root, part)
