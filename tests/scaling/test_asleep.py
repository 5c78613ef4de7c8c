"""A worker that sleeps for good over a thread is killed; the thread alone is left out."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from scaling.conftest import left_out, replies

from classifier.pipeline import read_threads
from classifier.scaling import JobSettings, folder_at, run_job

if TYPE_CHECKING:
    from scaling.conftest import Job

# A worker as it is, but for one thread, over which it waits for what never comes.
SLEEPER = """
import threading
from classifier.scaling import worker

def make_label(settings):
    label = worker.scorer_label(settings)
    def sleeping(thread):
        if thread.id == "comments-4":
            threading.Event().wait()
        return label(thread)
    return sleeping

import sys
worker.serve(sys.stdin, sys.stdout, make_label=make_label)
"""


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="the system tells no such times")
def test_a_thread_over_which_workers_sleep_for_good_is_left_out_alone(job: "Job") -> None:
    source = job.comments(60)
    done = run_job(
        read_threads(source),
        folder=folder_at(job.folder / "out"),
        settings=JobSettings(models=str(job.models), replies=30),
        job={},
        workers=2,
        command=(sys.executable, "-c", SLEEPER),
        patience=2,
    )
    assert done.replies == 55
    (told,) = left_out(job.folder / "out")
    assert told["thread"] == "comments-4"
    assert "memory" in told["reason"]
    kept = [f"c{number}" for number in range(60) if not 20 <= number < 25]
    assert [reply["id"] for reply in replies(job.folder / "out")] == kept
