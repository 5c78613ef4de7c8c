"""Around the whole application: limits on what arrives, and what every answer carries."""

import logging
import traceback
from asyncio import timeout
from pathlib import PurePath
from time import perf_counter
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from classifier.serving.errors import RequestRefusedError, of_status, too_large, too_slow
from classifier.serving.metrics import Metrics
from classifier.serving.refusing import refuse
from classifier.serving.settings import Settings

_LOG = logging.getLogger("classifier.serving")

_HEADERS = {
    b"x-content-type-options": b"nosniff",
    b"x-frame-options": b"DENY",
    b"referrer-policy": b"no-referrer",
    b"cross-origin-opener-policy": b"same-origin",
    b"cross-origin-resource-policy": b"same-origin",
    b"permissions-policy": b"camera=(), geolocation=(), microphone=()",
    b"cache-control": b"no-store",
    b"content-security-policy": b"default-src 'none'; frame-ancestors 'none'",
}
_PAGE_ROUTES = frozenset({"/v1/threads", "/report"})
_STREAM_ROUTES = frozenset({"/v1/score"})


class Guard:
    """Holds limits, counts, and lets nothing of a request out but its answer.

    A body that says it is too large is refused unread; one that turns out to be is cut off. A
    client that stops sending or taking is left. An error that nobody foresaw is logged by its kind
    and place alone, since its message may quote a comment.

    Parameters
    ----------
    app : ASGI application
        The routes.
    settings : Settings
        Limits.
    metrics : Metrics
        Counts.
    """

    def __init__(self, app: ASGIApp, *, settings: Settings, metrics: Metrics) -> None:
        self._app = app
        self._settings = settings
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        exchange = _Exchange(scope, receive, send, settings=self._settings)
        began = perf_counter()
        try:
            exchange.check()
            await self._app(scope, exchange.receive, exchange.send)
        except RequestRefusedError as error:
            await exchange.refuse(error)
        except _ClientGoneError:
            pass
        except Exception as error:  # noqa: BLE001 - the last place before the outside
            _LOG.error("%s at %s", type(error).__name__, _place(error))
            await exchange.refuse(of_status(500))
        finally:
            route = getattr(scope.get("route"), "path", "other")
            self._metrics.requests.labels(route, str(exchange.status)).inc()
            self._metrics.seconds.labels(route).observe(perf_counter() - began)


class _ClientGoneError(Exception):
    """A client takes no more of its answer."""


class _Exchange:
    """One request and its answer."""

    def __init__(self, scope: Scope, receive: Receive, send: Send, *, settings: Settings) -> None:
        self._scope = scope
        self._receive = receive
        self._send = send
        self._settings = settings
        self._arrived = 0
        self._complete = False
        self._limit = _limit(scope["path"], settings)
        self.status = 0

    def check(self) -> None:
        """Refuse what can be refused by a request's head.

        Raises
        ------
        RequestRefusedError
            If the body is too large, or another origin's web page sent the request.
        """
        headers = dict(self._scope["headers"])
        length = headers.get(b"content-length", b"0")
        if self._limit is not None and length.isdigit() and int(length) > self._limit:
            raise too_large(self._limit)
        foreign = headers.get(b"sec-fetch-site") in (b"cross-site", b"same-site")
        origin = headers.get(b"origin", b"").decode("latin-1")
        if foreign and self._scope["method"] == "POST" and origin not in self._settings.origins:
            raise RequestRefusedError(
                code=403,
                message="Web pages of other origins may not call this server: see --allow-origin.",
            )

    async def receive(self) -> Message:
        """Return the next piece of the request."""
        if self._complete:
            return await self._receive()
        try:
            async with timeout(self._settings.patience):
                message = await self._receive()
        except TimeoutError:
            raise too_slow() from None
        if message["type"] == "http.request":
            self._arrived += len(message.get("body", b""))
            self._complete = not message.get("more_body", False)
            if self._limit is not None and self._arrived > self._limit:
                raise too_large(self._limit)
        return message

    async def send(self, message: Message) -> None:
        """Send the next piece of the answer."""
        if message["type"] == "http.response.start":
            self.status = message["status"]
            message = {**message, "headers": _with_defaults(message.get("headers", ()))}
        try:
            async with timeout(self._settings.patience):
                await self._send(message)
        except TimeoutError:
            raise _ClientGoneError from None

    async def refuse(self, error: RequestRefusedError) -> None:
        """Answer with an error, if no answer has begun."""
        if not self.status:
            await refuse(error)(self._scope, self.receive, self.send)


def _limit(path: str, settings: Settings) -> int | None:
    if path in _STREAM_ROUTES:
        return None
    return settings.most_page if path in _PAGE_ROUTES else settings.most_body


def _with_defaults(headers: Any) -> list[tuple[bytes, bytes]]:  # noqa: ANN401 - ASGI's iterable
    given = [(name.lower(), value) for name, value in headers]
    names = {name for name, _ in given}
    return [*given, *((name, value) for name, value in _HEADERS.items() if name not in names)]


def _place(error: BaseException) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    if not frames:
        return "an unknown place"
    return f"{PurePath(frames[-1].filename).name}:{frames[-1].lineno}"
