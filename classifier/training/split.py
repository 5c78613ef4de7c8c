"""Fit the split model on assembled pages and write its released folder."""

import json
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from sklearn.linear_model import LogisticRegression

from classifier.checksums import write_checksums
from classifier.splitting.kinds import KINDS
from classifier.splitting.model import (
    SETTINGS,
    TABLES,
    PlattScaling,
    Settings,
    SplitModel,
    to_arrays,
)
from classifier.splitting.paragraphs import Integers
from classifier.splitting.separating import binding_sources
from classifier.splitting.splitter import Floats, article_end, judged_borders
from classifier.training.page_sources import Sources, read_sources
from classifier.training.pages import pages_of
from classifier.training.split_folds import (
    Recipe,
    fit_context_on,
    fit_word_models,
    folds_of,
    read_with,
)
from classifier.training.split_learners import fit_trees, flatten
from classifier.training.split_rows import (
    Labelled,
    ReadPage,
    SeenPage,
    is_border,
    kept_in_replies,
    labelled_borders,
    labelled_excerpts,
    look_at_pages,
    read_page,
)
from classifier.training.split_thresholds import lowest_as_good, precise_threshold

MODEL = "model.skops"
Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Fitted:
    """The scikit-learn models as fitted, the same in plain arrays, and what they learned from."""

    estimators: dict[str, Any]
    model: SplitModel
    recipe: Recipe


def fit_split(corpora: Path, *, recipe: Recipe | None = None) -> Fitted:
    """Return the split model, fitted on train pages and calibrated on dev pages.

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
    train, dev = (read_sources(corpora, part) for part in ("train", "dev"))
    return fit_on_sources(train, dev, recipe=recipe)


def fit_on_sources(train: Sources, dev: Sources, *, recipe: Recipe) -> Fitted:
    """Return the split model, fitted on pages made of some articles and discussions.

    The sources are cut in two folds. What a later part of the model reads of an earlier part, it
    reads as scored by the earlier part fitted on the other fold, as it will be on unseen pages.

    Parameters
    ----------
    train, dev : Sources
        What pages to learn from, and to calibrate on, are made of.
    recipe : Recipe
        How many pages of what kind.
    """
    folds = folds_of(train, recipe)
    words = fit_word_models(folds, recipe)
    context, seen = fit_context_on(train, folds, words, recipe)
    estimators = {
        "words": words.of_kinds,
        "openings": words.of_openings,
        "excerpts": fit_trees(*_stacked(_flat(seen), labelled_excerpts), trees=80),
        "borders": fit_trees(
            *_stacked(_flat(seen), labelled_borders), trees=600, rate=0.06, columns=0.2
        ),
    }
    model = SplitModel(
        words=words.kinds,
        openings=words.openings,
        context=context,
        borders=flatten(estimators["borders"]),
        excerpts=flatten(estimators["excerpts"]),
        settings=Settings(),
    )
    made = pages_of(dev, "dev", count=recipe.dev_pages, seed=recipe.seed)
    read = [page for assembled in made if (page := read_page(assembled))]
    return Fitted(estimators, replace(model, settings=_calibrated(model, read)), recipe)


def write_split(fitted: Fitted, folder: Path) -> None:
    """Write the released folder: the scikit-learn models, their plain arrays, the settings."""
    import skops.io

    folder.mkdir(parents=True, exist_ok=True)
    skops.io.dump(
        fitted.estimators, folder / MODEL, compression=zipfile.ZIP_DEFLATED, compresslevel=9
    )
    np.savez_compressed(folder / TABLES, allow_pickle=False, **to_arrays(fitted.model))
    config = {
        "model": "split",
        "kinds": KINDS,
        "settings": asdict(fitted.model.settings),
        "training": asdict(fitted.recipe),
    }
    (folder / SETTINGS).write_text(json.dumps(config, indent=2) + "\n", encoding="utf-8")
    write_checksums(folder)


def _flat(folds: Sequence[Sequence[Item]]) -> list[Item]:
    return [item for fold in folds for item in fold]


def _stacked(pages: Sequence[SeenPage], label: Callable[[SeenPage], Labelled | None]) -> Labelled:
    labelled = [found for page in pages if (found := label(page)) is not None]
    rows, labels = zip(*labelled, strict=True)
    return np.concatenate(rows), np.concatenate(labels)


def _calibrated(model: SplitModel, pages: Sequence[ReadPage]) -> Settings:
    """Return settings fitted on dev: thresholds, and how often the best end is right."""
    seen = read_with(pages, look_at_pages(pages, model.words, model.openings), model.context)
    pasted, is_pasted = _stacked(seen, labelled_excerpts)
    borders, begins = _judged(seen, model)
    return replace(
        model.settings,
        border=lowest_as_good(borders, begins),
        excerpt=precise_threshold(model.excerpts.probabilities(pasted), is_pasted),
        confidence=_scaling([(*article_end(page.seen.context), page.read.end) for page in seen]),
    )


def _judged(seen: Sequence[SeenPage], model: SplitModel) -> tuple[Floats, Integers]:
    """Return how likely a border is at each place of the pages' replies, and where one is."""
    judged: list[Floats] = []
    begins: list[Integers] = []
    for page in seen:
        read, kept = page.read, kept_in_replies(page.read)
        if len(kept):
            judged.append(
                judged_borders(
                    page.seen, model, kept, binding_sources(read.paragraphs, read.repeats, kept)
                )
            )
            begins.append(is_border(read, kept))
    return np.concatenate(judged), np.concatenate(begins)


def _scaling(judged: Sequence[tuple[int, float, int]]) -> PlattScaling:
    """Return how likely an end of such log-odds is right, from ends, their odds, and true ends.

    As likely as the log-odds say where all of them are right, or none.
    """
    ends, odds, true = zip(*judged, strict=True)
    right = np.array(ends) == np.array(true)
    if right.all() or not right.any():
        return PlattScaling()
    fit = LogisticRegression(C=1e3).fit(np.array(odds)[:, None], right)
    return PlattScaling(slope=float(fit.coef_[0, 0]), intercept=float(fit.intercept_[0]))
