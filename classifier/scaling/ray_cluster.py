"""A connection to Ray: a cluster that runs, or one on this machine for the job's own time."""

import logging
import os
import socket
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

from classifier.errors import MissingExtraError, UsageError

_SECONDS = 5.0


@contextmanager
def connected(address: str | None, *, workers: int | None) -> Iterator[int]:
    """Connect to a cluster, and yield how many workers to run there.

    Ray reports nothing to its makers, serves no dashboard, and says nothing on standard error.

    Parameters
    ----------
    address : str or None
        ``host:port`` of the cluster's head, or ``auto`` for the one of this machine; None starts
        one here, on the loopback address, which ends with the context.
    workers : int or None
        How many were asked for; None is for as many as the cluster has processors.

    Raises
    ------
    MissingExtraError
        If Ray is not installed.
    UsageError
        If the cluster cannot be reached.
    """
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
    os.environ.setdefault("RAY_BACKEND_LOG_LEVEL", "fatal")
    # What the cluster reports, such as a worker that died, would be printed among what we print.
    os.environ.setdefault("RAY_DEDUP_LOGS_SKIP_REGEX", "^")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # of Ray's own code, by itself
            import ray
            import ray.data

            ray.data.DataContext.get_current()
    except ImportError as error:
        raise MissingExtraError("--engine ray", "scale") from error
    quiet = {"log_to_driver": False, "logging_level": logging.CRITICAL}
    if address is None:
        cores = max(workers or 1, os.cpu_count() or 1)
        here = {"num_cpus": cores, "include_dashboard": False, "_node_ip_address": "127.0.0.1"}
        with _hushed():
            ray.init("local", **here, **quiet)
    else:
        _reach(address)
        try:
            with _hushed():
                ray.init(address, **quiet)
        except (ConnectionError, ValueError, RuntimeError) as error:
            raise UsageError(_unreached(address, "no cluster answers there")) from error
    logging.getLogger("ray.data").setLevel(logging.CRITICAL)
    try:
        yield workers or max(1, int(ray.cluster_resources().get("CPU", 1)))
    finally:
        ray.shutdown()


@contextmanager
def _hushed() -> Iterator[None]:
    """Keep from standard error what Ray's native code says on it while it starts."""
    sys.stderr.flush()
    kept, nowhere = os.dup(2), os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)


def _reach(address: str) -> None:
    """Knock at the cluster's door; Ray itself would wait a minute and then end the process."""
    host, _, port = address.removeprefix("ray://").rpartition(":")
    if address == "auto":
        return
    if not host or not port.isdecimal():
        raise UsageError(f"--ray-address {address}: give it as host:port, or auto")
    try:
        socket.create_connection((host, int(port)), timeout=_SECONDS).close()
    except (OSError, OverflowError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise UsageError(_unreached(address, reason)) from error


def _unreached(address: str, reason: str) -> str:
    return (
        f"--ray-address {address}: cannot be reached ({reason}): start the cluster with 'ray start "
        "--head', or leave the option out to use this machine alone"
    )
