"""Get corpus files, from their publishers or from a folder, never a half or a changed one."""

import hashlib
import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from classifier.errors import InputError
from classifier.training.sources import Source, SourceFile

Outcome = Literal["present", "fetched", "failed"]

_ATTEMPTS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchedFile:
    """What became of one file; `problem` says in one line why it failed."""

    file: SourceFile
    outcome: Outcome
    problem: str = ""


def fetch(
    sources: Sequence[Source],
    folder: Path,
    *,
    take_from: Path | None = None,
    advance: Callable[[int], None] = lambda _: None,
) -> Iterator[FetchedFile]:
    """Put the files of corpora in a folder; what is there already and right is left alone.

    Parameters
    ----------
    sources : sequence of Source
        The corpora.
    folder : Path
        Folder of corpora; made if missing.
    take_from : Path, optional
        A folder of corpora to copy from, instead of asking the publishers.
    advance : callable, optional
        Called with the bytes of each file when it is done.

    Yields
    ------
    FetchedFile
        One a file, as it is done. A file stands in the folder only with its right checksum.
    """
    for source in sources:
        for file in source.files:
            yield _fetch_file(file, folder, take_from)
            advance(file.bytes)


def is_present(file: SourceFile, folder: Path) -> bool:
    """Return whether the folder holds a file of that path and size."""
    path = folder / file.path
    return path.is_file() and path.stat().st_size == file.bytes


def _fetch_file(file: SourceFile, folder: Path, take_from: Path | None) -> FetchedFile:
    if is_present(file, folder) and _sha256(folder / file.path) == file.sha256:
        return FetchedFile(file=file, outcome="present")
    try:
        if take_from is not None:
            _copy(file, take_from, folder)
        else:
            _download(file, folder)
    except InputError as error:
        return FetchedFile(file=file, outcome="failed", problem=str(error))
    return FetchedFile(file=file, outcome="fetched")


def _copy(file: SourceFile, take_from: Path, folder: Path) -> None:
    source, final = take_from / file.path, folder / file.path
    part = final.with_name(f".{final.name}.{os.getpid()}.part")
    try:
        final.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, part)
        if _sha256(part) != file.sha256:
            raise InputError(f"{source}: is not the registered file: its checksum differs")
        part.replace(final)
    except OSError as error:
        raise InputError(f"{source}: cannot be copied: {error.strerror}") from error
    finally:
        part.unlink(missing_ok=True)


def _download(file: SourceFile, folder: Path) -> None:
    if file.url is None:
        raise InputError(
            f"{file.path}: cannot be fetched, since it is derived ({file.derived}) from "
            f"{', '.join(file.origin)}: name a folder that holds it with --from"
        )
    import pooch
    from requests.exceptions import RequestException

    pooch.get_logger().setLevel("ERROR")
    store = pooch.create(
        path=folder,
        base_url="",
        registry={file.path: f"sha256:{file.sha256}"},
        urls={file.path: file.url},
        retry_if_failed=_ATTEMPTS - 1,
    )
    try:
        store.fetch(file.path)
    except ValueError as error:
        raise InputError(f"{file.url}: is not the registered file: its checksum differs") from error
    except RequestException as error:
        reason = error.response.reason if error.response is not None else type(error).__name__
        raise InputError(f"{file.url}: cannot be fetched: {reason}") from error
    except OSError as error:
        raise InputError(f"{folder / file.path}: cannot be written: {error.strerror}") from error


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
