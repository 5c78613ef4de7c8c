"""From a stripped page to a thread."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from classifier.errors import InputError
from classifier.splitting.borders import border_rows
from classifier.splitting.choices import choice_rows, likely_ends, log_shares
from classifier.splitting.context import InContext, read_in_context
from classifier.splitting.endings import end_rows
from classifier.splitting.excerpts import excerpt_rows
from classifier.splitting.features import Matrix
from classifier.splitting.kinds import AUTHOR, FURNITURE, HEAD, NEWS, Look, look_at
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

_SURE_MARGIN = float(np.log(0.995 / 0.005))
"""From which log-odds of the likeliest end on the networks decide alone: on dev pages a second
look at those changed no figure, and seven of ten pages need none."""

_MAYBE_HEADLINE = 0.35
"""How likely the line above an article is news to be its headline: of 0.2 to 0.45 best on dev."""

_SURE_BORDER, _SURE_PLAIN = 0.02, 0.02
"""How near to 0 or 1 the first look at a border, and to 0 the networks' at pasted text, is final:
of 36,000 such places on dev pages the second look changed one, and of 39,000 such paragraphs none.
"""


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
    context = read_in_context(model.context, paragraphs, look, repeats)
    seen = _Seen(text=page.text, paragraphs=paragraphs, repeats=repeats, look=look, context=context)
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
    context: InContext


def _article_end(seen: _Seen, model: SplitModel) -> tuple[int, float]:
    """Return how many paragraphs come before the article's end, and how sure that is."""
    end = judged_end(seen.paragraphs, seen.repeats, seen.look, seen.context, model)
    settings = model.settings
    scaling = settings.first_look if end.at_first_look else settings.second_look
    return end.paragraphs, scaling.probability(end.margin)


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedEnd:
    """How many paragraphs come before the article's end, by what margin, and who decided it."""

    paragraphs: int
    margin: float
    at_first_look: bool


def judged_end(
    paragraphs: Paragraphs, repeats: Repeats, look: Look, context: InContext, model: SplitModel
) -> JudgedEnd:
    """Return the likeliest end: the networks' where they are sure, else that of a second look."""
    ends = likely_ends(context)
    scores = log_shares(context)[ends]
    sure = margin_of(scores) >= _SURE_MARGIN
    if not sure:
        rows = choice_rows(end_rows(paragraphs, repeats, look, context.kinds, ends), context, ends)
        scores = model.choices.scores(rows)[:, 0].astype(np.float64)
    best = int(ends[np.argmax(scores)])
    return JudgedEnd(paragraphs=best, margin=margin_of(scores), at_first_look=sure)


def margin_of(scores: NDArray[np.float64]) -> float:
    """Return the log-odds of the highest score against all the others."""
    others = np.delete(scores, np.argmax(scores))
    if not len(others):
        return 0.0
    return float(np.clip(scores.max() - np.logaddexp.reduce(others), -20, 20))


def _read_replies(seen: _Seen, end: int, model: SplitModel) -> Reading:
    settings, kinds = model.settings, seen.context.kinds
    is_marked = marked(seen.text, seen.paragraphs)
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


def _starts(seen: _Seen, kept: Integers, model: SplitModel) -> NDArray[np.bool_]:
    """Return which of the kept paragraphs begin a reply."""
    rows = border_rows(seen.paragraphs, seen.look, seen.context, seen.repeats, kept)
    borders = model.borders.probabilities(rows)
    binding = binding_sources(seen.paragraphs, seen.repeats, kept)
    unsure = np.flatnonzero(np.minimum(borders, 1 - borders) >= _SURE_BORDER)
    if len(unsure):
        places = layout_rows(
            rows,
            borders,
            look=seen.look,
            kinds=seen.context.kinds,
            repeats=seen.repeats,
            kept=kept,
            binding=binding,
        )
        borders[unsure] = model.layouts.probabilities(places[unsure])
    return reply_starts(borders, model.settings.border, binding)


def _pasted(
    seen: _Seen, kept: Integers, starts: NDArray[np.bool_], model: SplitModel
) -> NDArray[np.bool_]:
    """Return which of the kept paragraphs were pasted from elsewhere."""
    pasted = np.zeros(len(kept), dtype=bool)
    unsure = np.flatnonzero(seen.context.pasted[kept] >= _SURE_PLAIN)
    if len(unsure):
        rows = excerpt_rows(seen.look, seen.context, kept, starts)[unsure]
        pasted[unsure] = model.excerpts.probabilities(rows) >= model.settings.excerpt
    return pasted


def kept_paragraphs(is_furniture: NDArray[np.bool_], end: int) -> Integers:
    """Return the paragraphs after the article that are no furniture."""
    return end + np.flatnonzero(~is_furniture[end:])
