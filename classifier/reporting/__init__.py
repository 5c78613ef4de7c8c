"""Reporting: a labelled thread and its summary, for people and for programs."""

from classifier.reporting.json_record import to_json
from classifier.reporting.terminal import render

__all__ = ["render", "to_json"]
