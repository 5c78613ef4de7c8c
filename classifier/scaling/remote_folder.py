"""The folder of a job on a file system that pyarrow knows: s3://, gs://, hdfs:// and others."""

import hashlib
import io
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import BinaryIO
from urllib.parse import urlsplit

from classifier.errors import MissingExtraError, UsageError
from classifier.scaling.folders import reason_of

_BLOCK = 1 << 20
# Their objects appear when all of them has arrived, and cannot be renamed.
_OBJECT_STORES = {"s3", "gcs", "abfs"}


class RemoteFolder:
    """A folder named by a URI; several runs at once are not kept apart in it.

    Parameters
    ----------
    address : str
        The URI, as pyarrow's ``FileSystem.from_uri`` reads it: with its user, password and
        query where the file system takes such.
    """

    def __init__(self, address: str) -> None:
        try:
            from pyarrow.fs import FileSelector, FileSystem, FileType
        except ImportError as error:
            raise MissingExtraError(f"{named(address)}: writing there", "parquet") from error
        try:
            self._system, self._path = FileSystem.from_uri(address)
        except (ValueError, OSError) as error:
            raise UsageError(f"{named(address)}: cannot be used: {reason_of(error)}") from error
        self._absent, self._all = FileType.NotFound, FileSelector
        self._stores = self._system.type_name in _OBJECT_STORES
        self.address = address

    def __str__(self) -> str:
        return named(self.address)

    @contextmanager
    def held(self) -> Iterator[None]:
        """Make the folder, and remove unfinished files."""
        self._system.create_dir(self._path, recursive=True)
        if not self._stores:
            for file in self._system.get_file_info(self._all(self._path)):
                if file.base_name.endswith(".part"):
                    self._system.delete_file(file.path)
        yield

    def read(self, name: str) -> bytes:
        """Return a file's content."""
        if self._system.get_file_info(self._at(name)).type == self._absent:
            raise FileNotFoundError(self._at(name))
        with self._system.open_input_stream(self._at(name)) as stream:
            return bytes(stream.read())

    def write(self, name: str, write: Callable[[BinaryIO], object]) -> None:
        """Write a file at once; where files can be renamed, beside its name first."""
        # Gathered first: closing a stream would make an object of whatever had arrived.
        content = io.BytesIO()
        write(content)
        part = name if self._stores else f".{name}.{uuid.uuid4().hex}.part"
        with self._system.open_output_stream(self._at(part)) as stream:
            stream.write(content.getbuffer())
        if not self._stores:
            self._system.move(self._at(part), self._at(name))

    def append(self, name: str, line: bytes) -> bool:  # noqa: ARG002
        """Do nothing: objects are written once."""
        return False

    def remove(self, name: str) -> None:
        """Remove a file, if it is there."""
        if self._system.get_file_info(self._at(name)).type != self._absent:
            self._system.delete_file(self._at(name))

    def sha256(self, name: str) -> str | None:
        """Return a file's checksum, or None."""
        content = hashlib.sha256()
        try:
            with self._system.open_input_stream(self._at(name)) as stream:
                while block := stream.read(_BLOCK):
                    content.update(block)
        except OSError:
            return None
        return content.hexdigest()

    def _at(self, name: str) -> str:
        return f"{self._path}/{name}"


def named(address: str) -> str:
    """Return a URI without user, password and query, fit for messages."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"
