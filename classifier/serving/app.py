"""The application: routes, what stands around them, and what lives as long as they do."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.middleware.cors import CORSMiddleware
from fastapi.openapi.utils import get_openapi
from pydantic.json_schema import models_json_schema
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp

from classifier import __version__
from classifier.labelling import Scorer
from classifier.serving.errors import RequestRefusedError, invalid, of_status
from classifier.serving.guard import Guard
from classifier.serving.metrics import Metrics
from classifier.serving.own_routes import described_models, own_routes
from classifier.serving.page_routes import page_routes
from classifier.serving.perspective_routes import perspective_routes
from classifier.serving.protocol import PATIENCE
from classifier.serving.refusing import refuse
from classifier.serving.service import load_scorer, open_service
from classifier.serving.settings import Settings

_DESCRIPTION = (
    "The Perspective API's routes and our own, answered by the models on this machine. Nothing "
    "that is sent is kept, except suggested scores where the server was started with --feedback."
)


def create_app(settings: Settings, *, scorer: Scorer | None = None) -> ASGIApp:
    """Return the application.

    Parameters
    ----------
    settings : Settings
        How it answers.
    scorer : Scorer, optional
        The models, where they are loaded already; otherwise they are when the server starts.
    """
    metrics = Metrics()

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[dict[str, Any]]:
        async with open_service(settings, scorer or load_scorer(settings), metrics) as service:
            for routes in (perspective_routes, own_routes, page_routes):
                app.include_router(routes(service))
            yield {PATIENCE: settings.patience}

    app = FastAPI(
        title="classifier",
        version=__version__,
        description=_DESCRIPTION,
        docs_url=None,
        redoc_url=None,
        telemetry={"tracing": False, "metrics": False, "logs": False},
        lifespan=lifespan,
        exception_handlers={
            RequestRefusedError: _refused,
            HTTPException: _plain_status,
            RequestValidationError: _bad_parameter,
        },
    )
    app.openapi = lambda: _openapi(app)  # type: ignore[method-assign]
    if settings.origins:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=list(settings.origins),
            allow_methods=["GET", "POST"],
            allow_headers=["Content-Type", "X-Goog-Api-Key"],
        )
    return Guard(app, settings=settings, metrics=metrics)


def _openapi(app: FastAPI) -> dict[str, Any]:
    if app.openapi_schema is None:
        document = get_openapi(
            title=app.title, version=app.version, description=app.description, routes=app.routes
        )
        _, schemas = models_json_schema(
            [(model, "serialization") for model in described_models()],
            ref_template="#/components/schemas/{model}",
        )
        for path in document["paths"].values():
            for operation in path.values():
                operation["responses"].pop("422", None)  # a bad parameter is answered with 400
        document.setdefault("components", {}).setdefault("schemas", {}).update(schemas["$defs"])
        app.openapi_schema = document
    return app.openapi_schema


async def _refused(_: Request, error: Exception) -> Response:
    assert isinstance(error, RequestRefusedError)
    return refuse(error)


async def _plain_status(_: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return refuse(of_status(error.status_code, headers=error.headers))


async def _bad_parameter(_: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    names = {str(each["loc"][-1]) for each in error.errors() if each["loc"][0] == "query"}
    known = sorted(names & {"tone", "target", "format"})
    return refuse(invalid(f"Invalid value of {', '.join(known) or 'a parameter'}."))
