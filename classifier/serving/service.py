"""What the routes work with: the models, the queue before them, and the counters."""

from collections.abc import AsyncIterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass

from fastapi import Request

from classifier.labelling import Comment, Scorer
from classifier.labelling.released import list_models
from classifier.serving.attributes import Attribute, known_attributes
from classifier.serving.batching import Batcher
from classifier.serving.errors import RequestRefusedError, no_key, wrong_key
from classifier.serving.metrics import Metrics
from classifier.serving.pages import Pages
from classifier.serving.settings import Settings
from classifier.thread import Labels

_WARM_UP = Comment(text="The council will decide on Monday.", target="the council")


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """Everything that answers requests in one process."""

    settings: Settings
    metrics: Metrics
    attributes: dict[str, Attribute]
    batcher: Batcher
    pages: Pages
    has_tone: bool

    def authorise(self, request: Request, *, needed: bool = True) -> None:
        """Check a request's key, given as ``key`` in the query or as ``X-Goog-Api-Key``.

        Raises
        ------
        RequestRefusedError
            If keys are asked for and the request carries none, or a wrong one.
        """
        key = request.query_params.get("key") or request.headers.get("x-goog-api-key")
        if error := self.objection(key, needed=needed):
            raise error

    def objection(self, key: str | None, *, needed: bool = True) -> RequestRefusedError | None:
        """Return what is wrong with a key, if anything."""
        if not self.settings.api_keys or (not key and not needed):
            return None
        if not key:
            return no_key()
        return None if self.settings.accepts(key) else wrong_key()


def load_scorer(settings: Settings) -> Scorer:
    """Load the models and score once, so that no request waits for that.

    Raises
    ------
    ModelError
        If a model is missing or damaged.
    """
    scorer = Scorer(
        models=settings.models,
        threads=settings.threads,
        comment=settings.comment,
        stance=settings.stance,
    )
    list(scorer.score_many([_WARM_UP], tone=has_tone(settings)))
    return scorer


def has_tone(settings: Settings) -> bool:
    """Tell whether the tone model is installed."""
    return any(folder.name == "tone" for folder in list_models(models=settings.models))


@asynccontextmanager
async def open_service(
    settings: Settings, scorer: Scorer, metrics: Metrics
) -> AsyncIterator[Service]:
    """Start the queue before the models, and end it when all requests are answered."""

    def score(comments: Sequence[Comment], tone: bool) -> list[Labels]:  # noqa: FBT001 - from a thread
        return list(scorer.score_many(comments, batch_size=len(comments), tone=tone))

    batcher = Batcher(
        score,
        metrics=metrics,
        most_waiting=settings.most_waiting,
        deadline=settings.deadline,
    )
    tone = has_tone(settings)
    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="pages") as thread:
        pages = Pages(scorer, settings=settings, thread=thread)
        async with batcher:
            yield Service(
                settings=settings,
                metrics=metrics,
                attributes=known_attributes(tone=tone),
                batcher=batcher,
                pages=pages,
                has_tone=tone,
            )
