"""The command line: one file a command, each a thin function over one that returns data."""

import sys

_INTERRUPTED = 130


def main() -> None:
    """Run the command line; an interrupt ends it in silence, also while its parts still load."""
    try:
        from classifier.cli.app import main as run

        run()
    except KeyboardInterrupt:
        sys.exit(_INTERRUPTED)


__all__ = ["main"]
