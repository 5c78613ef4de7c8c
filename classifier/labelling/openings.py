"""The headline and first paragraph of an article, which name what its thread argues about."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, islice

from classifier.labelling.parts import LONG, paragraphs_of
from classifier.labelling.tokens import folded, tokens
from classifier.labelling.word_lists import ARGUABLE, COMMON_VERBS, FUNCTION_WORDS
from classifier.thread import Thread

_SHORT_LEDE = 60
_SHORTEST = 3
_SHORTEST_IN_TITLE_CASE = 4
_TITLE_CASE_SHARE = 0.7
_WORD = re.compile(r"[^\W\d_]+(?:['\u2019-][^\W\d_]+)*")
_ENDINGS = (("s", ""), ("es", ""), ("ed", ""), ("ed", "e"), ("ing", ""), ("ing", "e"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """How a thread opens.

    Parameters
    ----------
    headline : str
        Empty where there is none; words that only Title Case capitalises are written small.
    lede : str
        The article's first paragraph, with the second where the first is short.
    rest : str
        The article without its headline.
    """

    headline: str
    lede: str
    rest: str


def opening(thread: Thread) -> Opening:
    """Return a thread's headline and lede, empty where it has no article."""
    article = thread.article
    if article is None:
        return Opening(headline="", lede="", rest="")
    headline = article.headline or thread.title or ""
    rest = article.text.removeprefix(headline)
    others = chain([rest], (reply.text for reply in thread.replies))
    paragraphs = list(islice(paragraphs_of(rest), 2))
    short = bool(paragraphs) and len(paragraphs[0]) < _SHORT_LEDE
    return Opening(
        headline=_without_title_case(headline[:LONG], (text[:LONG] for text in others)),
        lede=" ".join(paragraphs if short else paragraphs[:1])[:LONG],
        rest=rest,
    )


def noun_chunks(text: str) -> Iterator[tuple[str, ...]]:
    """Yield runs of words between function words, verbs, adverbs and marks: mostly noun phrases."""
    run: list[str] = []
    for token in tokens(text):
        content = _may_be_of_a_noun_phrase(token.text.casefold())
        if run and not (content and token.joined):
            yield tuple(run)
            run = []
        if content:
            run.append(token.text)
    if run:
        yield tuple(run)


def _may_be_of_a_noun_phrase(word: str) -> bool:
    return not (
        word in FUNCTION_WORDS
        or len(word) < _SHORTEST
        or word.endswith("ly")
        or "'" in word
        or "\u2019" in word
        or _is_verb(word)
    )


def _is_verb(word: str) -> bool:
    if folded(word) in ARGUABLE:
        return False
    if word in COMMON_VERBS:
        return True
    for ending, instead in _ENDINGS:
        stem = word.removesuffix(ending)
        if stem == word:
            continue
        if stem + instead in COMMON_VERBS:
            return True
        if not instead and stem[-1:] == stem[-2:-1] and stem[:-1] in COMMON_VERBS:
            return True
    return False


def _without_title_case(headline: str, others: Iterable[str]) -> str:
    """Write a headline's words small where Title Case explains their capitals and others do not."""
    long = [each for each in tokens(headline) if len(each.text) >= _SHORTEST_IN_TITLE_CASE]
    if sum(each.capital for each in long) < _TITLE_CASE_SHARE * max(len(long), 1):
        return headline
    capitals: Counter[str] = Counter()
    for text in others:
        for token in tokens(text):
            if not (token.capital and token.first):
                capitals[folded(token.text)] += 1 if token.capital else -1

    def written(found: re.Match[str]) -> str:
        word = found.group()
        acronym = word.isupper() and len(word) > 1
        return word if acronym or capitals[folded(word)] > 0 else word.lower()

    return _WORD.sub(written, headline)
