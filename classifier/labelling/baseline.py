"""The scikit-learn baseline: weighted word counts and one linear score a label."""

import io
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain, pairwise
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import numpy as np
from numpy.typing import NDArray

from classifier.errors import ModelError
from classifier.labelling.calibration import FloatArray
from classifier.labelling.parts import parts_of

WORD_PATTERN = r"(?u)\b\w{1,40}\b"

TARGET_MARK = "targetword"
_MOST_BYTES = 1 << 28
_WORD = re.compile(WORD_PATTERN)


class Baseline:
    """Linear scores over TF-IDF features of a text and, where there is one, its target.

    Fitted with scikit-learn's `TfidfVectorizer` and `LogisticRegression`; applied here by plain
    numpy, since importing scikit-learn alone would take half of a cold start.

    Parameters
    ----------
    vocabulary : array of shape (n_features,), of strings
        Words and word pairs, in the order of the features.
    idf : array of shape (n_features,)
        Weight of each.
    coefficients : array of shape (n_features, n_outputs)
    intercepts : array of shape (n_outputs,)
    """

    def __init__(
        self,
        *,
        vocabulary: NDArray[np.str_],
        idf: NDArray[np.float32],
        coefficients: NDArray[np.float32],
        intercepts: NDArray[np.float32],
    ) -> None:
        # As an array every word would take the room of the longest.
        self._columns = {word: column for column, word in enumerate(vocabulary.tolist())}
        self._idf = idf
        self._coefficients = coefficients
        self._intercepts = intercepts

    @property
    def arrays(self) -> Mapping[str, NDArray[Any]]:
        """What it was made of, by name."""
        return {
            "vocabulary": np.array(list(self._columns)),
            "idf": self._idf,
            "coefficients": self._coefficients,
            "intercepts": self._intercepts,
        }

    @classmethod
    def load(cls, file: Path) -> "Baseline":
        """Read ``baseline.skops``: arrays only, by numpy with pickle refused.

        Raises
        ------
        ModelError
            If the file is missing, damaged, or holds anything else.
        """
        if not file.is_file():
            raise ModelError(f"{file}: the baseline is missing: install the model again")
        try:
            return cls(**_arrays(file))
        except Exception as error:  # zipfile, json and numpy raise many kinds for a damaged file
            raise ModelError(f"{file}: not a readable baseline: install the model again") from error

    def save(self, file: Path) -> None:
        """Write ``baseline.skops``, compressed."""
        from skops import io as skops_io

        skops_io.dump(dict(self.arrays), file, compression=ZIP_DEFLATED, compresslevel=9)

    def logits(self, texts: Sequence[str], targets: Sequence[str] | None = None) -> FloatArray:
        """Return raw scores, an array of shape (n_texts, n_outputs)."""
        scores = np.tile(self._intercepts.astype(np.float64), (len(texts), 1))
        for row, text in enumerate(texts):
            target = "" if targets is None else targets[row]
            marked = (" ".join(_marked(part)) for part in parts_of(target))
            counts = self._counts(chain(parts_of(text), marked))
            if counts:
                columns = np.fromiter(counts.keys(), dtype=np.intp, count=len(counts))
                often = np.fromiter(counts.values(), dtype=np.float32, count=len(counts))
                weights = (1 + np.log(often)) * self._idf[columns]
                scores[row] += weights / np.linalg.norm(weights) @ self._coefficients[columns]
        return scores

    def _counts(self, parts: Iterable[str]) -> Counter[int]:
        counts: Counter[int] = Counter()
        before: list[str] = []
        for part in parts:
            words = _WORD.findall(_without_accents(part.lower()))
            pairs = (f"{first} {second}" for first, second in pairwise(chain(before, words)))
            counts.update(self._columns.get(feature, -1) for feature in chain(words, pairs))
            before = words[-1:] or before
        del counts[-1]
        return counts


def baseline_inputs(texts: Sequence[str], targets: Sequence[str] | None) -> list[str]:
    """Return each text with its target's words appended under a mark of their own."""
    if targets is None:
        return list(texts)
    return [" ".join([text, *_marked(target)]) for text, target in zip(texts, targets, strict=True)]


def _marked(target: str) -> list[str]:
    """Return a target's words, each under the mark that tells it from a text's."""
    return [TARGET_MARK + word for word in target.split()]


def _without_accents(text: str) -> str:
    if text.isascii():
        return text
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(character for character in decomposed if not unicodedata.combining(character))


def _arrays(file: Path) -> dict[str, Any]:
    """Return the arrays of a skops file that holds a dict of arrays.

    The format is a zip archive of ``.npy`` files with a ``schema.json`` that names them. It is
    read directly, because importing skops imports every estimator of scikit-learn.
    """
    with ZipFile(file) as archive:
        if sum(member.file_size for member in archive.infolist()) > _MOST_BYTES:
            raise ValueError("it unpacks to more than a baseline can hold")
        schema = json.loads(archive.read("schema.json"))
        return {
            name: np.load(io.BytesIO(archive.read(node["file"])), allow_pickle=False)
            for name, node in schema["content"].items()
        }
