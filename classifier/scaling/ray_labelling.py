"""What labels on a Ray cluster: actors that hold the models."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

import ray

from classifier.errors import ClassifierError
from classifier.scaling.folders import folder_at
from classifier.scaling.ray_reading import Row, stand_in
from classifier.scaling.settings import JobSettings, identity, models_of
from classifier.scaling.shards import shard_name
from classifier.scaling.suspects import Suspects
from classifier.scaling.worker import Label, label_piece, scorer_label

_ENDED = "several workers ended on it, perhaps for want of memory"


class Attempts:
    """Knows what workers died on, so that a piece which ends every worker is given up."""

    def __init__(self) -> None:
        self._suspects: dict[int, Suspects] = {}

    def begin(self, number: int) -> tuple[bool, tuple[int, ...]] | None:
        """Return whether to tell of each thread of a piece, and those to skip; None to give up."""
        suspects = self._suspects.setdefault(number, Suspects())
        return (suspects.careful, suspects.skipped) if suspects.begin() else None

    def at(self, number: int, place: int | None) -> None:
        """Note which thread of a piece is begun."""
        self._suspects[number].at(place)

    def end(self, number: int) -> None:
        """Forget a piece that was labelled."""
        self._suspects.pop(number, None)


class Labeller:
    """An actor that holds the models, labels pieces and writes their shards.

    Parameters
    ----------
    settings : mapping
        Of the job, as `JobSettings.to_json` gives them.
    folder : str
        Address of the folder.
    job : mapping
        The job's `identity`; a node with other models or another version is refused.
    attempts : actor handle
        Of `Attempts`.
    stand : str
        Folder that relative paths start from.
    """

    def __init__(
        self,
        *,
        settings: Mapping[str, Any],
        folder: str,
        job: Mapping[str, Any],
        attempts: Any,  # noqa: ANN401 - Ray's handles are not typed
        stand: str,
    ) -> None:
        stand_in(stand)
        self._settings = JobSettings.from_json(settings)
        self._address = folder
        self._job = job
        self._attempts = attempts
        self._label: Label | None = None

    def __call__(self, row: Row) -> Row:
        """Return what became of a piece; pass on other rows as they are."""
        if row["kind"] != "piece":
            return {"kind": row["kind"], "head": row["head"]}
        piece = json.loads(row["head"])
        try:
            answer = self._worked(piece, row["lines"])
        except ClassifierError as error:  # an exception would be wrapped in Ray's, with its trace
            answer = {"stopped": str(error)}
        return {"kind": "piece", "head": json.dumps(piece | {"answer": answer})}

    def _worked(self, piece: Mapping[str, Any], lines: Sequence[str]) -> dict[str, Any]:
        folder = folder_at(self._address)
        shard = shard_name(piece["number"], self._settings.shards)
        if piece["sha256"] is not None and folder.sha256(shard) == piece["sha256"]:
            return {"kept": True}
        number = piece["number"]
        if (begun := ray.get(self._attempts.begin.remote(number))) is None:
            return {"lost": _ENDED}
        careful, skipped = begun
        answer = label_piece(
            lambda place: lines[place],
            count=len(lines),
            folder=folder,
            shard=shard,
            settings=self._settings,
            label=self._loaded(),
            skipped=dict.fromkeys(skipped, _ENDED),
            begin=(lambda place: ray.get(self._attempts.at.remote(number, place)))
            if careful
            else None,
        )
        self._attempts.end.remote(number)
        return answer

    def _loaded(self) -> Label:
        if self._label is None:
            own = identity(self._settings, models=models_of(self._settings))
            differing = [key for key in own if own[key] != self._job.get(key)]
            if differing:
                raise ClassifierError(
                    f"{ray.util.get_node_ip_address()}: its {differing[0]} is not that of the "
                    "machine that runs the job: install the same there"
                )
            self._label = scorer_label(self._settings)
        return self._label
