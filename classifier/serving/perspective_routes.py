"""The Perspective API's routes."""

import re
from typing import Any, TypeVar

from fastapi import APIRouter, Request, Response
from pydantic import ValidationError

from classifier.serving.analyzing import analysis, answer
from classifier.serving.discovery import discovery_document
from classifier.serving.errors import RequestRefusedError, invalid
from classifier.serving.feedback import append_feedback, example_records
from classifier.serving.messages import (
    AnalyzeCommentRequest,
    AnalyzeCommentResponse,
    Message,
    SuggestCommentScoreRequest,
    SuggestCommentScoreResponse,
)
from classifier.serving.openapi import json_body, problems
from classifier.serving.original import original
from classifier.serving.service import Service

_Sent = TypeVar("_Sent", bound=Message)

_HOST = re.compile(r"(?:[A-Za-z0-9.-]{1,253}|\[[0-9A-Fa-f:.]{2,45}\])(?::[0-9]{1,5})?")
_FIELD = re.compile(r"[A-Za-z_]{1,40}")


def perspective_routes(service: Service) -> APIRouter:
    """Return the routes of the Perspective API, answered by a service."""
    routes = APIRouter(tags=["Perspective API"])

    @routes.post(
        "/v1alpha1/comments:analyze",
        operation_id="analyze",
        response_model=AnalyzeCommentResponse,
        response_model_exclude_none=True,
        responses=problems(400, 403, 408, 413, 429, 504),
        openapi_extra=json_body(AnalyzeCommentRequest),
        summary="Score a comment",
    )
    async def analyze(request: Request) -> Response:
        service.authorise(request)
        asked = analysis(await _sent(request, AnalyzeCommentRequest), service.attributes)
        labels = await service.batcher.labels(asked.comments, tone=asked.tone)
        return _json(answer(asked, labels))

    @routes.post(
        "/v1alpha1/comments:suggestscore",
        operation_id="suggestscore",
        response_model=SuggestCommentScoreResponse,
        response_model_exclude_none=True,
        responses=problems(400, 403, 408, 413, 507),
        openapi_extra=json_body(SuggestCommentScoreRequest),
        summary="Say which scores a comment should have",
    )
    async def suggestscore(request: Request) -> Response:
        service.authorise(request)
        suggestion = await _sent(request, SuggestCommentScoreRequest)
        if not original(suggestion.comment).words.strip():
            raise invalid("Comment must be non-empty.", "COMMENT_EMPTY")
        records = example_records(suggestion)
        if service.settings.feedback is not None:
            append_feedback(service.settings.feedback, records)
        return _json(
            SuggestCommentScoreResponse(
                client_token=suggestion.client_token, requested_languages=suggestion.languages
            )
        )

    @routes.get(
        "/$discovery/rest",
        operation_id="discovery",
        responses=problems(400),
        summary="The discovery document",
    )
    async def discovery(request: Request) -> dict[str, Any]:
        service.authorise(request, needed=False)
        return discovery_document(_root_url(request, service.settings.public_url))

    return routes


async def _sent(request: Request, kind: type[_Sent]) -> _Sent:
    """Return a request's body, whatever its content type says, as Google does.

    Raises
    ------
    RequestRefusedError
        If it is not JSON or does not fit, without a word of what it holds.
    """
    body = await request.body()
    try:
        return kind.model_validate_json(body or b"{}")
    except ValidationError as error:
        raise _unfit(error) from None


def _unfit(error: ValidationError) -> RequestRefusedError:
    first = error.errors(include_url=False, include_context=False, include_input=False)[0]
    if first["type"] in ("json_invalid", "json_type"):
        return invalid("Invalid JSON payload received: it does not parse.")
    names = [str(part) for part in first["loc"]]
    place = ".".join(name if _FIELD.fullmatch(name) else "…" for name in names) or "the request"
    if first["type"] == "extra_forbidden":
        return invalid(f"Invalid JSON payload received. Unknown name at {place}.")
    return invalid(f"Invalid value at {place}: {first['type'].replace('_', ' ')}.")


def _root_url(request: Request, public_url: str | None) -> str:
    if public_url:
        return public_url.rstrip("/") + "/"
    host = request.headers.get("host", "")
    if not _HOST.fullmatch(host):
        raise invalid("The Host header is not the address of a server.")
    return f"{request.url.scheme}://{host}/"


def _json(message: Message) -> Response:
    return Response(
        message.model_dump_json(by_alias=True, exclude_none=True), media_type="application/json"
    )
