"""Fit the split model on assembled pages and write its released folder."""

import json
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from functools import partial
from pathlib import Path
from random import Random
from typing import Any, TypeVar

import numpy as np
from sklearn.linear_model import LogisticRegression

from classifier.checksums import write_checksums
from classifier.splitting.endings import candidate_ends, end_rows
from classifier.splitting.kinds import KINDS, OPENING_WORDS, kind_rows, kinds_of
from classifier.splitting.layouts import layout_rows
from classifier.splitting.model import SETTINGS, TABLES, Settings, SplitModel, to_arrays
from classifier.splitting.separating import binding_sources
from classifier.splitting.splitter import margin_of, second_look
from classifier.splitting.trees import Trees
from classifier.training.page_sources import Sources, read_sources
from classifier.training.pages import assemble_page, assemble_pages
from classifier.training.split_learners import fit_trees, fit_words, flatten, word_weights
from classifier.training.split_rows import (
    Labelled,
    ReadPage,
    SeenPage,
    choose_openings,
    choose_vocabulary,
    kept_in_replies,
    labelled_borders,
    labelled_choices,
    labelled_ends,
    labelled_excerpts,
    look_at_pages,
    opens_post,
    read_page,
)
from classifier.training.split_thresholds import best_threshold, precise_threshold

MODEL = "model.skops"
_QUARTERS = (frozenset({0, 1}), frozenset({0, 2}))
"""Quarters of the furniture lines that each fold's pages show, most of them not the other's."""

Item = TypeVar("Item")


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

    pages: int = 12000
    dev_pages: int = 2400
    fewest: int = 60
    seed: int = 1


@dataclass(frozen=True, slots=True)
class Fitted:
    """The scikit-learn models as fitted, and the same in plain arrays."""

    estimators: dict[str, Any]
    model: SplitModel


