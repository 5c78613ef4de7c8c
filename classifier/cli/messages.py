"""What goes to standard error: one line a message."""

import sys

from classifier.terminal_text import readable_name, visible


def complain(message: object) -> None:
    """Print one line on standard error, whatever a path in it would do to a terminal."""
    line = " ".join(str(message).splitlines())
    sys.stderr.write(f"classifier: {visible(readable_name(line))}\n")
    sys.stderr.flush()
