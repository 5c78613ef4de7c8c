"""Read training pages in two folds, each as models fitted on the other read it."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from random import Random

from sklearn.linear_model import LogisticRegression

from classifier.splitting.context import read_in_context
from classifier.splitting.features import WordWeights
from classifier.splitting.kinds import OPENING_WORDS, Look
from classifier.splitting.network import Network
from classifier.training.page_sources import Sources
from classifier.training.pages import assemble_page
from classifier.training.split_context import ContextRecipe, context_page, fit_context
from classifier.training.split_learners import fit_words, word_weights
from classifier.training.split_rows import (
    ReadPage,
    SeenPage,
    choose_openings,
    choose_vocabulary,
    look_at_pages,
    opens_post,
    read_page,
)

_QUARTERS = (frozenset({0, 1}), frozenset({0, 2}))
"""Quarters of the furniture lines that each fold's pages show, most of them not the other's."""


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
    context : ContextRecipe
        What the networks are trained with.
    networks : int
        How many networks, of successive seeds, read a page; what they say is averaged.
    """

    pages: int = 16000
    dev_pages: int = 2400
    fewest: int = 75
    seed: int = 1
    context: ContextRecipe = field(default_factory=ContextRecipe)
    networks: int = 2


def folds_of(sources: Sources, recipe: Recipe) -> list[list[ReadPage]]:
    """Return pages made of one half of the sources, and of the other."""
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


@dataclass(frozen=True, slots=True, kw_only=True)
class WordModels:
    """The models of words, fitted on all pages and, for each fold, on the other one."""

    of_kinds: LogisticRegression
    of_openings: LogisticRegression
    kinds: WordWeights
    openings: WordWeights
    by_fold: list[tuple[WordWeights, WordWeights]]


def fit_word_models(folds: list[list[ReadPage]], recipe: Recipe) -> WordModels:
    """Return what each frequent word says of a paragraph's kind, and each first word of posts."""
    pages = [page for fold in folds for page in fold]
    words = choose_vocabulary(pages, fewest=recipe.fewest)
    openings = choose_openings(pages, fewest=recipe.fewest)

    def fit(some: Sequence[ReadPage]) -> tuple[LogisticRegression, LogisticRegression]:
        of_kinds = fit_words(some, words, lambda page: page.kind)
        of_openings = fit_words(
            some, openings, opens_post, first=OPENING_WORDS, within=lambda page: page.reply >= 0
        )
        return of_kinds, of_openings

    def weights(
        fitted: tuple[LogisticRegression, LogisticRegression],
    ) -> tuple[WordWeights, WordWeights]:
        return word_weights(words, fitted[0]), word_weights(openings, fitted[1])

    of_all = fit(pages)
    return WordModels(
        of_kinds=of_all[0],
        of_openings=of_all[1],
        kinds=weights(of_all)[0],
        openings=weights(of_all)[1],
        by_fold=[weights(fit(fold)) for fold in reversed(folds)],
    )


def fit_context_on(
    folds: list[list[ReadPage]], words: WordModels, recipe: Recipe
) -> tuple[tuple[Network, ...], list[list[SeenPage]]]:
    """Return the networks fitted on all pages, and the pages as one of the other fold sees them."""
    looks = [
        look_at_pages(fold, *weights) for fold, weights in zip(folds, words.by_fold, strict=True)
    ]
    shown = [
        [context_page(page, look) for page, look in zip(fold, of_fold, strict=True)]
        for fold, of_fold in zip(folds, looks, strict=True)
    ]
    others = [fit_context(fold, recipe=recipe.context) for fold in reversed(shown)]
    seen = [
        read_with(fold, of_fold, (other,))
        for fold, of_fold, other in zip(folds, looks, others, strict=True)
    ]
    together = [page for fold in shown for page in fold]
    seeds = range(recipe.context.seed, recipe.context.seed + recipe.networks)
    return tuple(
        fit_context(together, recipe=replace(recipe.context, seed=seed)) for seed in seeds
    ), seen


def read_with(
    pages: Sequence[ReadPage], looks: Sequence[Look], networks: Sequence[Network]
) -> list[SeenPage]:
    """Return pages with their features and what the networks say of them."""
    return [
        SeenPage(
            read=page,
            look=look,
            context=read_in_context(networks, page.paragraphs, look, page.repeats),
        )
        for page, look in zip(pages, looks, strict=True)
    ]
