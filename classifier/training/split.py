"""Fit the split model on assembled pages and write its released folder."""

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression

from classifier.splitting.endings import candidate_ends, end_rows
from classifier.splitting.features import Matrix, WordWeights
from classifier.splitting.kinds import KINDS, kind_rows
from classifier.splitting.lookup import Vocabulary, pairs_of
from classifier.splitting.model import SETTINGS, TABLES, Settings, SplitModel, to_arrays
from classifier.splitting.paragraphs import Hashes, Integers
from classifier.splitting.splitter import margin_of
from classifier.training.page_sources import Sources, read_sources
from classifier.training.pages import assemble_page, assemble_pages
from classifier.training.split_rows import (
    Labelled,
    ReadPage,
    SeenPage,
    choose_vocabulary,
    labelled_borders,
    labelled_ends,
    labelled_excerpts,
    look_at_pages,
    read_page,
)
from classifier.training.split_trees import flatten

MODEL = "model.skops"
_FOLDS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """What the split model is fitted with.

    Parameters
    ----------
    pages, dev_pages : int
        How many pages are assembled for training and for calibration.
    fewest : int
        On how many pages a word must stand to be weighed.
    seed : int
        Decides which pages are assembled.
    """

    pages: int = 2000
    dev_pages: int = 600
    fewest: int = 12
    strength: float = 0.3
    seed: int = 1


@dataclass(frozen=True, slots=True)
class Fitted:
    """The scikit-learn models as fitted, and the same in plain arrays."""

    estimators: dict[str, Any]
    model: SplitModel


def fit_split(corpora: Path, *, recipe: Recipe | None = None) -> Fitted:
    """Return the split model, fitted on train pages and calibrated on dev pages.

    The sources are cut in two folds, and each fold's words and kinds are scored by models of the
    other, so that later parts learn from scores as they will be on unseen pages.

    Parameters
    ----------
    corpora : Path
        Folder that holds the corpora.
    recipe : Recipe, optional
        How many pages of what kind.

    Raises
    ------
    InputError
        If a corpus file is missing.
    """
    recipe = recipe or Recipe()
    folds = _folds(read_sources(corpora, "train"), recipe)
    pages = [page for fold in folds for page in fold]
    hashes = choose_vocabulary(pages, fewest=recipe.fewest)

    regressions = [_fit_words(fold, hashes, recipe) for fold in folds]
    crossed = [_word_weights(hashes, model) for model in reversed(regressions)]
    looks = [look_at_pages(fold, words) for fold, words in zip(folds, crossed, strict=True)]
    rows = [np.concatenate([kind_rows(look) for look in of_fold]) for of_fold in looks]
    kinds = [np.concatenate([page.kind for page in fold]) for fold in folds]
    boosted = [_boosted(x, y, trees=30) for x, y in zip(rows, kinds, strict=True)]
    seen = [
        SeenPage(read=page, look=look, kinds=other.probabilities(kind_rows(look)))
        for fold, of_fold, other in zip(
            folds, looks, [flatten(model) for model in reversed(boosted)], strict=True
        )
        for page, look in zip(fold, of_fold, strict=True)
    ]
    estimators = {
        "words": _fit_words(pages, hashes, recipe),
        "kinds": _boosted(np.concatenate(rows), np.concatenate(kinds), trees=30),
        "ends": _boosted(*_stacked(seen, labelled_ends), trees=120, leaves=12),
        "borders": _boosted(*_stacked(seen, labelled_borders), trees=120),
        "excerpts": _boosted(*_stacked(seen, labelled_excerpts), trees=80),
    }
    model = SplitModel(
        words=_word_weights(hashes, estimators["words"]),
        kinds=flatten(estimators["kinds"]),
        ends=flatten(estimators["ends"]),
        borders=flatten(estimators["borders"]),
        excerpts=flatten(estimators["excerpts"]),
        settings=Settings(),
    )
    dev = assemble_pages(corpora, "dev", count=recipe.dev_pages, seed=recipe.seed)
    read = [page for assembled in dev if (page := read_page(assembled))]
    return Fitted(estimators, replace(model, settings=_calibrated(model, read)))


