"""The command line: one file a command, each a thin function over one that returns data."""

from classifier.cli.app import main

__all__ = ["main"]
