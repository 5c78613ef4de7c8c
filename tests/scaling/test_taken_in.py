"""A thread that no worker can so much as take in: it alone is left out."""

import sys
from typing import TYPE_CHECKING

from scaling.conftest import left_out, replies

from classifier.pipeline import read_threads
from classifier.scaling import JobSettings, folder_at, run_job

if TYPE_CHECKING:
    from scaling.conftest import Job

# A worker as it is, but for one thread, which it ends on before it has it.
ENDING = """
import os, sys
from classifier.scaling import worker

class Inputs:
    def readline(self):
        line = sys.stdin.readline()
        if '"comments-4"' in line:
            os._exit(9)
        return line

worker.serve(Inputs(), sys.stdout, make_label=worker.scorer_label)
"""


def test_a_thread_that_ends_workers_before_they_have_it_is_left_out_alone(job: "Job") -> None:
    done = run_job(
        read_threads(job.comments(60)),
        folder=folder_at(job.folder / "out"),
        settings=JobSettings(models=str(job.models), replies=30),
        job={},
        workers=2,
        command=(sys.executable, "-c", ENDING),
    )
    assert done.replies == 55
    (told,) = left_out(job.folder / "out")
    assert told["thread"] == "comments-4"
    kept = [f"c{number}" for number in range(60) if not 20 <= number < 25]
    assert [reply["id"] for reply in replies(job.folder / "out")] == kept
