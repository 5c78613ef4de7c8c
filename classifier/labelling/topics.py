"""Find the topics that a thread's replies talk about, and tell who mentions them."""

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cached_property

from classifier.labelling.names import proper_names
from classifier.labelling.noun_phrases import noun_phrases
from classifier.labelling.tokens import folded_words
from classifier.thread import Thread

MOST_TOPICS = 5
_FEWEST_REPLIES = 2
_FEWEST_NAMING_OUTLET = 3
_NAME_WEIGHT = 1.5
_PLACE_WEIGHT = 0.5
_PLACE_SHARE = 0.25
_LEAST_OF_BEST = 0.4
_DATELINE_CHARACTERS = 120

_Words = tuple[str, ...]
_FormsByFirst = Mapping[str, AbstractSet[_Words]]


@dataclass(frozen=True, kw_only=True)
class Topic:
    """Something that replies talk about.

    Parameters
    ----------
    text : str
        What a person would call it: a name in full, a noun with the word that belongs to it.
    aliases : frozenset of str
        Every form by which it is mentioned, `text` included.
    """

    text: str
    aliases: frozenset[str]

    def is_mentioned_in(self, text: str) -> bool:
        """Tell whether a text uses one of the forms, its words in order and whole."""
        return next(_uses(folded_words(text), self._forms_by_first), None) is not None

    @cached_property
    def forms(self) -> frozenset[_Words]:
        """The aliases as folded words."""
        return frozenset(tuple(folded_words(alias)) for alias in self.aliases)

    @cached_property
    def _forms_by_first(self) -> _FormsByFirst:
        return _by_first(self.forms)


def find_topics(thread: Thread, *, most: int = MOST_TOPICS) -> tuple[Topic, ...]:
    """Return what several replies talk about in their own words, the most discussed first.

    Candidates are proper names, their forms joined, and common nouns that the article, where
    there is one, uses too. They are weighed by how many people mention them and, on a logarithmic
    scale, by how often the article does; names weigh more, names that stand where places do,
    less. Topics far behind the best are left out, as are the thread's own authors, and the
    outlet that the dateline names unless at least three people speak of it.

    Parameters
    ----------
    thread : Thread
        A split thread.
    most : int
        How many topics at most.
    """
    own = [reply.text for reply in thread.replies]
    if sum(bool(text.strip()) for text in own) < _FEWEST_REPLIES:
        return ()
    article = thread.article.text if thread.article else ""
    authors = {reply.author.casefold() for reply in thread.replies if reply.author}
    speakers = [reply.author or reply.id for reply in thread.replies]
    names, nouns = _candidates([article, *own])
    candidates = [*names, *nouns]
    forms = _by_first(form for topic in candidates for form in topic.forms)
    used = _speakers_by_form(own, speakers, forms)
    written = Counter(_uses(folded_words(article), forms))
    outlets = set(_uses(folded_words(_dateline(article)), forms))
    weighed: list[tuple[float, Topic]] = []
    for topic in candidates:
        people = len(set[str]().union(*(used.get(form, ()) for form in topic.forms)))
        in_article = max(written[form] for form in topic.forms)
        fewest = _FEWEST_NAMING_OUTLET if topic.forms & outlets else _FEWEST_REPLIES
        unshared = bool(article) and topic in nouns and not in_article
        if people < fewest or unshared or topic.text.casefold() in authors:
            continue
        weighed.append((people * (1 + math.log1p(in_article)) * names.get(topic, 1.0), topic))
    weighed.sort(key=lambda item: item[0], reverse=True)
    least = _LEAST_OF_BEST * weighed[0][0] if weighed else 0.0
    return tuple(topic for weight, topic in weighed[:most] if weight >= least)


def _candidates(texts: Sequence[str]) -> tuple[dict[Topic, float], dict[Topic, float]]:
    """Return names and nouns with their weights; a noun that is part of a name is none."""
    names = {
        Topic(text=name.text, aliases=name.aliases): (
            _PLACE_WEIGHT if name.placed >= _PLACE_SHARE else _NAME_WEIGHT
        )
        for name in proper_names(texts)
    }
    named = {word for topic in names for form in topic.forms for word in form}
    nouns = {
        Topic(text=phrase.text, aliases=frozenset({phrase.text, phrase.head})): 1.0
        for phrase in noun_phrases(texts)
        if phrase.head not in named
    }
    return names, nouns


def _speakers_by_form(
    own: Iterable[str], speakers: Iterable[str], forms: _FormsByFirst
) -> dict[_Words, set[str]]:
    found: dict[_Words, set[str]] = {}
    for text, speaker in zip(own, speakers, strict=True):
        for form in _uses(folded_words(text), forms):
            found.setdefault(form, set()).add(speaker)
    return found


def _dateline(article: str) -> str:
    """Return what an opening like "PORT AVERIL (Averil Courier) --" has in brackets."""
    opening = article[:_DATELINE_CHARACTERS]
    return opening.partition("(")[2].partition(")")[0] if ")" in opening else ""


def _by_first(forms: Iterable[_Words]) -> _FormsByFirst:
    by_first: dict[str, set[_Words]] = {}
    for form in forms:
        by_first.setdefault(form[0], set()).add(form)
    return by_first


def _uses(words: Sequence[str], forms: _FormsByFirst) -> Iterator[_Words]:
    """Yield every use of a form in the words, in order."""
    for start, word in enumerate(words):
        for form in forms.get(word, ()):
            if tuple(words[start : start + len(form)]) == form:
                yield form
