"""From a stripped page to a thread."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from classifier.errors import InputError
from classifier.splitting.borders import border_rows
from classifier.splitting.choices import choice_rows, few_best
from classifier.splitting.endings import candidate_ends, end_rows
from classifier.splitting.excerpts import excerpt_rows
from classifier.splitting.features import Matrix
from classifier.splitting.kinds import AUTHOR, FURNITURE, HEAD, Look, kinds_of, look_at
from classifier.splitting.layouts import layout_rows
from classifier.splitting.marks import marked
from classifier.splitting.model import SplitModel, load_model
from classifier.splitting.paragraphs import Integers, Paragraphs, find_paragraphs
from classifier.splitting.quotes import quote_sources
from classifier.splitting.repeats import Repeats, find_repeats
from classifier.splitting.separating import binding_sources, reply_starts
from classifier.splitting.threads import Reading, build_thread
from classifier.thread import Page, Thread

MOST_PARAGRAPHS = 600_000
"""How many paragraphs a page may have, so that memory stays bounded."""


def split(page: Page, *, models: Path | None = None) -> Thread:
    """Tell a page's article from its replies, and own words from quotes and pasted text.

    Parameters
    ----------
    page : Page
        A page whose markup is gone, in any layout.
    models : Path, optional
        Folder that holds the released models; by default ``CLASSIFIER_MODELS``, then the copy
        inside the installed package.

    Returns
    -------
    Thread
        With offsets into ``page.text`` and a `split_confidence`.

    Raises
    ------
    InputError
        If the page holds no text, or more than `MOST_PARAGRAPHS` lines of it.
    ModelError
        If the split model is missing or damaged.
    """
    paragraphs = find_paragraphs(page.text)
    if not len(paragraphs):
        raise InputError(f"{page.source or page.id}: the page holds no text: nothing to split")
    if len(paragraphs) > MOST_PARAGRAPHS:
        raise InputError(
            f"{page.source or page.id}: the page has {len(paragraphs):,} lines, more than "
            f"{MOST_PARAGRAPHS:,}: cut it into several pages"
        )
    model = load_model(models)
    repeats = find_repeats(paragraphs)
    look = look_at(paragraphs, repeats, model.words, model.openings)
    kinds = kinds_of(model.kinds, paragraphs, look)
    seen = _Seen(text=page.text, paragraphs=paragraphs, repeats=repeats, look=look, kinds=kinds)
    end, confidence = _article_end(seen, model)
    reading = _read_replies(seen, end, model)
    return build_thread(page, paragraphs, reading, confidence=confidence)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Seen:
    """A page's paragraphs and what was found out about each."""

    text: str
    paragraphs: Paragraphs
    repeats: Repeats
    look: Look
    kinds: Matrix


def _article_end(seen: _Seen, model: SplitModel) -> tuple[int, float]:
    """Return how many paragraphs come before the article's end, and how sure that is."""
    ends = candidate_ends(seen.kinds)
    rows = end_rows(seen.paragraphs, seen.repeats, seen.look, seen.kinds, ends)
    chosen, scores = second_look(rows, model)
    return int(ends[chosen[np.argmax(scores)]]), confidence_of(scores, model)


def second_look(rows: Matrix, model: SplitModel) -> tuple[Integers, NDArray[np.float64]]:
    """Return the places of the few likeliest ends and their scores at second look."""
    first = model.ends.scores(rows)[:, 0]
    chosen = few_best(first)
    return chosen, model.choices.scores(choice_rows(rows, first, chosen))[:, 0].astype(np.float64)


def confidence_of(scores: NDArray[np.float64], model: SplitModel) -> float:
    """Return the calibrated probability that the highest of the ends' scores is right."""
    settings = model.settings
    return float(1 / (1 + np.exp(-(settings.slope * margin_of(scores) + settings.intercept))))


def margin_of(scores: NDArray[np.float64]) -> float:
    """Return the log-odds of the highest score against all the others."""
    others = np.delete(scores, np.argmax(scores))
    if not len(others):
        return 0.0
    return float(np.clip(scores.max() - np.logaddexp.reduce(others), -20, 20))


def _read_replies(seen: _Seen, end: int, model: SplitModel) -> Reading:
    settings, look, kinds = model.settings, seen.look, seen.kinds
    is_marked = marked(seen.text, seen.paragraphs)
    is_furniture = ~is_marked & (kinds[:, FURNITURE] + kinds[:, AUTHOR] >= settings.furniture)
    kept = kept_paragraphs(is_furniture, end)
    starts, pasted = np.zeros(0, dtype=bool), np.zeros(0, dtype=bool)
    if len(kept):
        rows = border_rows(seen.paragraphs, look, kinds, seen.repeats, kept)
        first_look = model.borders.probabilities(rows)
        binding = binding_sources(seen.paragraphs, seen.repeats, kept)
        places = layout_rows(
            rows,
            first_look,
            look=look,
            kinds=kinds,
            repeats=seen.repeats,
            kept=kept,
            binding=binding,
        )
        borders = model.layouts.probabilities(places)
        starts = reply_starts(borders, settings.border, binding)
        pasted = (
            model.excerpts.probabilities(excerpt_rows(look, kinds, kept, starts))
            >= settings.excerpt
        )
    return Reading(
        end=end,
        furniture=is_furniture,
        author=kinds[:, AUTHOR] / (kinds[:, AUTHOR] + kinds[:, FURNITURE]),
        head=np.argmax(kinds, axis=1) == HEAD,
        kept=kept,
        starts=starts,
        pasted=pasted,
        sources=quote_sources(seen.paragraphs, seen.repeats, settings.quote),
        marked=is_marked,
    )


def kept_paragraphs(is_furniture: NDArray[np.bool_], end: int) -> Integers:
    """Return the paragraphs after the article that are no furniture."""
    return end + np.flatnonzero(~is_furniture[end:])
