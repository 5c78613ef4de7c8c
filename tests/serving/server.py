"""A server of ours in a process of its own, as its users start it."""

import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

import httpx

START = "from classifier.cli import main; main()"


@dataclass
class Running:
    """A server of ours in a process of its own."""

    process: subprocess.Popen[str]
    url: str = ""
    said: list[str] = field(default_factory=list)

    def listen(self) -> None:
        assert self.process.stderr is not None
        for line in self.process.stderr:
            self.said.append(line)

    def get(self, path: str, **more: object) -> httpx.Response:
        return httpx.get(self.url + path, timeout=60, **more)

    def post(self, path: str, **more: object) -> httpx.Response:
        return httpx.post(self.url + path, timeout=60, **more)

    def analyze(self, text: str | None, *names: str, **more: object) -> httpx.Response:
        body = {
            "comment": {"text": text},
            "requestedAttributes": {name: {} for name in names or ["TOXICITY"]},
            **more,
        }
        return self.post("/v1alpha1/comments:analyze", json=body)

    @property
    def port(self) -> int:
        return int(self.url.rsplit(":", 1)[1])

    def terminate(self) -> int:
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(60)


Serve = Callable[..., Running]


def start(*options: object) -> Running:
    process = subprocess.Popen(
        [sys.executable, "-c", START, "serve", "--port", "0", *map(str, options)],
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "OMP_NUM_THREADS": "1"},
    )
    running = Running(process)
    threading.Thread(target=running.listen, daemon=True).start()
    ends = time.monotonic() + 120
    while time.monotonic() < ends and process.poll() is None:
        if found := re.search(r"listening on (http://\S+)", "".join(running.said)):
            running.url = found[1]
            if _is_ready(running.url):
                return running
        time.sleep(0.05)
    process.kill()
    raise AssertionError("the server did not start: " + "".join(running.said))


def _is_ready(url: str) -> bool:
    try:
        return httpx.get(url + "/readyz", timeout=60).is_success
    except httpx.TransportError:
        return False


def stop(running: Running) -> None:
    if running.process.poll() is None:
        running.process.terminate()
        try:
            running.process.wait(60)
        except subprocess.TimeoutExpired:
            running.process.kill()
    running.process.communicate()
