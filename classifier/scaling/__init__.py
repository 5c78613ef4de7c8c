"""Scaling: a job that labels any amount of input, can be broken off anywhere, and goes on.

The threads of all inputs are cut into pieces of about a thousand replies, in their order. Worker
processes label pieces and write each as one shard, whole or not at all; a manifest says what is
done. What a shard is called and holds depends on inputs and options only.
"""

from classifier.scaling.folders import Folder, folder_at
from classifier.scaling.job import run_job
from classifier.scaling.outcome import JobResult
from classifier.scaling.settings import JobSettings

__all__ = ["Folder", "JobResult", "JobSettings", "folder_at", "run_job"]
