"""From a page to a thread: where the article ends, where replies begin, what is quoted."""

from classifier.splitting.resolving import resolve_quotes
from classifier.splitting.splitter import split

__all__ = ["resolve_quotes", "split"]
