"""Errors in the shape that Google's services give them, which Perspective clients parse."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any, Literal

ErrorType = Literal[
    "COMMENT_EMPTY",
    "COMMENT_TOO_LONG",
    "NO_REQUESTED_ATTRIBUTES",
    "UNKNOWN_ATTRIBUTE",
    "LANGUAGE_NOT_SUPPORTED_BY_ATTRIBUTE",
    "INVALID_REQUEST",
]

_STATUSES = {
    400: "INVALID_ARGUMENT",
    403: "PERMISSION_DENIED",
    404: "NOT_FOUND",
    405: "UNIMPLEMENTED",
    408: "DEADLINE_EXCEEDED",
    413: "INVALID_ARGUMENT",
    429: "RESOURCE_EXHAUSTED",
    500: "INTERNAL",
    503: "UNAVAILABLE",
    504: "DEADLINE_EXCEEDED",
    507: "RESOURCE_EXHAUSTED",
}
_ANALYZER_ERROR = "type.googleapis.com/google.commentanalyzer.v1alpha1.Error"
_ERROR_INFO = "type.googleapis.com/google.rpc.ErrorInfo"


@dataclass(kw_only=True, eq=False)
class RequestRefusedError(Exception):
    """A request is answered with an error.

    Parameters
    ----------
    code : int
        HTTP status.
    message : str
        What was wrong and what to do, without any of the request's text.
    details : sequence of mapping
        What `error.details` holds.
    headers : mapping of str to str
        Further headers of the answer.
    """

    code: int
    message: str
    details: Sequence[Mapping[str, Any]] = ()
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def status(self) -> str:
        """Google's name of the status (google.rpc.Code)."""
        return _STATUSES.get(self.code, "UNKNOWN")

    @property
    def body(self) -> dict[str, Any]:
        """The answer's JSON."""
        error: dict[str, Any] = {
            "code": self.code,
            "message": self.message,
            "status": self.status,
        }
        if self.details:
            error["details"] = [dict(detail) for detail in self.details]
        return {"error": error}


def of_status(code: int, *, headers: Mapping[str, str] | None = None) -> RequestRefusedError:
    """Return the error that says no more than its HTTP status does."""
    return RequestRefusedError(
        code=code, message=f"{HTTPStatus(code).phrase}.", headers=dict(headers or {})
    )


def invalid(
    message: str, error_type: ErrorType = "INVALID_REQUEST", **further: object
) -> RequestRefusedError:
    """Return the error of a request that cannot be answered as it stands."""
    detail = {"@type": _ANALYZER_ERROR, "errorType": error_type, **further}
    return RequestRefusedError(code=400, message=message, details=(detail,))


def wrong_key() -> RequestRefusedError:
    """Return the error of a key that is none of ours; clients know it by its words."""
    detail = {
        "@type": _ERROR_INFO,
        "reason": "API_KEY_INVALID",
        "domain": "googleapis.com",
        "metadata": {"service": "commentanalyzer.googleapis.com"},
    }
    return RequestRefusedError(
        code=400, message="API key not valid. Please pass a valid API key.", details=(detail,)
    )


def no_key() -> RequestRefusedError:
    """Return the error of a request without the key that the server asks for."""
    return RequestRefusedError(
        code=403, message="This server asks for an API key: add ?key=… or X-Goog-Api-Key."
    )


def too_large(limit: int) -> RequestRefusedError:
    """Return the error of a body over the limit; the connection ends with it, unread."""
    return RequestRefusedError(
        code=413,
        message=f"The request is larger than the {limit:,} bytes that this server takes.",
        headers={"Connection": "close"},
    )


def queue_full() -> RequestRefusedError:
    """Return the error of a request that finds too many waiting before it."""
    return RequestRefusedError(
        code=429,
        message="Too many comments are waiting to be scored: try again shortly.",
        headers={"Retry-After": "1"},
    )


def overdue() -> RequestRefusedError:
    """Return the error of a request whose scores took longer than the server's deadline."""
    return RequestRefusedError(
        code=504, message="The scores were not ready in time: try again later."
    )


def too_slow() -> RequestRefusedError:
    """Return the error of a client that stopped sending."""
    return RequestRefusedError(
        code=408,
        message="The request did not arrive in time.",
        headers={"Connection": "close"},
    )