def write_split(fitted: Fitted, folder: Path) -> None:
    """Write the released folder: the scikit-learn models, their plain arrays, the settings."""
    import zipfile

    import skops.io

    folder.mkdir(parents=True, exist_ok=True)
    skops.io.dump(
        fitted.estimators, folder / MODEL, compression=zipfile.ZIP_DEFLATED, compresslevel=9
    )
    np.savez_compressed(folder / TABLES, **to_arrays(fitted.model))
    config = {"model": "split", "kinds": KINDS, "settings": asdict(fitted.model.settings)}
    (folder / SETTINGS).write_text(json.dumps(config, indent=2) + "\n", encoding="utf-8")


def _folds(sources: Sources, recipe: Recipe) -> list[list[ReadPage]]:
    folds = []
    for fold in range(_FOLDS):
        part = Sources(
            articles=sources.articles[fold::_FOLDS], discussions=sources.discussions[fold::_FOLDS]
        )
        assembled = (
            assemble_page(
                part, Random(f"{recipe.seed} {fold} {number}"), page_id=f"{number}", held_out=False
            )
            for number in range(recipe.pages // _FOLDS)
        )
        folds.append([page for one in assembled if (page := read_page(one))])
    return folds


def _word_rows(page: ReadPage, vocabulary: Vocabulary) -> csr_matrix:
    """Return how often each weighed word stands in each paragraph, over the root of its length."""
    paragraphs = page.paragraphs
    of_word = paragraphs.word_paragraph
    places = [vocabulary.places(words) for words in (paragraphs.word, pairs_of(paragraphs.word))]
    row = np.concatenate([of_word[place >= 0] for place in places])
    column = np.concatenate([place[place >= 0] for place in places])
    scale = 1 / np.sqrt(np.maximum(paragraphs.word_counts, 1))
    return csr_matrix((scale[row], (row, column)), shape=(len(paragraphs), len(vocabulary.hashes)))


def _fit_words(pages: Sequence[ReadPage], hashes: Hashes, recipe: Recipe) -> LogisticRegression:
    from scipy.sparse import vstack

    vocabulary = Vocabulary.of(hashes)
    rows = vstack([_word_rows(page, vocabulary) for page in pages]).tocsr()
    kinds = np.concatenate([page.kind for page in pages])
    return LogisticRegression(C=recipe.strength, max_iter=200).fit(rows, kinds)


def _word_weights(hashes: Hashes, model: LogisticRegression) -> WordWeights:
    return WordWeights(Vocabulary.of(hashes), model.coef_.T.astype(np.float16).astype(np.float32))


def _boosted(
    rows: Matrix, labels: Integers, *, trees: int, leaves: int = 16
) -> HistGradientBoostingClassifier:
    return HistGradientBoostingClassifier(
        max_iter=trees,
        learning_rate=0.15 if trees < 60 else 0.08,
        max_leaf_nodes=leaves,
        max_depth=6,
        min_samples_leaf=40,
        l2_regularization=1.0,
        early_stopping=False,
        random_state=0,
    ).fit(rows, labels)


def _stacked(pages: Sequence[SeenPage], label: Callable[[SeenPage], Labelled | None]) -> Labelled:
    labelled = [found for page in pages if (found := label(page)) is not None]
    rows, labels = zip(*labelled, strict=True)
    return np.concatenate(rows), np.concatenate(labels)


def _calibrated(model: SplitModel, pages: Sequence[ReadPage]) -> Settings:
    """Return settings whose slope and intercept fit how often the best end is right on dev."""
    margins: list[float] = []
    right: list[bool] = []
    for page, look in zip(pages, look_at_pages(pages, model.words), strict=True):
        kinds = model.kinds.probabilities(kind_rows(look))
        ends = candidate_ends(kinds)
        scores = model.ends.scores(end_rows(look, kinds, ends))[:, 0].astype(np.float64)
        margins.append(margin_of(scores))
        right.append(bool(ends[np.argmax(scores)] == page.end))
    fit = LogisticRegression(C=1e3).fit(np.array(margins)[:, None], right)
    return replace(model.settings, slope=float(fit.coef_[0, 0]), intercept=float(fit.intercept_[0]))


FloatArray = NDArray[np.float64]
