"""Serve the application: sockets, worker processes, signals."""

import logging
import os
import signal
import socket
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial

import uvicorn
from uvicorn.supervisors import Multiprocess

from classifier.errors import UsageError
from classifier.labelling import Scorer
from classifier.serving.app import create_app
from classifier.serving.metrics import SHARED_FOLDER
from classifier.serving.protocol import PatientProtocol
from classifier.serving.service import load_scorer
from classifier.serving.settings import Settings

_MOST_CONNECTIONS = 1_000
_SECONDS_BETWEEN_REQUESTS = 30
_SECONDS_TO_DRAIN = 30
_SECONDS_TO_START = 120


def run(
    settings: Settings, *, host: str, port: int, workers: int, ready: Callable[[str], None]
) -> None:
    """Serve until SIGTERM or an interrupt, then answer what has arrived and leave.

    Parameters
    ----------
    settings : Settings
        How the server answers.
    host, port : str, int
        Where it listens; port 0 takes a free one.
    workers : int
        How many processes answer.
    ready : callable
        Takes the server's address once it listens.

    Raises
    ------
    UsageError
        If it cannot listen there.
    ModelError
        If a model is missing or damaged.
    """
    logging.basicConfig(format="classifier: %(message)s", level=logging.WARNING)
    listening = _listen(host, port)
    address = f"http://{f'[{host}]' if ':' in host else host}:{listening.getsockname()[1]}"
    with listening:
        if workers == 1:
            config = _config(create_app(settings, scorer=load_scorer(settings)))
            ready(address)
            with _returning_after_sigterm():
                uvicorn.Server(config).run(sockets=[listening])
            return
        Scorer(models=settings.models, comment=settings.comment, stance=settings.stance)
        with tempfile.TemporaryDirectory(prefix="classifier-metrics-") as folder:
            os.environ[SHARED_FOLDER] = folder
            ready(address)
            config = _config(partial(create_app, settings), workers=workers)
            Multiprocess(config, sockets=[listening]).run()


def _config(app: object, *, workers: int = 1) -> uvicorn.Config:
    return uvicorn.Config(
        app,  # type: ignore[arg-type]
        factory=isinstance(app, partial),
        workers=workers,
        http=PatientProtocol,
        ws="none",
        lifespan="on",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        limit_concurrency=_MOST_CONNECTIONS,
        timeout_keep_alive=_SECONDS_BETWEEN_REQUESTS,
        timeout_graceful_shutdown=_SECONDS_TO_DRAIN,
        timeout_worker_healthcheck=_SECONDS_TO_START,
    )


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
    except (OSError, OverflowError) as error:
        listening.close()
        reason = getattr(error, "strerror", None) or "not a port"
        raise UsageError(
            f"cannot listen on {host}:{port}: {reason}: choose another --host or --port"
        ) from error
    listening.listen(2048)
    listening.set_inheritable(True)
    return listening


@contextmanager
def _returning_after_sigterm() -> Iterator[None]:
    """Let uvicorn, which drains and then repeats the signal to itself, return from there."""
    before = signal.signal(signal.SIGTERM, lambda *_: None)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
