"""Suggested scores, kept as labelled examples that `classifier import` reads."""

import json
import os
from pathlib import Path
from typing import Any

from classifier.errors import UsageError
from classifier.serving.attributes import known_attributes
from classifier.serving.errors import RequestRefusedError, invalid
from classifier.serving.messages import SuggestCommentScoreRequest
from classifier.serving.original import original
from classifier.thread import INCIVILITIES, TONES

_LABELS = {label.upper(): label for label in (*INCIVILITIES, *TONES)}
_EXCLUSIVE = {
    "SENTIMENT_POSITIVE": "positive",
    "SENTIMENT_NEGATIVE": "negative",
    "AGAINST_ARTICLE": "against",
    "FAVOR_ARTICLE": "favor",
    "AGAINST_PARENT": "against",
    "FAVOR_PARENT": "favor",
}
_HALF = 0.5
_MOST_BYTES = 1 << 30
_MOST_TARGET_CHARACTERS = 2_000


def check_feedback(file: Path) -> None:
    """See that suggestions can be appended.

    Raises
    ------
    UsageError
        If the file cannot be written.
    """
    try:
        with file.open("ab"):
            pass
    except OSError as error:
        raise UsageError(f"{file}: feedback cannot be written to it: {error.strerror}") from error


def append_feedback(file: Path, records: list[dict[str, Any]]) -> None:
    """Append example records, whole lines at a time whoever else appends.

    Raises
    ------
    RequestRefusedError
        If the file has grown too large.
    """
    lines = "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records).encode()
    descriptor = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        if os.fstat(descriptor).st_size > _MOST_BYTES or os.write(descriptor, lines) < len(lines):
            raise RequestRefusedError(code=507, message="The feedback file is full.")
    finally:
        os.close(descriptor)


def example_records(request: SuggestCommentScoreRequest) -> list[dict[str, Any]]:
    """Return what a suggestion says of a comment as labelled example records.

    Values of incivility and tone go into `labels` of one record. A sentiment or stance with a
    value of one half or more becomes the `label` of a record of its own, a stance with its
    `target`. Whatever else was suggested (moderators' decisions, say) stands in `suggested`.

    Raises
    ------
    RequestRefusedError
        If a suggestion has no value from 0 to 1, or a stance no target.
    """
    values = _values(request)
    common = {
        "text": original(request.comment).words,
        "annotator": request.client_token,
        "community": request.community_id,
        "source": "suggestscore",
    }
    labels = {_LABELS[_plain(name)]: value for name, value in values.items() if _is_label(name)}
    rest = {
        name: value
        for name, value in values.items()
        if not _is_label(name) and name not in _EXCLUSIVE
    }
    records = []
    if labels or rest:
        extra = {"suggested": rest} if rest else {}
        records.append({**common, "labels": labels, **extra})
    for name, label in _EXCLUSIVE.items():
        if values.get(name, 0.0) >= _HALF:
            records.append({**common, "label": label, **_target(name, request)})
    return records


def _values(request: SuggestCommentScoreRequest) -> dict[str, float]:
    """Return the summary scores that are suggested."""
    if not request.attribute_scores:
        raise invalid("Missing attribute_scores")
    values = {}
    for name, scores in request.attribute_scores.items():
        if scores is None or not (scores.summary_score or scores.span_scores):
            raise invalid("An attribute has neither a summary score nor span scores.")
        parts = [part.score for part in scores.span_scores or ()]
        for score in (scores.summary_score, *parts):
            if score and (score.value is None or not 0.0 <= score.value <= 1.0):
                raise invalid("A suggested score needs a value from 0 to 1.")
        if scores.summary_score and scores.summary_score.value is not None:
            values[name] = scores.summary_score.value
    return values


def _target(name: str, request: SuggestCommentScoreRequest) -> dict[str, str]:
    needs = known_attributes(tone=False)[name].needs
    if not needs:
        return {}
    given = request.context.article_and_parent_comment if request.context else None
    kind = next(iter(needs))
    entry = None if given is None else given.article if kind == "article" else given.parent_comment
    words = original(entry).words.strip()
    if not words:
        raise invalid(f"A suggested {name} needs its target in context.articleAndParentComment.")
    return {"target": words[:_MOST_TARGET_CHARACTERS], "target_kind": kind}


def _plain(name: str) -> str:
    return name.removesuffix("_EXPERIMENTAL")


def _is_label(name: str) -> bool:
    return _plain(name) in _LABELS