def fit_split(corpora: Path, *, recipe: Recipe | None = None) -> Fitted:
    """Return the split model, fitted on train pages and calibrated on dev pages.

    The sources are cut in two folds. What a later part of the model reads of an earlier part, it
    reads as scored by the earlier part fitted on the other fold, as it will be on unseen pages.

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
    seen, estimators = _fit_kinds(folds, recipe)
    estimators |= _fit_ends(seen)
    estimators["excerpts"] = fit_trees(*_stacked(_flat(seen), labelled_excerpts), trees=80)
    estimators |= _fit_borders(seen)
    hashes = {part: estimators.pop(f"{part} hashes") for part in ("words", "openings")}
    model = SplitModel(
        words=word_weights(hashes["words"], estimators["words"]),
        openings=word_weights(hashes["openings"], estimators["openings"]),
        kinds=flatten(estimators["kinds"]),
        ends=flatten(estimators["ends"]),
        choices=flatten(estimators["choices"]),
        borders=flatten(estimators["borders"]),
        layouts=flatten(estimators["layouts"]),
        excerpts=flatten(estimators["excerpts"]),
        settings=Settings(),
    )
    dev = assemble_pages(corpora, "dev", count=recipe.dev_pages, seed=recipe.seed)
    read = [page for assembled in dev if (page := read_page(assembled))]
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


def _folds(sources: Sources, recipe: Recipe) -> list[list[ReadPage]]:
    folds = []
    for fold, quarters in enumerate(_QUARTERS):
        part = Sources(
            articles=sources.articles[fold :: len(_QUARTERS)],
            discussions=sources.discussions[fold :: len(_QUARTERS)],
        )
        seeds = (f"{recipe.seed} {fold} {number}" for number in range(_pages_a_fold(recipe)))
        assembled = (
            assemble_page(part, Random(seed), page_id=seed, quarters=quarters)  # noqa: S311
            for seed in seeds
        )
        folds.append([page for one in assembled if (page := read_page(one))])
    return folds


def _pages_a_fold(recipe: Recipe) -> int:
    return recipe.pages // len(_QUARTERS)


def _fit_kinds(
    folds: list[list[ReadPage]], recipe: Recipe
) -> tuple[list[list[SeenPage]], dict[str, Any]]:
    """Return the pages with cross-fitted kinds, and the models fitted on all of them."""
    pages = _flat(folds)
    words = choose_vocabulary(pages, fewest=recipe.fewest)
    openings = choose_openings(pages, fewest=recipe.fewest)

    def fit(some: Sequence[ReadPage]) -> tuple[LogisticRegression, LogisticRegression]:
        of_kinds = fit_words(some, words, lambda page: page.kind)
        of_openings = fit_words(
            some, openings, opens_post, first=OPENING_WORDS, within=lambda page: page.reply >= 0
        )
        return of_kinds, of_openings

    looks = [
        look_at_pages(fold, word_weights(words, other[0]), word_weights(openings, other[1]))
        for fold, other in zip(folds, [fit(fold) for fold in reversed(folds)], strict=True)
    ]
    rows = [np.concatenate([kind_rows(look) for look in fold]) for fold in looks]
    kinds = [np.concatenate([page.kind for page in fold]) for fold in folds]
    others = [
        flatten(fit_trees(x, y, trees=30, rate=0.15))
        for x, y in reversed(list(zip(rows, kinds, strict=True)))
    ]
    seen = [
        [
            SeenPage(read=page, look=look, kinds=kinds_of(other, page.paragraphs, look))
            for page, look in zip(fold, of_fold, strict=True)
        ]
        for fold, of_fold, other in zip(folds, looks, others, strict=True)
    ]
    of_kinds, of_openings = fit(pages)
    boosted = fit_trees(np.concatenate(rows), np.concatenate(kinds), trees=30, rate=0.15)
    return seen, {
        "words": of_kinds,
        "words hashes": words,
        "openings": of_openings,
        "openings hashes": openings,
        "kinds": boosted,
    }


def _fit_ends(seen: list[list[SeenPage]]) -> dict[str, Any]:
    """Return the first and the second look at ends; the second reads the first cross-fitted."""
    first_look = partial(fit_trees, trees=300, leaves=12, rate=0.06, columns=0.3)
    others = [flatten(first_look(*_stacked(fold, labelled_ends))) for fold in reversed(seen)]
    looks = [
        _stacked(fold, partial(labelled_choices, first_look=first))
        for fold, first in zip(seen, others, strict=True)
    ]
    rows, labels = zip(*looks, strict=True)
    return {
        "ends": first_look(*_stacked(_flat(seen), labelled_ends)),
        "choices": fit_trees(
            np.concatenate(rows), np.concatenate(labels), trees=400, rate=0.05, columns=0.1
        ),
    }


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
            kept = kept_in_replies(page)
            rows = layout_rows(
                labelled[0],
                borders,
                look=page.look,
                kinds=page.kinds,
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
    margins: list[float] = []
    right: list[bool] = []
    seen: list[SeenPage] = []
    for page, look in zip(pages, look_at_pages(pages, model.words, model.openings), strict=True):
        kinds = kinds_of(model.kinds, page.paragraphs, look)
        seen.append(SeenPage(read=page, look=look, kinds=kinds))
        ends = candidate_ends(kinds)
        rows = end_rows(page.paragraphs, page.repeats, look, kinds, ends)
        chosen, scores = second_look(rows, model)
        margins.append(margin_of(scores))
        right.append(bool(ends[chosen[np.argmax(scores)]] == page.end))
    fit = LogisticRegression(C=1e3).fit(np.array(margins)[:, None], right)
    pasted, is_pasted = _stacked(seen, labelled_excerpts)
    places, is_border = _second_looks(seen, model.borders)
    return replace(
        model.settings,
        border=best_threshold(
            model.layouts.probabilities(places), is_border, usual=model.settings.border
        ),
        excerpt=precise_threshold(model.excerpts.probabilities(pasted), is_pasted),
        slope=float(fit.coef_[0, 0]),
        intercept=float(fit.intercept_[0]),
    )
