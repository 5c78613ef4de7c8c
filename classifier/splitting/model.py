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
from classifier.splitting.quotes import QUOTED_SHARE
from classifier.splitting.trees import Trees

TABLES = "tables.npz"
SETTINGS = "config.json"
PARTS = ("kinds", "ends", "choices", "borders", "layouts", "excerpts")
WORDS = ("words", "openings")
_MOST_BYTES = 1 << 28

Arrays = Mapping[str, NDArray[Any]]

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
    border: float = 0.49
    excerpt: float = 0.5
    quote: float = QUOTED_SHARE
    slope: float = 1.0
    intercept: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class SplitModel:
    """All that splitting needs to have learned.

    Parameters
    ----------
    words : WordWeights
        How much each frequent word speaks for each kind of paragraph.
    openings : WordWeights
        How much each of a paragraph's first words speaks for the beginning of a post.
    kinds, ends, borders, excerpts : Trees
        Models of paragraph kinds, article ends, borders between replies, and pasted paragraphs.
    choices : Trees
        The second look at the likeliest ends, which compares them.
    layouts : Trees
        The second look at borders, which knows what the first found all over the page.
    settings : Settings
        Thresholds and calibration.
    """

    words: WordWeights
    openings: WordWeights
    kinds: Trees
    ends: Trees
    choices: Trees
    borders: Trees
    layouts: Trees
    excerpts: Trees
    settings: Settings


def load_model(models: Path | None = None) -> SplitModel:
    """Return the split model, from `models`, ``CLASSIFIER_MODELS``, or the installed package.

    Raises
    ------
    ModelError
        If it is found in none of them, is damaged, or does not match its checksums.
    """
    return _read(_folder(models))


def to_arrays(model: SplitModel) -> dict[str, NDArray[np.generic]]:
    """Return the model's arrays under the names that `TABLES` holds them by."""
    arrays: dict[str, NDArray[np.generic]] = {}
    for part in WORDS:
        words: WordWeights = getattr(model, part)
        arrays[f"{part}.hashes"] = words.vocabulary.hashes
        arrays[f"{part}.weights"] = words.weights.astype(np.float16)
    for part in PARTS:
        trees = getattr(model, part)
        arrays |= {
            f"{part}.{field.name}": _narrow(np.asarray(getattr(trees, field.name)))
            for field in fields(Trees)
        }
    return arrays


def _narrow(array: NDArray[Any]) -> NDArray[np.generic]:
    return array.astype(np.int32) if array.dtype.kind == "i" else array


def _folder(models: Path | None) -> Path:
    places = [] if models is None else [models]
    if named := os.environ.get(_ENVIRONMENT):
        places.append(Path(named))
    package = Path(__file__).parent.parent
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
                kinds=_trees(arrays, "kinds"),
                ends=_trees(arrays, "ends"),
                choices=_trees(arrays, "choices"),
                borders=_trees(arrays, "borders"),
                layouts=_trees(arrays, "layouts"),
                excerpts=_trees(arrays, "excerpts"),
                settings=Settings(**settings["settings"]),
            )
    except Exception as error:  # zipfile, zlib, json and numpy raise many kinds
        raise ModelError(
            f"{folder}: the split model is damaged ({error}): run 'classifier train split' or "
            "install the package again"
        ) from error


def _check_size(unpacked: int) -> None:
    if unpacked > _MOST_BYTES:
        raise ValueError("it unpacks to more than the model can hold")


def _words(arrays: Arrays, part: str) -> WordWeights:
    hashes, weights = arrays[f"{part}.hashes"], arrays[f"{part}.weights"]
    return WordWeights(Vocabulary.of(hashes), weights.astype(np.float32))


def _trees(arrays: Arrays, part: str) -> Trees:
    return Trees(
        feature=arrays[f"{part}.feature"].astype(np.intp),
        threshold=arrays[f"{part}.threshold"],
        right=arrays[f"{part}.right"].astype(np.intp),
        value=arrays[f"{part}.value"],
        root=arrays[f"{part}.root"].astype(np.intp),
        score=arrays[f"{part}.score"],
        baseline=arrays[f"{part}.baseline"],
        depth=int(arrays[f"{part}.depth"]),
    )
