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


class Baseline:
    """Linear scores over TF-IDF features of a text and, where there is one, its target.

    Parameters
    ----------
    vectorizer : sklearn.feature_extraction.text.TfidfVectorizer
        Fitted on `baseline_input` of training texts.
    coefficients : array of shape (n_features, n_outputs)
    intercepts : array of shape (n_outputs,)
    """

    def __init__(
        self,
        vectorizer: "TfidfVectorizer",
        *,
        coefficients: NDArray[np.float32],
        intercepts: NDArray[np.float32],
    ) -> None:
        self._vectorizer = vectorizer
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
            return cls(
                content["vectorizer"],
                coefficients=content["coefficients"],
                intercepts=content["intercepts"],
            )
        except Exception as error:  # skops and zipfile raise many kinds for a damaged file
            raise ModelError(f"{file}: not a readable baseline: install the model again") from error

    def save(self, file: Path) -> None:
        """Write ``baseline.skops``, compressed."""
        from zipfile import ZIP_DEFLATED

        from skops import io

        content = {
            "vectorizer": self._vectorizer,
            "coefficients": self._coefficients,
            "intercepts": self._intercepts,
        }
        io.dump(content, file, compression=ZIP_DEFLATED, compresslevel=9)

    def logits(self, texts: Sequence[str], targets: Sequence[str] | None = None) -> FloatArray:
        """Return raw scores, an array of shape (n_texts, n_outputs)."""
        features = self._vectorizer.transform(baseline_inputs(texts, targets))
        scores: FloatArray = np.asarray(features @ self._coefficients + self._intercepts)
        return scores


def baseline_inputs(texts: Sequence[str], targets: Sequence[str] | None) -> list[str]:
    """Return each text with its target's words appended under a mark of their own."""
    if targets is None:
        return list(texts)
    return [
        " ".join([text, *(_TARGET_MARK + word for word in target.split())])
        for text, target in zip(texts, targets, strict=True)
    ]
