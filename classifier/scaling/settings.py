"""What decides the labels of a job, and in what form they are written."""

import hashlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

from classifier import __version__
from classifier.checksums import CHECKSUMS

ShardFormat = Literal["jsonl", "parquet"]
SHARD_FORMATS: tuple[ShardFormat, ...] = ("jsonl", "parquet")
REPLIES_A_SHARD = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class JobSettings:
    """What every worker is told.

    Parameters
    ----------
    targets : tuple of str
        Topic phrases that every reply's stance is asked towards.
    find_topics : bool
        Find topics in each thread where `targets` is empty.
    baseline, tone, spans : bool
        Label with the baseline beside; label tone; say which sentences carry a label.
    comment, stance, models : str or None
        Models that take the place of released ones, and the folder in which those are looked for.
    shards : {"jsonl", "parquet"}
        Form of the shards: labelled threads, one a line, or flat rows, one a reply.
    replies : int
        From how many replies on a shard is full; threads are never cut.
    """

    targets: tuple[str, ...] = ()
    find_topics: bool = True
    baseline: bool = False
    tone: bool = False
    spans: bool = False
    comment: str | None = None
    stance: str | None = None
    models: str | None = None
    shards: ShardFormat = "jsonl"
    replies: int = REPLIES_A_SHARD

    @classmethod
    def from_json(cls, content: Mapping[str, Any]) -> "JobSettings":
        """Return the settings that `to_json` gave."""
        return cls(**{**content, "targets": tuple(content["targets"])})

    def to_json(self) -> dict[str, Any]:
        """Return the settings as plain values that `json` can write."""
        return {**asdict(self), "targets": list(self.targets)}


def models_of(settings: JobSettings) -> dict[str, Path]:
    """Return the folders of the models that a job uses, the one that splits pages included.

    Raises
    ------
    ModelError
        If one is not found.
    """
    from classifier.labelling.released import find_model

    root = None if settings.models is None else Path(settings.models)
    used = {"comment": settings.comment, "stance": settings.stance, "split": None}
    if settings.tone:
        used["tone"] = None
    return {
        name: find_model(name, models=root) if given is None else Path(given)
        for name, given in used.items()
    }


def identity(settings: JobSettings, *, models: Mapping[str, Path]) -> dict[str, Any]:
    """Return what must be the same for shards of two runs to belong together.

    Models count by what they are, not by where they lie.

    Parameters
    ----------
    settings : JobSettings
        Of the run.
    models : mapping of str to Path
        Folders of the models that it uses, by name.
    """
    content = settings.to_json()
    for place in ("comment", "stance", "models"):
        del content[place]
    content["classifier"] = __version__
    for name, folder in models.items():
        file = folder / CHECKSUMS
        told = file.read_bytes() if file.is_file() else str(folder).encode()
        content[f"model {name}"] = hashlib.sha256(told).hexdigest()
    return content
