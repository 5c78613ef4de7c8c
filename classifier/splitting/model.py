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
PARTS = ("choices", "borders", "layouts", "excerpts")
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
    first_look, second_look : PlattScaling
        From the log-odds of the best end of the article to `split_confidence`, where the
        networks are sure, and where the ends were looked at twice.
    """

    furniture: float = 0.4
    border: float = 0.49
    excerpt: float = 0.5
    quote: float = QUOTED_SHARE
    first_look: PlattScaling = PlattScaling()
    second_look: PlattScaling = PlattScaling()


@dataclass(frozen=True, slots=True, kw_only=True)
class SplitModel:
    """All that splitting needs to have learned.

    Parameters
    ----------
    words : WordWeights
        How much each frequent word speaks for each kind of paragraph.
    openings : WordWeights
        How much each of a paragraph's first words speaks for the beginning of a post.
    context : tuple of Network
        What reads each paragraph's kind, borders and the article's end from the whole page.
    choices : Trees
        The second look at the likeliest ends, which compares them.
    borders, excerpts : Trees
        Models of borders between replies, and of pasted paragraphs.
    layouts : Trees
        The second look at borders, which knows what the first found all over the page.
    settings : Settings
        Thresholds and calibration.
    """

    words: WordWeights
    openings: WordWeights
    context: tuple[Network, ...]
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
    return _read(_folder(models, os.environ.get(_ENVIRONMENT)))


def to_arrays(model: SplitModel) -> dict[str, NDArray[np.generic]]:
    """Return the model's arrays under the names that `TABLES` holds them by."""
    arrays: dict[str, NDArray[np.generic]] = {}
    for part in WORDS:
        words: WordWeights = getattr(model, part)
        arrays[f"{part}.hashes"] = words.vocabulary.hashes
        arrays[f"{part}.weights"] = words.weights.astype(np.float16)
    for number, network in enumerate(model.context):
        arrays |= {f"{CONTEXT}{number}.{name}": a for name, a in network_arrays(network).items()}
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
                context=_networks(arrays),
                choices=_trees(arrays, "choices"),
                borders=_trees(arrays, "borders"),
                layouts=_trees(arrays, "layouts"),
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
    looks = {name: PlattScaling(**told[name]) for name in ("first_look", "second_look")}
    return Settings(**{**told, **looks})


def _words(arrays: Arrays, part: str) -> WordWeights:
    hashes, weights = arrays[f"{part}.hashes"], arrays[f"{part}.weights"]
    return WordWeights(Vocabulary.of(hashes), weights.astype(np.float32))


def _networks(arrays: Arrays) -> tuple[Network, ...]:
    numbers = sorted({n.split(".")[0] for n in arrays if n.startswith(CONTEXT)})
    if not numbers:
        raise ValueError("it holds no network")
    return tuple(network_of(_within(arrays, part)) for part in numbers)


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
        score=arrays[f"{part}.score"],
        baseline=arrays[f"{part}.baseline"],
        depth=int(arrays[f"{part}.depth"]),
    )
