"""HTTP connections that do not wait for ever for a request's head."""

import asyncio

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

PATIENCE = "patience"


class PatientProtocol(HttpToolsProtocol):
    """An HTTP connection that is closed when a request's head takes too long to arrive.

    uvicorn closes connections that stay silent between requests; this covers the time from the
    connection, or from a request's first byte, to the end of its head. How long that may take, in
    seconds, is the application's state `PATIENCE`.
    """

    _head: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for the first request."""
        super().connection_made(transport)
        self._await_head()

    def data_received(self, data: bytes) -> None:
        """Take what arrived."""
        if self._head is None and (self.cycle is None or self.cycle.response_complete):
            self._await_head()
        super().data_received(data)

    def on_headers_complete(self) -> None:
        """Stop waiting: the head is there."""
        self._stop_waiting()
        super().on_headers_complete()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop waiting: nothing more will come."""
        self._stop_waiting()
        super().connection_lost(exc)

    def _await_head(self) -> None:
        patience = self.app_state[PATIENCE]
        self._head = self.loop.call_later(patience, self.timeout_keep_alive_handler)

    def _stop_waiting(self) -> None:
        if self._head is not None:
            self._head.cancel()
            self._head = None
