"""From a request for scores to the comments that are scored, and back to the answer."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from classifier.labelling import Comment
from classifier.labelling.language import ENGLISH
from classifier.labelling.spans import sentences
from classifier.labelling.thread_targets import article_target
from classifier.serving.attributes import Attribute, Need
from classifier.serving.errors import RequestRefusedError, invalid
from classifier.serving.messages import (
    AnalyzeCommentRequest,
    AnalyzeCommentResponse,
    AttributeParameters,
    AttributeScores,
    Context,
    Score,
    SpanScore,
)
from classifier.serving.original import Original, original
from classifier.thread import Article, Labels, Span

MOST_BYTES = 20_480
_MOST_PARTS = 100
_MOST_PARENT_CHARACTERS = 2_000
_NAME = re.compile(r"[A-Za-z0-9_@.]{1,64}")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8}){0,4}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Analysis:
    """What is scored for one request.

    Parameters
    ----------
    request : AnalyzeCommentRequest
        As it came.
    wanted : sequence of (Attribute, AttributeParameters)
        What the answer holds.
    comments : tuple of Comment
        The whole text, then its sentences if they are asked for.
    spans : tuple of (int, int)
        Where each of `comments` stands in the original, in UTF-16 code units.
    """

    request: AnalyzeCommentRequest
    wanted: Sequence[tuple[Attribute, AttributeParameters]]
    comments: tuple[Comment, ...]
    spans: tuple[Span, ...]

    @property
    def tone(self) -> bool:
        """Whether the tone model is needed."""
        return any("tone" in attribute.needs for attribute, _ in self.wanted)


def analysis(request: AnalyzeCommentRequest, known: Mapping[str, Attribute]) -> Analysis:
    """Return what is to be scored for a request.

    Raises
    ------
    RequestRefusedError
        If the request cannot be answered as it stands, in the API's own words.
    """
    text = scored_text(request)
    _check_context(request.context)
    _check_languages(request.languages or ())
    targets = _targets(request.context)
    wanted = _wanted(request, known, there=frozenset(targets))
    asked: set[Need] = {need for attribute, _ in wanted for need in attribute.needs}
    whole = Comment(
        text=text.words,
        target=targets.get("article") if "article" in asked else None,
        parent=targets.get("parent") if "parent" in asked else None,
        language=_stated(request),
    )
    parts = _parts(text.words) if request.span_annotations else []
    language = whole.language or ENGLISH
    return Analysis(
        request=request,
        wanted=wanted,
        comments=(whole, *(Comment(text=words, language=language) for _, words in parts)),
        spans=tuple(text.units(span) for span in [_whole(text), *(span for span, _ in parts)]),
    )


def scored_text(request: AnalyzeCommentRequest) -> Original:
    """Return the comment's words.

    Raises
    ------
    RequestRefusedError
        If there are none, or more than the API takes.
    """
    text = original(request.comment)
    if not text.words.strip():
        raise invalid("Comment must be non-empty.", "COMMENT_EMPTY")
    if request.comment and len((request.comment.text or "").encode()) > MOST_BYTES:
        raise invalid("Comment text too long.", "COMMENT_TOO_LONG")
    return text


def answer(asked: Analysis, labels: Sequence[Labels]) -> AnalyzeCommentResponse:
    """Return the answer.

    Parameters
    ----------
    asked : Analysis
        What was scored.
    labels : sequence of Labels
        One for each of `asked.comments`.

    Raises
    ------
    RequestRefusedError
        If the comment is in a language that the models do not read.
    """
    whole, *parts = labels
    request = asked.request
    scores = {}
    if whole.incivility is not None and whole.incivility.reason == "language":
        if not request.drop_unsupported_attributes:
            raise _foreign(asked, whole)
    else:
        for attribute, parameters in asked.wanted:
            found = _scores(attribute, parameters, whole, parts, asked.spans)
            if found is not None:
                scores[attribute.name] = found
    detected = [whole.language.code] if whole.language else None
    return AnalyzeCommentResponse(
        attribute_scores=scores or None,
        languages=request.languages or [ENGLISH],
        detected_languages=detected,
        client_token=request.client_token,
    )


def _wanted(
    request: AnalyzeCommentRequest, known: Mapping[str, Attribute], *, there: frozenset[Need]
) -> list[tuple[Attribute, AttributeParameters]]:
    if not request.requested_attributes:
        raise invalid("Missing requested_attributes", "NO_REQUESTED_ATTRIBUTES")
    wanted = []
    for name, parameters in request.requested_attributes.items():
        attribute = known.get(name)
        if attribute is None or not attribute.needs <= there | {"tone"}:
            if request.drop_unsupported_attributes:
                continue
            raise _unknown(name) if attribute is None else _without_context(attribute)
        given = parameters or AttributeParameters()
        if given.score_type not in (None, "PROBABILITY", "SCORE_TYPE_UNSPECIFIED"):
            raise invalid(
                f"Requested score type {given.score_type} is not supported by attribute {name}"
            )
        wanted.append((attribute, given))
    return wanted


def _check_context(context: Context | None) -> None:
    if context and context.entries and context.article_and_parent_comment:
        raise invalid(
            "Context can have either entries or article_and_parent_comment, but both fields were "
            "populated."
        )


def _check_languages(languages: Sequence[str]) -> None:
    if not all(_LANGUAGE.fullmatch(code) for code in languages):
        raise invalid("A language is given as an ISO 639-1 or BCP 47 code, such as en.")


def _stated(request: AnalyzeCommentRequest) -> str | None:
    """Return the language that the request gives, the first that is not read if there are more."""
    codes = [code.split("-")[0].lower() for code in request.languages or ()]
    return next((code for code in codes if code != ENGLISH), codes[0] if codes else None)


def _targets(context: Context | None) -> dict[Need, str]:
    """Return what stances can be asked towards."""
    given = context.article_and_parent_comment if context else None
    if given is None:
        return {}
    article, parent = original(given.article).words, original(given.parent_comment).words
    targets: dict[Need, str] = {}
    if article.strip():
        targets["article"] = article_target(Article(start=0, end=len(article), text=article))
    if parent.strip():
        targets["parent"] = parent.strip()[:_MOST_PARENT_CHARACTERS]
    return targets


def _parts(words: str) -> list[tuple[Span, str]]:
    """Return the sentences, in at most `_MOST_PARTS` parts of about as many sentences each."""
    every = sentences(words)
    step = -(-len(every) // _MOST_PARTS) or 1
    groups = [every[start : start + step] for start in range(0, len(every), step)]
    spans = [(group[0][0][0], group[-1][0][1]) for group in groups]
    return [((start, end), words[start:end]) for start, end in spans]


def _whole(text: Original) -> Span:
    return 0, len(text.words)


def _scores(
    attribute: Attribute,
    parameters: AttributeParameters,
    whole: Labels,
    parts: Sequence[Labels],
    spans: Sequence[Span],
) -> AttributeScores | None:
    """Return an attribute's scores, None where they are all under the threshold."""
    least = parameters.score_threshold or 0.0
    value = attribute.value(whole)
    if value is None:
        return None
    of_parts = [attribute.value(labels) for labels in parts] if attribute.of_parts else []
    placed = zip(spans[1:], of_parts, strict=False) if of_parts else [(spans[0], value)]
    found = [
        SpanScore(begin=begin, end=end, score=_probability(score))
        for (begin, end), score in placed
        if score is not None and score >= least
    ]
    summary = _probability(value) if value >= least else None
    if summary is None and not found:
        return None
    return AttributeScores(summary_score=summary, span_scores=found or None)


