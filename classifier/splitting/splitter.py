"""From a stripped page to a thread."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from classifier.errors import InputError
from classifier.splitting.borders import border_rows
from classifier.splitting.context import InContext, Seen, see
from classifier.splitting.excerpts import excerpt_rows
from classifier.splitting.features import Matrix
from classifier.splitting.kinds import AUTHOR, FURNITURE, HEAD, NEWS, look_at
from classifier.splitting.marks import marked
from classifier.splitting.model import SplitModel, load_model
from classifier.splitting.paragraphs import Integers, find_paragraphs
from classifier.splitting.quotes import quote_sources
from classifier.splitting.repeats import find_repeats
from classifier.splitting.separating import binding_sources, reply_starts
from classifier.splitting.threads import Reading, build_thread
from classifier.thread import Page, Thread

Floats = NDArray[np.floating]

MOST_PARAGRAPHS = 600_000
"""How many paragraphs a page may have, so that memory stays bounded."""

_MOST_ODDS = 20.0
_MAYBE_HEADLINE = 0.35
"""How likely the line above an article is news to be its headline: of 0.2 to 0.45 best on dev."""

_SURE_BORDER, _SURE_PLAIN = 0.02, 0.1
"""How near to 0 or 1 the network's look at a border, and to 0 its look at pasted text, is final: on
1,200 dev pages 0.05 at borders lost a fifth of a point of quote links, and 0.02 at pasted text
gained nothing."""


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
    seen = see(model.context, paragraphs, look, repeats)
    end, odds = article_end(seen.context)
    reading = _read_replies(page.text, seen, end, model)
    confidence = model.settings.confidence.probability(odds)
    return build_thread(page, paragraphs, reading, confidence=confidence)


def article_end(context: InContext) -> tuple[int, float]:
    """Return how many paragraphs come before the likeliest end, and its log-odds."""
    best = int(np.argmax(context.ends))
    others = np.delete(context.ends.astype(np.float64), best)
    odds = float(context.ends[best] - np.logaddexp.reduce(others))
    return best, max(-_MOST_ODDS, min(odds, _MOST_ODDS))


def _read_replies(text: str, seen: Seen, end: int, model: SplitModel) -> Reading:
    settings, kinds = model.settings, seen.context.kinds
    is_marked = marked(text, seen.paragraphs)
    is_furniture = ~is_marked & (kinds[:, FURNITURE] + kinds[:, AUTHOR] >= settings.furniture)
    _keep_headline(is_furniture, kinds, end)
    kept = kept_paragraphs(is_furniture, end)
    starts, pasted = np.zeros(0, dtype=bool), np.zeros(len(kinds), dtype=bool)
    if len(kept):
        starts = _starts(seen, kept, model)
        pasted[kept] = _pasted(seen, kept, starts, model)
    sources = quote_sources(seen.paragraphs, seen.repeats, settings.quote)
    return Reading(
        end=end,
        furniture=is_furniture.tolist(),
        author=(kinds[:, AUTHOR] / (kinds[:, AUTHOR] + kinds[:, FURNITURE])).tolist(),
        head=(np.argmax(kinds, axis=1) == HEAD).tolist(),
        kept=kept.tolist(),
        starts=starts.tolist(),
        pasted=pasted.tolist(),
        sources=sources.tolist(),
        marked=is_marked.tolist(),
    )


def _keep_headline(is_furniture: NDArray[np.bool_], kinds: Matrix, end: int) -> None:
    """Take the line right above the article for its headline where it may be news."""
    held = np.flatnonzero(~is_furniture[:end])
    if len(held) and held[0] and kinds[held[0] - 1, NEWS] >= _MAYBE_HEADLINE:
        is_furniture[held[0] - 1] = False


def _starts(seen: Seen, kept: Integers, model: SplitModel) -> NDArray[np.bool_]:
    """Return which of the kept paragraphs begin a reply."""
    binding = binding_sources(seen.paragraphs, seen.repeats, kept)
    borders = judged_borders(seen, model, kept, binding)
    return reply_starts(borders, model.settings.border, binding)


def judged_borders(seen: Seen, model: SplitModel, kept: Integers, binding: Integers) -> Floats:
    """Return how likely a border is before each kept paragraph but the first.

    The network decides where it is sure, and a second look at the other places.
    """
    borders: Floats = seen.context.borders[kept[1:]].astype(np.float32)
    unsure = np.flatnonzero(np.minimum(borders, 1 - borders) >= _SURE_BORDER)
    if len(unsure):
        rows = border_rows(seen, kept, binding)
        borders[unsure] = model.borders.probabilities(rows[unsure])
    return borders


def _pasted(
    seen: Seen, kept: Integers, starts: NDArray[np.bool_], model: SplitModel
) -> NDArray[np.bool_]:
    """Return which of the kept paragraphs were pasted from elsewhere."""
    pasted = np.zeros(len(kept), dtype=bool)
    unsure = np.flatnonzero(seen.context.pasted[kept] >= _SURE_PLAIN)
    if len(unsure):
        rows = excerpt_rows(seen, kept, starts)[unsure]
        pasted[unsure] = model.excerpts.probabilities(rows) >= model.settings.excerpt
    return pasted


def kept_paragraphs(is_furniture: NDArray[np.bool_], end: int) -> Integers:
    """Return the paragraphs after the article that are no furniture."""
    return end + np.flatnonzero(~is_furniture[end:])
