"""The released split model: found in a folder, read into plain arrays."""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from classifier.checksums import CHECKSUMS, verify_checksums
from classifier.errors import ModelError
from classifier.splitting.features import WordWeights
from classifier.splitting.lookup import Vocabulary
from classifier.splitting.network import Network
from classifier.splitting.network import from_arrays as network_of
from classifier.splitting.network import to_arrays as network_arrays
from classifier.splitting.quotes import QUOTED_SHARE
from classifier.splitting.trees import Trees

TABLES = "tables.npz"
SETTINGS = "config.json"
PARTS = ("borders", "excerpts")
WORDS = ("words", "openings")
CONTEXT = "context"
_MOST_BYTES = 1 << 28

Arrays = Mapping[str, NDArray[Any]]

_FOLDER = "split"
_ENVIRONMENT = "CLASSIFIER_MODELS"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlattScaling:
    """A line from log-odds to those of being right (Platt 1999)."""

    slope: float = 1.0
    intercept: float = 0.0

    def probability(self, margin: float) -> float:
        """Return how likely what has this margin is right."""
        return float(1 / (1 + np.exp(-(self.slope * margin + self.intercept))))


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Fitted thresholds and calibration of the split model.

    Parameters
    ----------
    furniture, border, excerpt : float, in (0, 1)
        Probability from which a paragraph is furniture, a border, or pasted.
    quote : float, in (0, 1)
        Share of a paragraph's words that must repeat its source.
    confidence : PlattScaling
        From the log-odds of the article's end to `split_confidence`.
    """

    furniture: float = 0.4
    border: float = 0.49
    excerpt: float = 0.5
    quote: float = QUOTED_SHARE
    confidence: PlattScaling = PlattScaling()


@dataclass(frozen=True, slots=True, kw_only=True)
class SplitModel:
    """All that splitting needs to have learned.

    Parameters
    ----------
    words : WordWeights
        How much each frequent word speaks for each kind of paragraph.
    openings : WordWeights
        How much each of a paragraph's first words speaks for the beginning of a post.
    context : Network
        What reads each paragraph's kind, borders and the article's end from the whole page.
    borders, excerpts : Trees
        The second looks at borders between replies and at pasted paragraphs.
    settings : Settings
        Thresholds and calibration.
    """

    words: WordWeights
    openings: WordWeights
    context: Network
    borders: Trees
    excerpts: Trees
    settings: Settings


def load_model(models: Path | None = None) -> SplitModel:
    """Return the split model, from `models`, ``CLASSIFIER_MODELS``, or the installed package.

    Raises
    ------
    ModelError
        If it is found in none of them, is damaged, or does not match its checksums.
    """
    return _read(_folder(models, os.environ.get(_ENVIRONMENT)))


def to_arrays(model: SplitModel) -> dict[str, NDArray[np.generic]]:
    """Return the model's arrays under the names that `TABLES` holds them by."""
    arrays: dict[str, NDArray[np.generic]] = {}
    for part in WORDS:
        words: WordWeights = getattr(model, part)
        arrays[f"{part}.hashes"] = words.vocabulary.hashes
        arrays[f"{part}.weights"] = words.weights.astype(np.float16)
    arrays |= {f"{CONTEXT}.{name}": a for name, a in network_arrays(model.context).items()}
    for part in PARTS:
        trees = getattr(model, part)
        arrays |= {
            f"{part}.{field.name}": _narrow(np.asarray(getattr(trees, field.name)))
            for field in fields(Trees)
        }
    return arrays


def _narrow(array: NDArray[Any]) -> NDArray[np.generic]:
    return array.astype(np.int32) if array.dtype.kind == "i" else array


@lru_cache(maxsize=8)
def _folder(models: Path | None, named: str | None) -> Path:
    """Return the model's folder, looked for once."""
    package = Path(__file__).parent.parent
    places = [Path(place) for place in (models, named) if place]
    places += [package / "models", package.parent / "models"]
    for place in places:
        if any((place / _FOLDER / file).is_file() for file in (TABLES, CHECKSUMS)):
            return place / _FOLDER
    looked = ", ".join(str(place) for place in places)
    raise ModelError(
        f"model 'split' was not found in {looked}: install classifier again, train it with "
        f"'classifier train split', or name its folder with --models or {_ENVIRONMENT}"
    )


@lru_cache(maxsize=2)
def _read(folder: Path) -> SplitModel:
    verify_checksums(folder, read=(SETTINGS, TABLES))
    try:
        settings = json.loads((folder / SETTINGS).read_text(encoding="utf-8"))
        with (folder / TABLES).open("rb") as file, np.load(file, allow_pickle=False) as arrays:
            _check_size(sum(member.file_size for member in arrays.zip.infolist()))
            return SplitModel(
                words=_words(arrays, "words"),
                openings=_words(arrays, "openings"),
                context=network_of(_within(arrays, CONTEXT)),
                borders=_trees(arrays, "borders"),
                excerpts=_trees(arrays, "excerpts"),
                settings=_settings(settings["settings"]),
            )
    except Exception as error:  # zipfile, zlib, json and numpy raise many kinds
        raise ModelError(
            f"{folder}: the split model is damaged ({error}): run 'classifier train split' or "
            "install the package again"
        ) from error


def _check_size(unpacked: int) -> None:
    if unpacked > _MOST_BYTES:
        raise ValueError("it unpacks to more than the model can hold")


def _settings(told: Mapping[str, Any]) -> Settings:
    return Settings(**{**told, "confidence": PlattScaling(**told["confidence"])})


def _words(arrays: Arrays, part: str) -> WordWeights:
    hashes, weights = arrays[f"{part}.hashes"], arrays[f"{part}.weights"]
    return WordWeights(Vocabulary.of(hashes), weights.astype(np.float32))


def _within(arrays: Arrays, part: str) -> Arrays:
    """Return a part's arrays by their names within it."""
    return {
        name.removeprefix(f"{part}."): arrays[name]
        for name in arrays
        if name.startswith(f"{part}.")
    }


def _trees(arrays: Arrays, part: str) -> Trees:
    return Trees(
        feature=arrays[f"{part}.feature"].astype(np.intp),
        threshold=arrays[f"{part}.threshold"],
        right=arrays[f"{part}.right"].astype(np.intp),
        value=arrays[f"{part}.value"],
        root=arrays[f"{part}.root"].astype(np.intp),
        baseline=float(arrays[f"{part}.baseline"]),
        depth=int(arrays[f"{part}.depth"]),
    )
