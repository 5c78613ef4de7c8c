"""From a stripped page to a thread."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from classifier.errors import InputError
from classifier.splitting.borders import border_rows
from classifier.splitting.endings import candidate_ends, end_rows
from classifier.splitting.excerpts import excerpt_rows
from classifier.splitting.features import Matrix
from classifier.splitting.kinds import AUTHOR, FURNITURE, HEAD, Look, kind_rows, look_at
from classifier.splitting.marks import marked
from classifier.splitting.model import SplitModel, load_model
from classifier.splitting.paragraphs import Integers, Paragraphs, find_paragraphs
from classifier.splitting.quotes import quote_sources
from classifier.splitting.repeats import Repeats, find_repeats
from classifier.splitting.threads import Reading, build_thread
from classifier.thread import Page, Thread


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
        If the page holds no text.
    ModelError
        If the split model is missing or damaged.
    """
    paragraphs = find_paragraphs(page.text)
    if not len(paragraphs):
        raise InputError(f"{page.source or page.id}: the page holds no text: nothing to split")
    model = load_model(models)
    repeats = find_repeats(paragraphs)
    look = look_at(paragraphs, repeats, model.words)
    kinds = model.kinds.probabilities(kind_rows(look))
    end, confidence = _article_end(look, kinds, model)
    reading = _read_replies(page.text, paragraphs, repeats, look, kinds, end, model)
    return build_thread(page, paragraphs, reading, confidence=confidence)


def _article_end(look: Look, kinds: Matrix, model: SplitModel) -> tuple[int, float]:
    """Return how many paragraphs come before the article's end, and how sure that is."""
    ends = candidate_ends(kinds)
    scores = model.ends.scores(end_rows(look, kinds, ends))[:, 0].astype(np.float64)
    best = int(np.argmax(scores))
    return int(ends[best]), confidence_of(scores, model)


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


def _read_replies(
    text: str,
    paragraphs: Paragraphs,
    repeats: Repeats,
    look: Look,
    kinds: Matrix,
    end: int,
    model: SplitModel,
) -> Reading:
    settings = model.settings
    sources = quote_sources(paragraphs, repeats, settings.quote)
    is_furniture = kinds[:, FURNITURE] + kinds[:, AUTHOR] >= settings.furniture
    kept = kept_paragraphs(is_furniture, end)
    starts, pasted = np.zeros(0, dtype=bool), np.zeros(0, dtype=bool)
    if len(kept):
        borders = model.borders.probabilities(border_rows(look, kinds, repeats, kept))
        starts = np.append(True, borders[: len(kept) - 1] >= settings.border)
        pasted = model.excerpts.probabilities(excerpt_rows(look, kinds, kept)) >= settings.excerpt
    return Reading(
        end=end,
        furniture=is_furniture,
        author=kinds[:, AUTHOR] >= kinds[:, FURNITURE],
        head=np.argmax(kinds, axis=1) == HEAD,
        kept=kept,
        starts=starts,
        pasted=pasted,
        sources=sources,
        marked=marked(text, paragraphs),
    )


def kept_paragraphs(is_furniture: NDArray[np.bool_], end: int) -> Integers:
    """Return the paragraphs after the article that are no furniture."""
    return end + np.flatnonzero(~is_furniture[end:])
