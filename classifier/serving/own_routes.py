"""Our own routes: comments as a stream, discussions, and what a machine asks about the server."""

import asyncio
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import JSONResponse

from classifier.reporting import to_json
from classifier.serving.errors import of_status
from classifier.serving.metrics import CONTENT_TYPE
from classifier.serving.openapi import content_body, problems
from classifier.serving.service import Service
from classifier.serving.streaming import LINE_SCHEMA, TwoWayResponse, scored_lines
from classifier.summary import Summary
from classifier.thread import Thread

Targets = Annotated[
    list[str] | None, Query(description="Ask every reply's stance towards this.", max_length=20)
]
ThreadFormat = Annotated[
    str | None,
    Query(
        alias="format",
        description="What the body is, as for `classifier report --format`; by default told from "
        "its beginning.",
        max_length=20,
    ),
]

_REPORT = {
    "type": "object",
    "required": ["thread", "summary"],
    "properties": {
        "thread": {"$ref": "#/components/schemas/Thread"},
        "summary": {"$ref": "#/components/schemas/Summary"},
    },
}


def own_routes(service: Service) -> APIRouter:
    """Return our own routes, answered by a service."""
    routes = APIRouter(tags=["classifier"])

    @routes.post(
        "/v1/score",
        operation_id="score",
        response_class=Response,
        responses={
            200: {"content": {"application/x-ndjson": {"schema": {"type": "string"}}}},
            **problems(400, 403),
        },
        openapi_extra=content_body(
            {"text/plain": LINE_SCHEMA, "application/x-ndjson": LINE_SCHEMA}, required=False
        ),
        summary="Label a stream of comments, one JSON object a line",
    )
    async def score(request: Request, *, tone: bool = False) -> Response:
        service.authorise(request)
        lines = scored_lines(request.stream(), service, tone=tone)
        return TwoWayResponse(lines, media_type="application/x-ndjson")

    @routes.post(
        "/v1/threads",
        operation_id="threads",
        response_class=Response,
        responses={
            200: {"content": {"application/json": {"schema": _REPORT}}},
            **problems(400, 403, 408, 413, 429),
        },
        openapi_extra=content_body(
            {"text/plain": {"type": "string"}, "application/json": {"type": "object"}}
        ),
        summary="Label a whole discussion and sum it up",
    )
    async def threads(
        request: Request, target: Targets = None, format_name: ThreadFormat = None
    ) -> Response:
        service.authorise(request)
        reports = await service.pages.reports(
            await request.body(), targets=target or (), format=format_name, most_threads=1
        )
        return Response(
            to_json(reports[0].thread, reports[0].summary), media_type="application/json"
        )

    @routes.get("/v1/attributes", operation_id="attributes", summary="What can be asked for")
    async def attributes() -> dict[str, list[dict[str, Any]]]:
        described = [
            {"name": each.name, "answer": each.answer, "needs": sorted(each.needs)}
            for each in service.attributes.values()
        ]
        return {"attributes": described}

    @routes.get("/healthz", operation_id="health", summary="Whether the process lives")
    async def health() -> dict[str, str]:
        return {"status": "alive"}

    @routes.get(
        "/readyz",
        operation_id="readiness",
        responses=problems(503),
        summary="Whether comments are taken",
    )
    async def readiness() -> JSONResponse:
        if service.batcher.is_full:
            raise of_status(503, headers={"Retry-After": "1"})
        return JSONResponse({"status": "ready"})

    @routes.get(
        "/metrics",
        operation_id="metrics",
        response_class=Response,
        responses={200: {"content": {"text/plain": {"schema": {"type": "string"}}}}},
        summary="Counts for Prometheus",
    )
    async def metrics() -> Response:
        exposition = await asyncio.to_thread(service.metrics.exposition)
        return Response(exposition, media_type=CONTENT_TYPE)

    return routes


def described_models() -> tuple[type[Thread], type[Summary]]:
    """Return the records that answers hold and the OpenAPI document describes."""
    return Thread, Summary
