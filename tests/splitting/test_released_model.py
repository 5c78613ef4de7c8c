"""What is released: the arrays that splitting loads are the scikit-learn models beside them."""

import json
from pathlib import Path

import numpy as np
import skops.io

from classifier.splitting.features import weighed_words
from classifier.splitting.model import load_model
from classifier.splitting.paragraphs import find_paragraphs

FOLDER = Path(__file__).parents[2] / "models" / "split"
TRUSTED = (
    "sklearn._loss.link.Interval",
    "sklearn._loss.link.LogitLink",
    "sklearn._loss.link.MultinomialLogit",
    "sklearn._loss.loss.HalfBinomialLoss",
    "sklearn._loss.loss.HalfMultinomialLoss",
    "sklearn.ensemble._hist_gradient_boosting.binning._BinMapper",
    "sklearn.ensemble._hist_gradient_boosting.predictor.TreePredictor",
)
PAGE = (
    "The council voted 9 to 4 on Tuesday to close the plant, officials said.\n\n"
    "Coast Wire's Ana Bergholt contributed to this report.\n"
    "Brennick\nI worked there for years and nobody ever asked us anything!\nReply\n"
    "lol good riddance, you people never learn"
)


def test_the_plain_trees_say_what_the_released_estimators_say() -> None:
    file = FOLDER / "model.skops"
    untrusted = set(skops.io.get_untrusted_types(file=file))
    estimators = skops.io.load(file, trusted=sorted(untrusted & set(TRUSTED)))
    model = load_model(FOLDER.parent)

    for part in ("borders", "excerpts"):
        estimator, trees = estimators[part], getattr(model, part)
        drawn = np.random.default_rng(5).normal(size=(50, estimator.n_features_in_))
        rows = drawn.astype(np.float32)
        np.testing.assert_allclose(
            trees.probabilities(rows), estimator.predict_proba(rows)[:, 1], atol=1e-4
        )


def test_the_plain_words_say_what_the_released_regression_says() -> None:
    file = FOLDER / "model.skops"
    untrusted = set(skops.io.get_untrusted_types(file=file))
    estimators = skops.io.load(file, trusted=sorted(untrusted & set(TRUSTED)))
    model = load_model(FOLDER.parent)
    paragraphs = find_paragraphs(PAGE)
    of_word, words, pairs = weighed_words(paragraphs)
    rows = np.zeros((len(paragraphs), len(model.words.vocabulary.hashes)))
    for hashes in (words, pairs):
        places = model.words.vocabulary.places(hashes)
        np.add.at(rows, (of_word[places >= 0], places[places >= 0]), 1)
    rows /= np.sqrt(np.maximum(paragraphs.word_counts, 1))[:, None]
    regression = estimators["words"]

    np.testing.assert_allclose(
        model.words.scores(paragraphs),
        regression.decision_function(rows) - regression.intercept_,
        atol=0.02,
    )


def test_the_folder_is_small_and_its_metrics_were_measured() -> None:
    metrics = json.loads((FOLDER / "metrics.json").read_text(encoding="utf-8"))

    assert sum(file.stat().st_size for file in FOLDER.iterdir()) < 5_000_000
    assert metrics["task"] == "split"
    assert metrics["model"]["article end exact"] > metrics["length heuristic"]["article end exact"]
    assert (FOLDER / "README.md").read_text(encoding="utf-8").startswith("# split")
