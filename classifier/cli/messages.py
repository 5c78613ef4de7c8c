"""What goes to standard error: one line a message."""

import sys


def complain(message: object) -> None:
    """Print one line on standard error, whatever line breaks a path in it has."""
    line = " ".join(str(message).splitlines())
    sys.stderr.write(f"classifier: {line}\n")
    sys.stderr.flush()
