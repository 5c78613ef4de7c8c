"""Saved pages with their markup: a forum's threads, and articles with comments under them.

`engine` says how an engine's marks are described, `engines/` describes them, one file each.
`posts` finds the posts that the marks show, `rendering` turns markup into readable text,
`discussion` makes a `Thread` of both. Pages of no known engine are read by `article` and
`repeats`.
"""

from classifier.reading.html.engines import ENGINES
from classifier.reading.html.pages import read_html

__all__ = ["ENGINES", "read_html"]