def _probability(value: float) -> Score:
    return Score(value=value, type="PROBABILITY")


def _unknown(name: str) -> RequestRefusedError:
    shown = name if _NAME.fullmatch(name) else "(not a name)"
    return invalid(
        f"Unknown requested attribute: {shown}",
        "UNKNOWN_ATTRIBUTE",
        unknownAttributeError={"attribute": shown},
    )


def _without_context(attribute: Attribute) -> RequestRefusedError:
    fields: dict[Need, str] = {"article": "article", "parent": "parentComment"}
    missing = " and ".join(fields[need] for need in sorted(attribute.needs) if need in fields)
    return invalid(f"Attribute {attribute.name} needs context.articleAndParentComment.{missing}")


def _foreign(asked: Analysis, whole: Labels) -> RequestRefusedError:
    given = asked.request.languages
    detected = [whole.language.code] if whole.language else []
    name = asked.wanted[0][0].name if asked.wanted else "TOXICITY"
    return invalid(
        f"Attribute {name} does not support request languages: {', '.join(given or detected)}",
        "LANGUAGE_NOT_SUPPORTED_BY_ATTRIBUTE",
        languageNotSupportedByAttributeError={
            **({"requestedLanguages": given} if given else {"detectedLanguages": detected}),
            "attribute": name,
        },
    )
