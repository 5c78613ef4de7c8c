"""Read training pages in two folds, each as models fitted on the other read it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from random import Random

from sklearn.linear_model import LogisticRegression

from classifier.splitting.context import see
from classifier.splitting.features import WordWeights
from classifier.splitting.kinds import OPENING_WORDS, Look
from classifier.splitting.network import Network
from classifier.training.page_sources import Sources
from classifier.training.pages import assemble_page
from classifier.training.split_context import ContextRecipe, fit_context
from classifier.training.split_context_pages import ContextPage, context_page, taught_by
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
    network_pages : int
        How many pages the network learns from; those beyond `pages` serve nothing else.
    fewest : int
        On how many pages a word must stand to be weighed.
    seed : int
        Decides which pages are assembled.
    context, teacher, other : ContextRecipe
        What the network is trained with, those that teach it, and those of the folds, which read
        the pages that trees learn from.
    teachers : int
        How many networks, of successive seeds, teach it; none teaches where there are none.
    """

    pages: int = 16000
    dev_pages: int = 2400
    network_pages: int = 48000
    fewest: int = 75
    seed: int = 1
    context: ContextRecipe = field(default_factory=lambda: ContextRecipe(epochs=8))
    teacher: ContextRecipe = field(default_factory=lambda: ContextRecipe(width=96, hidden=192))
    other: ContextRecipe = field(default_factory=ContextRecipe)
    teachers: int = 2


def folds_of(sources: Sources, recipe: Recipe) -> list[list[ReadPage]]:
    """Return pages made of one half of the sources, and of the other."""
    each = recipe.pages // len(_QUARTERS)
    return [list(_pages_of_fold(sources, recipe, fold, range(each))) for fold in (0, 1)]


def _pages_of_fold(
    sources: Sources, recipe: Recipe, fold: int, numbers: range
) -> Iterator[ReadPage]:
    part = Sources(
        articles=sources.articles[fold :: len(_QUARTERS)],
        discussions=sources.discussions[fold :: len(_QUARTERS)],
    )
    for number in numbers:
        seed = f"{recipe.seed} {fold} {number}"
        assembled = assemble_page(
            part,
            Random(seed),  # noqa: S311 - no secret
            page_id=seed,
            quarters=_QUARTERS[fold],
        )
        if page := read_page(assembled):
            yield page


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
    sources: Sources, folds: list[list[ReadPage]], words: WordModels, recipe: Recipe
) -> tuple[Network, list[list[SeenPage]]]:
    """Return the network fitted on all pages, and the pages as one of the other fold sees them."""
    looks = [
        look_at_pages(fold, *weights) for fold, weights in zip(folds, words.by_fold, strict=True)
    ]
    shown = [
        [context_page(page, look) for page, look in zip(fold, of_fold, strict=True)]
        for fold, of_fold in zip(folds, looks, strict=True)
    ]
    others = [fit_context(fold, recipe=recipe.other) for fold in reversed(shown)]
    seen = [
        read_with(fold, of_fold, other)
        for fold, of_fold, other in zip(folds, looks, others, strict=True)
    ]
    together = [page for fold in shown for page in fold]
    more = list(_more_pages(sources, words, recipe))
    return _taught_network(together, more, recipe), seen


def _more_pages(sources: Sources, words: WordModels, recipe: Recipe) -> Iterator[ContextPage]:
    """Yield what the network learns of pages that nothing else learns from."""
    first, last = (count // len(_QUARTERS) for count in (recipe.pages, recipe.network_pages))
    for fold, weights in enumerate(words.by_fold):
        for page in _pages_of_fold(sources, recipe, fold, range(first, last)):
            yield context_page(page, *look_at_pages([page], *weights))


def _taught_network(
    pages: Sequence[ContextPage], more: Sequence[ContextPage], recipe: Recipe
) -> Network:
    """Return the network that reads pages, taught by larger ones fitted on some of the pages.

    Networks that differ in nothing but the seed err on different pages, the more so the less a
    page resembles those that they learned from; their average errs less (Lakshminarayanan et al.
    2017), and one that learns from it reads a page in a quarter of the time.
    """
    first = recipe.teacher.seed
    teachers = [
        fit_context(pages, recipe=replace(recipe.teacher, seed=seed))
        for seed in range(first, first + recipe.teachers)
    ]
    shown = [*pages, *more]
    return fit_context(taught_by(teachers, shown) if teachers else shown, recipe=recipe.context)


def read_with(pages: Sequence[ReadPage], looks: Sequence[Look], network: Network) -> list[SeenPage]:
    """Return pages with their features and what the network says of them."""
    return [
        SeenPage(read=page, seen=see(network, page.paragraphs, look, page.repeats))
        for page, look in zip(pages, looks, strict=True)
    ]
