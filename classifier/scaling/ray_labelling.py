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
from classifier.scaling.worker import Label, label_piece, scorer_label

_ATTEMPTS = 3


class Attempts:
    """Counts how often a piece was begun, so that one which ends every worker is given up."""

    def __init__(self) -> None:
        self._begun: dict[int, int] = {}

    def begin(self, number: int) -> bool:
        """Tell whether a piece may be tried once more."""
        self._begun[number] = self._begun.get(number, 0) + 1
        return self._begun[number] <= _ATTEMPTS

    def end(self, number: int) -> None:
        """Forget a piece that was labelled."""
        self._begun.pop(number, None)


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
        if not ray.get(self._attempts.begin.remote(piece["number"])):
            return {"lost": f"{_ATTEMPTS} workers ended on it, perhaps for want of memory"}
        answer = label_piece(
            lines, folder=folder, shard=shard, settings=self._settings, label=self._loaded()
        )
        self._attempts.end.remote(piece["number"])
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
