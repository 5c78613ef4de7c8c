"""Score comments and threads with the released models."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import islice
from pathlib import Path

from classifier.labelling import topics
from classifier.labelling.batch import Comment, Models, label_batch
from classifier.labelling.checkpoint import load_model
from classifier.labelling.thread_targets import reply_targets
from classifier.thread import Labels, Thread, compact

_BATCH = 256


class Scorer:
    """Labels comments and threads; load it once and keep it.

    Parameters
    ----------
    models : Path, optional
        A folder of model folders; by default ``CLASSIFIER_MODELS``, then those installed.
    threads : int, optional
        Processor threads; by default as many as there are cores.
    comment, stance, tone : str or Path, optional
        A model to use in the released one's place: a folder, or with the ``train`` extra the hub
        id or folder of any sequence-classification checkpoint.

    Raises
    ------
    ModelError
        If a model is missing or damaged.

    Examples
    --------
    >>> scorer = Scorer()
    >>> scorer.score("What a silly plan.", target="the new tunnel").stance[0].label
    'against'
    """

    def __init__(
        self,
        *,
        models: Path | None = None,
        threads: int | None = None,
        comment: str | Path | None = None,
        stance: str | Path | None = None,
        tone: str | Path | None = None,
    ) -> None:
        self._comment = load_model("comment", replacement=comment, models=models, threads=threads)
        self._stance = load_model("stance", replacement=stance, models=models, threads=threads)
        self._tone = (
            load_model("tone", replacement=tone, models=models, threads=threads)
            if tone is not None
            else None
        )
        self._models = models
        self._threads = threads

    def score(self, text: str, *, target: str | None = None, parent: str | None = None) -> Labels:
        """Label one comment.

        Parameters
        ----------
        text : str
            The comment's own words.
        target : str, optional
            Ask for its stance towards this phrase, headline or statement.
        parent : str, optional
            Ask for its stance towards the comment that it answers.

        Returns
        -------
        Labels
            Incivility, sentiment, and a stance for each thing asked.
        """
        comment = Comment(text=text, target=target, parent=parent)
        return next(self.score_many([comment]))

    def score_many(
        self,
        comments: Iterable[str | Comment],
        *,
        batch_size: int = _BATCH,
        baseline: bool = False,
        tone: bool = False,
    ) -> Iterator[Labels]:
        """Label a stream of comments in order, holding no more than a batch of them.

        Parameters
        ----------
        comments : iterable of str or Comment
            Texts, or texts with what their stance is asked towards.
        batch_size : int
            How many comments are read ahead and labelled together; no label depends on it.
        baseline : bool
            Label with the scikit-learn baseline in the transformer's place.
        tone : bool
            Label tone too.

        Yields
        ------
        Labels
            One a comment.
        """
        stream = iter(comments)
        models = self._chosen(tone=tone)
        while batch := list(islice(stream, batch_size)):
            asked = [Comment(text=item) if isinstance(item, str) else item for item in batch]
            yield from label_batch(
                [comment.text for comment in asked],
                [comment.targets for comment in asked],
                models=models,
                by="baseline" if baseline else "transformer",
                stated=[comment.language for comment in asked],
            )

    def label_thread(
        self,
        thread: Thread,
        *,
        targets: Sequence[str] = (),
        find_topics: bool = True,
        baseline: bool = False,
        tone: bool = False,
        spans: bool = False,
    ) -> Thread:
        """Return the thread with labels on every reply.

        Stance is asked towards the article, towards the reply that is answered, towards each of
        `targets`, and towards each topic found in the thread that the reply mentions.

        Parameters
        ----------
        thread : Thread
            A split thread.
        targets : sequence of str
            Topic phrases of the user's; every reply is asked about each.
        find_topics : bool
            Find topics in the thread where `targets` is empty.
        baseline : bool
            Set each reply's `baseline` too.
        tone : bool
            Label tone too.
        spans : bool
            Say which sentences carry an incivility label; costs one more pass a labelled reply.

        Returns
        -------
        Thread
            The same thread, labelled.
        """
        found = topics.find_topics(thread) if find_topics and not targets else ()
        asked = reply_targets(thread, given=targets, found=found)
        texts = [reply.text for reply in thread.replies]
        models = self._chosen(tone=tone)
        labels: list[Labels | None] = []
        baselines: list[Labels | None] = []
        for start in range(0, len(texts), _BATCH):
            chosen = slice(start, start + _BATCH)
            labels += label_batch(texts[chosen], asked[chosen], models=models)
            if baseline:
                baselines += label_batch(texts[chosen], asked[chosen], models=models, by="baseline")
        if not baseline:
            baselines = [reply.baseline for reply in thread.replies]
        replies = tuple(
            compact(reply.model_copy(update={"labels": own, "baseline": other}))
            for reply, own, other in zip(thread.replies, labels, baselines, strict=True)
        )
        labelled = thread.model_copy(update={"replies": replies})
        if spans:
            from classifier.labelling.spans import with_spans

            return with_spans(labelled, models.comment)
        return labelled

    def _chosen(self, *, tone: bool) -> Models:
        if tone and self._tone is None:
            self._tone = load_model(
                "tone", replacement=None, models=self._models, threads=self._threads
            )
        return Models(comment=self._comment, stance=self._stance, tone=self._tone if tone else None)


@cache
def _shared() -> Scorer:
    return Scorer()


def score(text: str, *, target: str | None = None, parent: str | None = None) -> Labels:
    """Label one comment with the released models; see `Scorer.score`."""
    return _shared().score(text, target=target, parent=parent)


def score_many(
    comments: Iterable[str | Comment], *, baseline: bool = False, tone: bool = False
) -> Iterator[Labels]:
    """Label a stream of comments with the released models; see `Scorer.score_many`."""
    return _shared().score_many(comments, baseline=baseline, tone=tone)
