"""What the OpenAPI document says of requests that the routes read themselves, and of errors."""

from typing import Any

from pydantic import BaseModel, ConfigDict


class ErrorStatus(BaseModel):
    """What went wrong, in the shape of Google's services."""

    model_config = ConfigDict(extra="forbid")

    code: int
    message: str
    status: str
    details: list[dict[str, Any]] | None = None


class ErrorAnswer(BaseModel):
    """The answer to a request that is refused."""

    model_config = ConfigDict(extra="forbid")

    error: ErrorStatus


_MEANING = {
    400: "The request cannot be answered as it stands, or its key is wrong.",
    403: "The request carries no key, and the server asks for one; or a web page of another "
    "origin sent it.",
    408: "The request did not arrive in time.",
    413: "The request is too large.",
    429: "Too many requests wait already: come back after Retry-After seconds.",
    503: "The server is not ready.",
    504: "The scores were not ready in time.",
    507: "The feedback file is full.",
}


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Return the responses that a route declares for these statuses."""
    return {status: {"model": ErrorAnswer, "description": _MEANING[status]} for status in statuses}


def json_body(model: type[BaseModel]) -> dict[str, Any]:
    """Return the declaration of a JSON body, its parts written out in place."""
    return content_body({"application/json": _in_place(model.model_json_schema(by_alias=True))})


def content_body(schemas: dict[str, dict[str, Any]], *, required: bool = True) -> dict[str, Any]:
    """Return the declaration of a body of one of several content types."""
    content = {kind: {"schema": schema} for kind, schema in schemas.items()}
    return {"requestBody": {"required": required, "content": content}}


def _in_place(schema: dict[str, Any]) -> dict[str, Any]:
    """Return a JSON schema with its definitions put where they are referred to."""
    definitions = schema.get("$defs", {})

    def resolved(part: Any) -> Any:  # noqa: ANN401 - any JSON
        if isinstance(part, list):
            return [resolved(each) for each in part]
        if not isinstance(part, dict):
            return part
        if "$ref" in part:
            return resolved(definitions[part["$ref"].rsplit("/", 1)[-1]])
        return {name: resolved(each) for name, each in part.items() if name != "$defs"}

    whole: dict[str, Any] = resolved(schema)
    return whole
