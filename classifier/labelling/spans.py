"""Find the sentences that carry a reply's incivility labels."""

import re

from classifier.labelling.released import ReleasedModel
from classifier.thread import LabelledSpan, Reply, Span, Thread

_SENTENCE = re.compile(r"[^.!?\n]+(?:[.!?]+|\n|$)")


def with_spans(thread: Thread, comment: ReleasedModel) -> Thread:
    """Return the thread with sentence spans on every reply that carries an incivility label.

    Each sentence of the own words is scored by itself; it carries a label of its reply if it
    reaches the label's threshold alone. Where none does, all own words carry it.

    Parameters
    ----------
    thread : Thread
        A labelled thread whose offsets refer to its page's text.
    comment : ReleasedModel
        The model that gave the labels.

    Returns
    -------
    Thread
        The same thread; only `incivility.spans` differ.
    """
    return thread.model_copy(
        update={"replies": tuple(_reply_with_spans(reply, comment) for reply in thread.replies)}
    )


def _reply_with_spans(reply: Reply, comment: ReleasedModel) -> Reply:
    if reply.labels is None or reply.labels.incivility is None:
        return reply
    incivility = reply.labels.incivility
    if not incivility.labels:
        return reply
    pieces = _sentences(reply)
    names = comment.labels("incivility")
    thresholds = comment.thresholds("incivility")
    probabilities = comment.predict("incivility", [text for _, text in pieces])
    spans: list[LabelledSpan] = []
    for label in incivility.labels:
        column = names.index(label)
        carriers = [
            LabelledSpan(
                start=span[0], end=span[1], label=label, probability=round(float(row[column]), 6)
            )
            for (span, _), row in zip(pieces, probabilities, strict=True)
            if row[column] >= thresholds[label]
        ]
        spans += carriers or [
            LabelledSpan(
                start=start, end=end, label=label, probability=incivility.probabilities[label]
            )
            for start, end in reply.own
        ]
    marked = incivility.model_copy(update={"spans": tuple(spans)})
    labels = reply.labels.model_copy(update={"incivility": marked})
    return reply.model_copy(update={"labels": labels})


def _sentences(reply: Reply) -> list[tuple[Span, str]]:
    """Return the sentences of the own words with where they stand in the page.

    ``reply.text`` is the own spans joined by blank lines, so offsets carry over span by span.
    """
    pieces: list[tuple[Span, str]] = []
    position = 0
    for start, end in reply.own:
        text = reply.text[position : position + end - start]
        position += end - start + 2
        pieces += [
            ((start + first, start + last), sentence) for (first, last), sentence in sentences(text)
        ]
    return pieces


def sentences(text: str) -> list[tuple[Span, str]]:
    """Return the sentences of a text, blanks around them left out, with where they stand."""
    pieces: list[tuple[Span, str]] = []
    for match in _SENTENCE.finditer(text):
        sentence = match.group()
        first = match.start() + len(sentence) - len(sentence.lstrip())
        stripped = sentence.strip()
        if stripped:
            pieces.append(((first, first + len(stripped)), stripped))
    return pieces
