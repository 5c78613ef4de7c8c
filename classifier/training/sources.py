"""The register of corpora: which files, of which checksum, licence and use, from where."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from platformdirs import user_cache_path

from classifier.errors import ClassifierError, UsageError

_NAME = "sources.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFile:
    """One file of a corpus.

    Parameters
    ----------
    path : str
        Where it stands in a folder of corpora.
    bytes : int
        Its size.
    sha256 : str
        Its checksum.
    tasks : tuple of str
        Tasks that it serves; none for a licence or a note that comes with the corpus.
    parts : tuple of {"train", "dev", "test"}
        Parts that its examples stand in.
    url : str or None
        Where its publisher has it, byte for byte.
    derived : str or None
        How it came to be, where it is not a publisher's own file and cannot be fetched.
    origin : tuple of str
        What a derived file was made from.
    """

    path: str
    bytes: int
    sha256: str
    tasks: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    url: str | None = None
    derived: str | None = None
    origin: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One corpus; `permissive` says whether its data may be used for any purpose."""

    name: str
    title: str
    licence: str
    permissive: bool
    files: tuple[SourceFile, ...]
    licence_note: str = ""

    @property
    def tasks(self) -> tuple[str, ...]:
        """Tasks that its files serve."""
        return tuple(dict.fromkeys(task for file in self.files for task in file.tasks))

    @property
    def bytes(self) -> int:
        """Size of all its files."""
        return sum(file.bytes for file in self.files)


def default_folder() -> Path:
    """Return the folder in the user's cache that corpora are fetched into."""
    return user_cache_path("classifier", appauthor=False) / "corpora"


@cache
def read_register() -> tuple[Source, ...]:
    """Read the register of corpora that is installed with the package."""
    installed = Path(__file__).with_name(_NAME)
    checkout = Path(__file__).parent.parent.parent / "data" / _NAME
    for file in (installed, checkout):
        if file.is_file():
            content = tomllib.loads(file.read_text(encoding="utf-8"))
            return tuple(_source(entry) for entry in content["corpus"])
    raise ClassifierError(f"{installed}: the register of corpora is missing: install again")


def named_sources(names: tuple[str, ...]) -> tuple[Source, ...]:
    """Return the corpora of these names in the register's order; all, if no name is given.

    Raises
    ------
    UsageError
        If a name is not in the register.
    """
    register = read_register()
    known = [source.name for source in register]
    for name in names:
        if name not in known:
            raise UsageError(f"no corpus is called '{name}': known are {', '.join(known)}")
    return tuple(source for source in register if not names or source.name in names)


def _source(entry: dict[str, Any]) -> Source:
    files = tuple(SourceFile(**_with_tuples(file)) for file in entry["file"])
    return Source(**{name: value for name, value in entry.items() if name != "file"}, files=files)


def _with_tuples(table: dict[str, Any]) -> dict[str, Any]:
    return {
        name: tuple(value) if isinstance(value, list) else value for name, value in table.items()
    }
