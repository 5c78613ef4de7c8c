"""Kill a job at random moments, go on each time, and print what its folders hold in the end.

Run as ``python killed_again.py SOURCE MODELS FOLDER KILLS``. Jobs are forked from this process, so
that none of them spends its life on imports. On a machine whose speed changes the moments may fall
before the first shard or after the last: killing then goes on, four times as often at most, until
more than a fifth of ``KILLS`` fell between.
"""

import hashlib
import json
import os
import random
import signal
import sys
import time
from pathlib import Path

from classifier.pipeline import read_threads
from classifier.scaling import JobSettings, folder_at, run_job

_SEED = 7
_REPLIES = 25


def main(source: str, models: str, folder: str, kills: int) -> None:
    unbroken = Path(folder) / "unbroken"
    begun = time.monotonic()
    _wait(_start(source, models, unbroken))
    length = time.monotonic() - begun
    moments = random.Random(_SEED)
    killed = halfway = 0
    folders: list[Path] = []

    def enough() -> bool:
        return killed >= kills and (halfway > kills / 5 or killed >= 4 * kills)

    while not enough():
        broken = Path(folder) / f"broken-{len(folders)}"
        folders.append(broken)
        while not enough():
            job = _start(source, models, broken)
            time.sleep(moments.uniform(0, length))
            ended, _ = os.waitpid(job, os.WNOHANG)
            if ended:
                break
            os.kill(job, signal.SIGKILL)
            os.waitpid(job, 0)
            killed += 1
            halfway += bool(0 < len(list(broken.glob("shard-*"))) < len(contents(unbroken)) - 3)
        _wait(_start(source, models, broken))
    sys.stdout.write(
        json.dumps(
            {
                "killed": killed,
                "halfway": halfway,
                "unbroken": contents(unbroken),
                "broken": [contents(each) for each in folders],
            }
        )
    )


def contents(folder: Path) -> dict[str, str]:
    return {
        file.name: hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted(folder.iterdir())
        if file.name != ".lock"
    }


def _start(source: str, models: str, folder: Path) -> int:
    job = os.fork()
    if job:
        return job
    code = 1
    try:
        settings = JobSettings(models=models, replies=_REPLIES)
        job = {"name": "a test"}
        run_job(read_threads(source), folder=folder_at(folder), settings=settings, job=job)
        code = 0
    finally:
        os._exit(code)


def _wait(job: int) -> None:
    _, status = os.waitpid(job, 0)
    if status:
        raise SystemExit(f"a job ended with status {status}")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4]))
