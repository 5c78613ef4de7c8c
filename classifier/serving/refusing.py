"""How a refusal is sent."""

from fastapi.responses import JSONResponse

from classifier.serving.errors import RequestRefusedError


def refuse(error: RequestRefusedError) -> JSONResponse:
    """Return the response that an error is answered with."""
    return JSONResponse(error.body, status_code=error.code, headers=dict(error.headers))
