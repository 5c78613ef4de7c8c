"""Fit the split model on assembled pages and write its released folder."""

import json
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from sklearn.linear_model import LogisticRegression

from classifier.checksums import write_checksums
from classifier.splitting.kinds import KINDS
from classifier.splitting.layouts import layout_rows
from classifier.splitting.model import (
    SETTINGS,
    TABLES,
    PlattScaling,
    Settings,
    SplitModel,
    to_arrays,
)
from classifier.splitting.separating import binding_sources
from classifier.splitting.splitter import judged_end
from classifier.splitting.trees import Trees
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
    kept_in_replies,
    labelled_borders,
    labelled_choices,
    labelled_excerpts,
    look_at_pages,
    read_page,
)
from classifier.training.split_thresholds import lowest_as_good, precise_threshold

MODEL = "model.skops"
Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Fitted:
    """The scikit-learn models as fitted, and the same in plain arrays."""

    estimators: dict[str, Any]
    model: SplitModel


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
    context, seen = fit_context_on(folds, words, recipe)
    estimators = {
        "words": words.of_kinds,
        "openings": words.of_openings,
        "choices": fit_trees(
            *_stacked(_flat(seen), labelled_choices), trees=400, rate=0.05, columns=0.2
        ),
        "excerpts": fit_trees(*_stacked(_flat(seen), labelled_excerpts), trees=80),
        **_fit_borders(seen),
    }
    model = SplitModel(
        words=words.kinds,
        openings=words.openings,
        context=context,
        choices=flatten(estimators["choices"]),
        borders=flatten(estimators["borders"]),
        layouts=flatten(estimators["layouts"]),
        excerpts=flatten(estimators["excerpts"]),
        settings=Settings(),
    )
    made = pages_of(dev, "dev", count=recipe.dev_pages, seed=recipe.seed)
    read = [page for assembled in made if (page := read_page(assembled))]
    return Fitted(estimators, replace(model, settings=_calibrated(model, read)))


def write_split(fitted: Fitted, folder: Path) -> None:
    """Write the released folder: the scikit-learn models, their plain arrays, the settings."""
    import skops.io

    folder.mkdir(parents=True, exist_ok=True)
    skops.io.dump(
        fitted.estimators, folder / MODEL, compression=zipfile.ZIP_DEFLATED, compresslevel=9
    )
    np.savez_compressed(folder / TABLES, allow_pickle=False, **to_arrays(fitted.model))
    config = {"model": "split", "kinds": KINDS, "settings": asdict(fitted.model.settings)}
    (folder / SETTINGS).write_text(json.dumps(config, indent=2) + "\n", encoding="utf-8")
    write_checksums(folder)


def _fit_borders(seen: list[list[SeenPage]]) -> dict[str, Any]:
    """Return the first and the second look at borders; the second reads the first cross-fitted."""
    first_look = partial(fit_trees, trees=160, columns=0.25)
    others = [flatten(first_look(*_stacked(fold, labelled_borders))) for fold in reversed(seen)]
    looks = [_second_looks(fold, first) for fold, first in zip(seen, others, strict=True)]
    rows, labels = zip(*looks, strict=True)
    return {
        "borders": first_look(*_stacked(_flat(seen), labelled_borders)),
        "layouts": fit_trees(
            np.concatenate(rows), np.concatenate(labels), trees=600, rate=0.06, columns=0.2
        ),
    }


def _second_looks(pages: Sequence[SeenPage], first_look: Trees) -> Labelled:
    def label(page: SeenPage) -> Labelled | None:
        if labelled := labelled_borders(page):
            borders = first_look.probabilities(labelled[0])
            kept = kept_in_replies(page.read)
            rows = layout_rows(
                labelled[0],
                borders,
                look=page.look,
                kinds=page.context.kinds,
                repeats=page.read.repeats,
                kept=kept,
                binding=binding_sources(page.read.paragraphs, page.read.repeats, kept),
            )
            return rows, labelled[1]
        return None

    return _stacked(pages, label)


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
    places, is_border = _second_looks(seen, model.borders)
    first, second = _looks(seen, model)
    return replace(
        model.settings,
        border=lowest_as_good(model.layouts.probabilities(places), is_border),
        excerpt=precise_threshold(model.excerpts.probabilities(pasted), is_pasted),
        first_look=_scaling(first),
        second_look=_scaling(second),
    )


Judged = list[tuple[float, bool]]


def _looks(seen: Sequence[SeenPage], model: SplitModel) -> tuple[Judged, Judged]:
    """Return the margin of each page's end and whether it is right, by who decides it."""
    first: Judged = []
    second: Judged = []
    for page in seen:
        read = page.read
        end = judged_end(read.paragraphs, read.repeats, page.look, page.context, model)
        (first if end.at_first_look else second).append((end.margin, end.paragraphs == read.end))
    return first, second


def _scaling(judged: Judged) -> PlattScaling:
    """Return how right ends of each margin are; as right as their margin says if all or none is."""
    margins, right = zip(*judged, strict=True) if judged else ((), ())
    if len(set(right)) < 2:  # noqa: PLR2004 - right and wrong
        return PlattScaling()
    fit = LogisticRegression(C=1e3).fit(np.array(margins)[:, None], right)
    return PlattScaling(slope=float(fit.coef_[0, 0]), intercept=float(fit.intercept_[0]))
