"""Write a folder of results as a whole, or not at all."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from classifier.errors import UsageError


@contextmanager
def whole_folder(path: str | Path) -> Iterator[Path]:
    """Give an empty folder to fill that takes the place of `path` once all is written.

    Until then, and if anything fails, what stood there keeps its place and is whole.

    Raises
    ------
    UsageError
        If the folder cannot be written, or a file stands there.
    """
    final = Path(path).resolve()
    if final.exists() and not final.is_dir():
        raise UsageError(f"{path}: cannot be written: it is a file, name a folder")
    try:
        final.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=f".{final.name}.", dir=final.parent) as scratch:
            filled, earlier = Path(scratch) / "filled", Path(scratch) / "earlier"
            filled.mkdir()
            yield filled
            if final.exists():
                final.rename(earlier)
            try:
                filled.rename(final)
            except OSError:
                if earlier.exists():
                    earlier.rename(final)
                raise
            shutil.rmtree(earlier, ignore_errors=True)
    except OSError as error:
        raise UsageError(f"{path}: cannot be written: {error.strerror}") from error
