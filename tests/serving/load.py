"""How much the server takes beside the models alone, measured on this machine in one run.

    python tests/serving/load.py comments.jsonl [--workers N] [--requests N] [--clients N]

The file holds one comment a line, as ``{"text": …}``; without it comments of usual lengths are
made up. Only a server that this script starts itself, on the loopback address, is called; the
number of requests is fixed.
"""
# ruff: noqa: T201 - it prints what it measures

import argparse
import asyncio
import json
import multiprocessing
import os
import random
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import quantiles

sys.path.insert(0, str(Path(__file__).parents[1]))

from serving.server import Running, start, stop

HEAD = "POST /v1alpha1/comments:analyze HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n\r\n"
WORDS = [
    *("the", "plan", "for", "this", "tunnel", "is", "not", "what", "people", "in", "town", "were"),
    *("promised", "and", "you", "know", "it", "very", "well", "council", "money", "toll", "bridge"),
    *(
        "never",
        "again",
        "honestly",
        "thanks",
        "good",
        "idiot",
        "stop",
        "lying",
        "please",
        "explain",
    ),
]
USUAL_LENGTHS = (6, 9, 12, 15, 20, 25, 30, 40, 55, 75, 110, 180)


@dataclass(frozen=True)
class Load:
    """What a run of requests came to."""

    seconds: float
    milliseconds: list[float]
    refused: int

    @property
    def rate(self) -> float:
        return len(self.milliseconds) / self.seconds

    def at(self, percent: int) -> float:
        return quantiles(self.milliseconds, n=100)[percent - 1]

    def __str__(self) -> str:
        return (
            f"{self.rate:.0f} comments a second, p50 {self.at(50):.0f} ms, p90 {self.at(90):.0f} "
            f"ms, p99 {self.at(99):.0f} ms, {self.refused} refused"
        )


def made_up(count: int) -> list[str]:
    chance = random.Random(7)
    return [
        " ".join(chance.choices(WORDS, k=chance.choice(USUAL_LENGTHS))) + "." for _ in range(count)
    ]


def read_comments(file: Path) -> list[str]:
    with file.open(encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line in lines]
    return [text for text in texts if text.strip() and len(text.encode()) <= 20_480]


async def one_request(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, body: bytes
) -> int:
    writer.write((HEAD % len(body)).encode() + body)
    await writer.drain()
    head = await reader.readuntil(b"\r\n\r\n")
    length = int(head.lower().split(b"content-length: ")[1].split(b"\r\n")[0])
    await reader.readexactly(length)
    return int(head.split(b" ", 2)[1])


async def closed_loop(port: int, bodies: Sequence[bytes], clients: int) -> Load:
    """Let each client send its next request when its last one is answered."""
    left: Iterator[bytes] = iter(bodies)
    times: list[float] = []
    refused = 0

    async def client() -> None:
        nonlocal refused
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        for body in left:
            began = time.perf_counter()
            status = await one_request(reader, writer, body)
            if status == 200:
                times.append(1000 * (time.perf_counter() - began))
            else:
                refused += 1
        writer.close()

    began = time.perf_counter()
    await asyncio.gather(*(client() for _ in range(clients)))
    return Load(time.perf_counter() - began, times, refused)


