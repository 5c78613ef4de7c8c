"""Checksums of a model folder: written with the model, verified before it is used.

They find a download that was cut short, a disk that failed and a file that was swapped. They are
no signature: whoever may write the whole folder may write its checksums too.
"""

import hashlib
import re
from collections.abc import Iterable
from pathlib import Path

from classifier.errors import ModelError

CHECKSUMS = "SHA256SUMS"
_RENEWED = frozenset({CHECKSUMS, "README.md", "metrics.json", "suite.json", "gains.json"})
"""What `evaluate` and `train` write anew without touching the model: figures and card."""
_LINE = re.compile(r"([0-9a-f]{64}) [ *]([^/\\\0]+)", re.ASCII)


def write_checksums(folder: Path) -> None:
    """Write ``SHA256SUMS``, in the format of coreutils' ``sha256sum``, over a model's files.

    Figures and card are left out, since they are renewed without the model.

    Parameters
    ----------
    folder : Path
        A model folder that is complete.
    """
    files = sorted(
        file
        for file in folder.iterdir()
        if file.is_file() and file.name not in _RENEWED and not file.name.startswith(".")
    )
    lines = [f"{_sha256(file)}  {file.name}\n" for file in files]
    (folder / CHECKSUMS).write_text("".join(lines), encoding="utf-8", newline="\n")


def verify_checksums(folder: Path, *, read: Iterable[str]) -> None:
    """Check that a model's files are those that its checksums were written for.

    Parameters
    ----------
    folder : Path
        A model folder.
    read : iterable of str
        Names of the files that are going to be read: those that are there must be listed.

    Raises
    ------
    ModelError
        If a file was changed, is missing or not listed, or if there are no checksums.
    """
    expected = _listed(folder)
    for name in read:
        if name not in expected and (folder / name).exists():
            raise ModelError(f"{folder / name}: not listed in {CHECKSUMS}: {_remedy(folder)}")
    for name, checksum in expected.items():
        try:
            found = _sha256(folder / name)
        except FileNotFoundError as error:
            raise ModelError(f"{folder / name}: is missing: install the model again") from error
        except OSError as error:
            raise ModelError(f"{folder / name}: cannot be read: {error.strerror}") from error
        if found != checksum:
            raise ModelError(
                f"{folder / name}: damaged or changed, its checksum is another: {_remedy(folder)}"
            )


def _listed(folder: Path) -> dict[str, str]:
    """Return the checksum of each file that is listed, by its name."""
    file = folder / CHECKSUMS
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError as error:
        raise ModelError(f"{file}: the model's checksums are missing: {_remedy(folder)}") from error
    except (OSError, ValueError) as error:
        raise ModelError(f"{file}: cannot be read: {_remedy(folder)}") from error
    found = [_LINE.fullmatch(line) for line in lines]
    expected = {match[2]: match[1] for match in found if match}
    if not expected or None in found:
        raise ModelError(f"{file}: holds no checksums or is damaged: {_remedy(folder)}")
    return expected


def _remedy(folder: Path) -> str:
    return (
        "install the model again, or if it is your own change run "
        f"'classifier models checksum {folder}'"
    )


def _sha256(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
