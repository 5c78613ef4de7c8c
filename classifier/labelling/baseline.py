"""The scikit-learn baseline: weighted word counts and one linear score a label."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from classifier.errors import ModelError
from classifier.labelling.calibration import FloatArray

if TYPE_CHECKING:
    from sklearn.feature_extraction.text import TfidfVectorizer

_TARGET_MARK = "targetword"
_LONGEST_FEATURE = 40


class Baseline:
    """Linear scores over TF-IDF features of a text and, where there is one, its target.

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
        self._arrays = {
            "vocabulary": vocabulary,
            "idf": idf,
            "coefficients": coefficients,
            "intercepts": intercepts,
        }
        self._vectorizer = word_features(vocabulary.tolist())
        self._vectorizer.idf_ = idf
        self._coefficients = coefficients
        self._intercepts = intercepts

    @classmethod
    def load(cls, file: Path) -> "Baseline":
        """Read ``baseline.skops``; only types that skops trusts by itself are accepted.

        Raises
        ------
        ModelError
            If the file is missing, damaged, or holds anything else.
        """
        from skops import io

        if not file.is_file():
            raise ModelError(f"{file}: the baseline is missing: install the model again")
        try:
            content: dict[str, Any] = io.load(file, trusted=[])
            return cls(**content)
        except Exception as error:  # skops and zipfile raise many kinds for a damaged file
            raise ModelError(f"{file}: not a readable baseline: install the model again") from error

    def save(self, file: Path) -> None:
        """Write ``baseline.skops``: arrays only, compressed."""
        from zipfile import ZIP_DEFLATED

        from skops import io

        io.dump(self._arrays, file, compression=ZIP_DEFLATED, compresslevel=9)

    def logits(self, texts: Sequence[str], targets: Sequence[str] | None = None) -> FloatArray:
        """Return raw scores, an array of shape (n_texts, n_outputs)."""
        if not texts:
            return np.zeros((0, len(self._intercepts)))
        features = self._vectorizer.transform(baseline_inputs(texts, targets))
        scores: FloatArray = np.asarray(
            features @ self._coefficients + self._intercepts, dtype=np.float64
        )
        return scores


def word_features(
    vocabulary: Sequence[str] | None = None, *, most: int | None = None
) -> "TfidfVectorizer":
    """Return the baseline's features: words and word pairs, weighted by TF-IDF.

    Parameters
    ----------
    vocabulary : sequence of str, optional
        The features, where they are known already.
    most : int, optional
        How many of the most frequent to keep when fitting.
    """
    from sklearn.feature_extraction.text import TfidfVectorizer

    return TfidfVectorizer(
        vocabulary=vocabulary,
        ngram_range=(1, 2),
        max_features=most,
        sublinear_tf=True,
        strip_accents="unicode",
        dtype=np.float32,
        token_pattern=rf"(?u)\b\w{{1,{_LONGEST_FEATURE}}}\b",
    )


def baseline_inputs(texts: Sequence[str], targets: Sequence[str] | None) -> list[str]:
    """Return each text with its target's words appended under a mark of their own."""
    if targets is None:
        return list(texts)
    return [
        " ".join([text, *(_TARGET_MARK + word for word in target.split())])
        for text, target in zip(texts, targets, strict=True)
    ]
