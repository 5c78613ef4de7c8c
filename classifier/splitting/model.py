"""The released split model: found in a folder, read into plain arrays."""

import json
import os
from dataclasses import dataclass, fields
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from classifier.errors import ModelError
from classifier.splitting.features import WordWeights
from classifier.splitting.lookup import Vocabulary
from classifier.splitting.trees import Trees

TABLES = "tables.npz"
SETTINGS = "config.json"
PARTS = ("kinds", "ends", "borders", "excerpts")

_FOLDER = "split"
_ENVIRONMENT = "CLASSIFIER_MODELS"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Fitted thresholds and calibration of the split model.

    Parameters
    ----------
    furniture, border, excerpt : float, in (0, 1)
        Probability from which a paragraph is furniture, a border, or pasted.
    quote : float, in (0, 1)
        Share of a paragraph's words that must repeat its source.
    slope, intercept : float
        Platt scaling from the log-odds of the best end of the article to `split_confidence`.
    """

    furniture: float = 0.5
    border: float = 0.5
    excerpt: float = 0.5
    quote: float = 0.6
    slope: float = 1.0
    intercept: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class SplitModel:
    """All that splitting needs to have learned.

    Parameters
    ----------
    words : WordWeights
        How much each frequent word speaks for each kind of paragraph.
    kinds, ends, borders, excerpts : Trees
        Models of paragraph kinds, article ends, borders between replies, and pasted paragraphs.
    settings : Settings
        Thresholds and calibration.
    """

    words: WordWeights
    kinds: Trees
    ends: Trees
    borders: Trees
    excerpts: Trees
    settings: Settings


def load_model(models: Path | None = None) -> SplitModel:
    """Return the split model, from `models`, ``CLASSIFIER_MODELS``, or the installed package.

    Raises
    ------
    ModelError
        If it is found in none of them, or is damaged.
    """
    return _read(_folder(models))


def to_arrays(model: SplitModel) -> dict[str, NDArray[np.generic]]:
    """Return the model's arrays under the names that `TABLES` holds them by."""
    arrays: dict[str, NDArray[np.generic]] = {
        "words.hashes": model.words.vocabulary.hashes,
        "words.weights": model.words.weights,
    }
    for part in PARTS:
        trees = getattr(model, part)
        arrays |= {
            f"{part}.{field.name}": np.asarray(getattr(trees, field.name))
            for field in fields(Trees)
        }
    return arrays


def _folder(models: Path | None) -> Path:
    places = [] if models is None else [models]
    if named := os.environ.get(_ENVIRONMENT):
        places.append(Path(named))
    package = Path(__file__).parent.parent
    places += [package / "models", package.parent / "models"]
    for place in places:
        if (place / _FOLDER / TABLES).is_file():
            return place / _FOLDER
    looked = ", ".join(str(place) for place in places)
    raise ModelError(
        f"model 'split' was not found in {looked}: install classifier again, train it with "
        f"'classifier train split', or name its folder with --models or {_ENVIRONMENT}"
    )


@lru_cache(maxsize=2)
def _read(folder: Path) -> SplitModel:
    try:
        with np.load(folder / TABLES, allow_pickle=False) as arrays:
            words = WordWeights(
                Vocabulary.of(arrays["words.hashes"]), arrays["words.weights"].astype(np.float32)
            )
            trees = {part: _trees(arrays, part) for part in PARTS}
        settings = Settings(
            **json.loads((folder / SETTINGS).read_text(encoding="utf-8"))["settings"]
        )
        return SplitModel(words=words, settings=settings, **trees)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelError(
            f"{folder}: the split model is damaged ({error}): run 'classifier train split' or "
            "install the package again"
        ) from error


def _trees(arrays: "np.lib.npyio.NpzFile", part: str) -> Trees:
    columns = {field.name: arrays[f"{part}.{field.name}"] for field in fields(Trees)}
    return Trees(**{**columns, "depth": int(columns["depth"])})
