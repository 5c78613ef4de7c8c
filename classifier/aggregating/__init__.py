"""Aggregating: a labelled thread becomes its summary."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from classifier.aggregating.agreement import agreements_of
from classifier.aggregating.findings import findings_of
from classifier.aggregating.intervals import CONFIDENCE
from classifier.summary import AuthorFindings, Family, Findings, StretchFindings, Summary
from classifier.thread import Labels, Reply, Thread

__all__ = ["summarize"]

_MOST_STRETCHES = 10
_SHORTEST_STRETCH = 5


def summarize(thread: Thread, *, seed: int = 0) -> Summary:
    """Sum up a labelled thread.

    Shares are of the replies that got a label and carry 95 % Wilson intervals; means are of
    calibrated probabilities and carry seeded bootstrap intervals. Abstentions are counted by
    task and reason. A thread without labels has its replies counted, and no findings.

    Parameters
    ----------
    thread : Thread
        A thread, labelled by the transformer, the baseline, both or neither.
    seed : int
        Seed of the bootstrap.

    Returns
    -------
    Summary
        The same for the same thread and seed.
    """
    replies = thread.replies
    family = _family_of(replies)
    languages = Counter(
        labels.language.code
        for reply in replies
        if (labels := reply.labels or reply.baseline) and labels.language
    )
    authors = Counter(reply.author for reply in replies if reply.author is not None)
    return Summary(
        thread_id=thread.id,
        replies=len(replies),
        with_own_words=sum(bool(reply.text.strip()) for reply in replies),
        answering=sum(reply.parent_id not in (None, "article") for reply in replies),
        authors=len(authors),
        quotes=sum(len(reply.quotes) for reply in replies),
        excerpts=sum(len(reply.excerpts) for reply in replies),
        languages=dict(sorted(languages.items(), key=lambda item: (-item[1], item[0]))),
        confidence=CONFIDENCE,
        transformer=_findings(replies, "transformer", seed=seed),
        baseline=_findings(replies, "baseline", seed=seed),
        agreement=agreements_of(
            [(r.labels, r.baseline) for r in replies if r.labels and r.baseline]
        ),
        family=family,
        by_author=tuple(_by_author(replies, family, seed=seed)) if family else (),
        along=tuple(_along(replies, family, seed=seed)) if family else (),
    )


def _family_of(replies: Sequence[Reply]) -> Family | None:
    if any(reply.labels for reply in replies):
        return "transformer"
    return "baseline" if any(reply.baseline for reply in replies) else None


def _findings(replies: Sequence[Reply], family: Family, *, seed: int) -> Findings | None:
    labels: list[Labels] = [
        given
        for reply in replies
        if (given := reply.labels if family == "transformer" else reply.baseline)
    ]
    return findings_of(labels, seed=seed) if labels else None


def _by_author(replies: Sequence[Reply], family: Family, *, seed: int) -> Iterator[AuthorFindings]:
    written: dict[str, list[Reply]] = {}
    for reply in replies:
        if reply.author is not None:
            written.setdefault(reply.author, []).append(reply)
    for author, own in sorted(written.items(), key=lambda item: (-len(item[1]), item[0])):
        findings = _findings(own, family, seed=seed) or Findings()
        yield AuthorFindings(author=author, replies=len(own), findings=findings)


def _along(replies: Sequence[Reply], family: Family, *, seed: int) -> Iterator[StretchFindings]:
    stretches = min(_MOST_STRETCHES, len(replies) // _SHORTEST_STRETCH)
    if stretches < 2:  # noqa: PLR2004 - one stretch would be the whole thread
        return
    borders = [len(replies) * number // stretches for number in range(stretches + 1)]
    for start, end in pairwise(borders):
        part = replies[start:end]
        yield StretchFindings(
            first=part[0].id,
            last=part[-1].id,
            replies=len(part),
            findings=_findings(part, family, seed=seed) or Findings(),
        )