async def open_loop(port: int, bodies: Sequence[bytes], rate: float, clients: int) -> Load:
    """Send requests at random moments, so many a second; times count from when each was due."""
    free: asyncio.Queue[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = asyncio.Queue()
    for _ in range(clients):
        free.put_nowait(await asyncio.open_connection("127.0.0.1", port))
    chance = random.Random(3)
    times: list[float] = []
    refused = 0

    async def send(body: bytes, due: float) -> None:
        nonlocal refused
        connection = await free.get()
        try:
            status = await one_request(*connection, body)
        except (asyncio.IncompleteReadError, ConnectionError):  # closed for being idle
            connection = await asyncio.open_connection("127.0.0.1", port)
            status = await one_request(*connection, body)
        free.put_nowait(connection)
        if status == 200:
            times.append(1000 * (time.perf_counter() - due))
        else:
            refused += 1

    began = due = time.perf_counter()
    async with asyncio.TaskGroup() as tasks:
        for body in bodies:
            due += chance.expovariate(rate)
            await asyncio.sleep(max(0.0, due - time.perf_counter()))
            tasks.create_task(send(body, due))
    seconds = time.perf_counter() - began
    while not free.empty():
        free.get_nowait()[1].close()
    return Load(seconds, times, refused)


def models_alone(texts: Sequence[str]) -> tuple[float, float]:
    """Return what `score_many` does in a process of its own.

    Comments a second, and processor milliseconds a comment; the latter tell on a busy machine too.
    """
    context = multiprocessing.get_context("spawn")
    with context.Pool(1) as pool:
        return pool.apply(_rate, (list(texts),))


def _rate(texts: list[str]) -> tuple[float, float]:
    from classifier import Scorer

    scorer = Scorer()
    list(scorer.score_many(texts[:64]))
    began, worked = time.perf_counter(), time.process_time()
    list(scorer.score_many(texts))
    worked = time.process_time() - worked
    return len(texts) / (time.perf_counter() - began), 1000 * worked / len(texts)


def processes(server: Running) -> list[int]:
    parent = server.process.pid
    children = Path(f"/proc/{parent}/task/{parent}/children").read_text(encoding="ascii").split()
    return [parent, *map(int, children)]


def memory(server: Running) -> float:
    """Return the mebibytes that the server and its workers hold (Linux)."""
    return sum(_resident(process) for process in processes(server)) / 1024


def work(server: Running) -> float:
    """Return the processor milliseconds that the server and its workers have used (Linux)."""
    ticks = 0
    for process in processes(server):
        fields = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()
        ticks += int(fields[11]) + int(fields[12])
    return 1000 * ticks / os.sysconf("SC_CLK_TCK")


def _resident(process: int) -> int:
    status = Path(f"/proc/{process}/status").read_text(encoding="utf-8")
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS"))


def body_of(text: str) -> bytes:
    return json.dumps({"comment": {"text": text}, "requestedAttributes": {"TOXICITY": {}}}).encode()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("comments", nargs="?", type=Path)
    parser.add_argument("--requests", type=int, default=4_000)
    parser.add_argument("--clients", type=int, default=64)
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--threads", type=int)
    chosen = parser.parse_args()
    every = read_comments(chosen.comments) if chosen.comments else made_up(2_000)
    texts = [every[number % len(every)] for number in range(chosen.requests)]
    print(f"{len(every):,} comments, median {sorted(map(len, every))[len(every) // 2]} characters")
    some = texts[: max(200, chosen.requests // 4)]
    before, alone = models_alone(some)
    print(f"score_many: {before:.0f} comments a second, {alone:.1f} ms of processor time each")
    options = ["--threads", chosen.threads] if chosen.threads else []
    server = start("--workers", chosen.workers, *options)
    try:
        bodies = [body_of(text) for text in texts]
        asyncio.run(closed_loop(server.port, bodies[:200], chosen.clients))
        held, worked = memory(server), work(server)
        full = asyncio.run(closed_loop(server.port, bodies, chosen.clients))
        each = (work(server) - worked) / len(bodies)
        print(f"{chosen.clients} clients, each as fast as it is answered: {full}")
        print(f"the server's processor time: {each:.1f} ms a comment")
        half = asyncio.run(
            open_loop(server.port, bodies[: chosen.requests // 2], full.rate / 2, chosen.clients)
        )
        print(f"half of that load, at random moments: {half}")
        print(f"memory: {held:.0f} MiB before, {memory(server):.0f} MiB after")
    finally:
        stop(server)
    after, alone = models_alone(some)
    print(f"score_many again: {after:.0f} comments a second, {alone:.1f} ms of processor time each")
    print(f"the server's share of it: {full.rate / ((before + after) / 2):.0%}")


if __name__ == "__main__":
    main()
