"""What the server counts, for Prometheus. No label of any metric holds text of a request."""

import os

from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    generate_latest,
)
from prometheus_client.multiprocess import MultiProcessCollector

CONTENT_TYPE = CONTENT_TYPE_LATEST
SHARED_FOLDER = "PROMETHEUS_MULTIPROC_DIR"

_SECONDS = (0.005, 0.01, 0.02, 0.04, 0.06, 0.1, 0.2, 0.4, 0.8, 1.6, 5.0, 15.0)
_SIZES = (1, 2, 4, 8, 16, 32)


class Metrics:
    """The counters of one process.

    Where several workers share the folder that `PROMETHEUS_MULTIPROC_DIR` names, what any of them
    shows is the sum of all.
    """

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self.requests = Counter(
            "classifier_requests",
            "Requests answered, by route and status.",
            ["route", "status"],
            registry=self._registry,
        )
        self.seconds = Histogram(
            "classifier_request_seconds",
            "Time from a request's head to the end of its answer.",
            ["route"],
            buckets=_SECONDS,
            registry=self._registry,
        )
        self.comments = Counter(
            "classifier_comments", "Comments and sentences scored.", registry=self._registry
        )
        self.batch = Histogram(
            "classifier_batch_size",
            "Comments scored in one pass.",
            buckets=_SIZES,
            registry=self._registry,
        )
        self.waiting = Gauge(
            "classifier_waiting",
            "Comments that wait to be scored.",
            multiprocess_mode="livesum",
            registry=self._registry,
        )

    def exposition(self) -> bytes:
        """Return all metrics in Prometheus' text format."""
        if SHARED_FOLDER not in os.environ:
            return generate_latest(self._registry)
        together = CollectorRegistry()
        MultiProcessCollector(together)  # type: ignore[no-untyped-call]
        return generate_latest(together)
