"""Find the topics that a thread's replies argue about, and tell who mentions them."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

from classifier.labelling.names import proper_names
from classifier.labelling.noun_phrases import noun_phrases
from classifier.labelling.openings import Opening, opening
from classifier.labelling.parts import LONG, parts_of
from classifier.labelling.tokens import folded, folded_words
from classifier.labelling.topic_weights import Standing
from classifier.labelling.word_lists import ARGUABLE, DEMONYMS, OFFICES
from classifier.thread import Thread

MOST_TOPICS = 5
_FEWEST_REPLIES = 2
_FEWEST_NAMING_OUTLET = 3
_PLACE_SHARE = 0.25
_LIKELY = -1.6
_DATELINE_CHARACTERS = 120

_Words = tuple[str, ...]
_FormsByFirst = Mapping[str, AbstractSet[_Words]]


@dataclass(frozen=True, kw_only=True)
class Topic:
    """Something that replies argue about.

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
        return next(_uses(text, self._forms_by_first), None) is not None

    @cached_property
    def forms(self) -> frozenset[_Words]:
        """The aliases as folded words."""
        return frozenset(tuple(folded_words(alias)) for alias in self.aliases)

    @cached_property
    def _forms_by_first(self) -> _FormsByFirst:
        return _by_first(self.forms)


def find_topics(thread: Thread, *, most: int = MOST_TOPICS) -> tuple[Topic, ...]:
    """Return what several replies argue about in their own words, the likeliest first.

    Candidates are proper names, their forms joined, and common nouns. How many people mention
    one, whether the headline does, how often the article does, and whether it is of a kind that
    people take sides on decide how likely it is to be argued about; the likeliest is kept, and
    others that are likely enough. The thread's own authors are none, nor is the outlet that the
    dateline names unless at least three people speak of it. Candidates are looked for in the
    first 200,000 characters of a text, which are more than anybody writes.

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
    authors = {reply.author.casefold() for reply in thread.replies if reply.author}
    opened = opening(thread)
    candidates = [
        each
        for each in _candidates(
            [text[:LONG] for text in (opened.headline, opened.rest, *own)], opened
        )
        if each.topic.text.casefold() not in authors
    ]
    forms = _by_first(form for each in candidates for form in each.topic.forms)
    speakers = [reply.author or reply.id for reply in thread.replies]
    used = _speakers_by_form(own, speakers, forms)
    heard = {speaker for speaker, text in zip(speakers, own, strict=True) if text.strip()}
    written = Counter(chain(_uses(opened.headline, forms), _uses(opened.rest, forms)))
    headline = set(_uses(opened.headline, forms))
    dateline = _dateline(f"{opened.headline}\n{opened.rest[:_DATELINE_CHARACTERS]}")
    outlets = set(_uses(dateline, forms))
    ranked: list[tuple[float, Topic]] = []
    for each in candidates:
        mentioned = each.topic.forms
        people = len(set[str]().union(*(used.get(form, ()) for form in mentioned)))
        if people < (_FEWEST_NAMING_OUTLET if mentioned & outlets else _FEWEST_REPLIES):
            continue
        words = folded_words(each.topic.text)
        standing = Standing(
            people=people,
            of_people=len(heard),
            in_headline=not mentioned.isdisjoint(headline),
            written=max(written[form] for form in mentioned) if thread.article else None,
            name=each.name,
            place=each.place,
            titled=each.titled,
            arguable=words[-1] in ARGUABLE,
            arguable_part=not ARGUABLE.isdisjoint(words),
            modified=not each.name and len(words) > 1,
        )
        ranked.append((standing.score, each.topic))
    ranked.sort(key=lambda item: item[0], reverse=True)
    return _distinct(ranked, most)


def _distinct(ranked: Iterable[tuple[float, Topic]], most: int) -> tuple[Topic, ...]:
    """Return the best and those that are likely, without those that share a form with a better."""
    taken: list[Topic] = []
    for score, topic in ranked:
        if len(taken) == most or (taken and score < _LIKELY):
            break
        if all(topic.forms.isdisjoint(other.forms) for other in taken):
            taken.append(topic)
    return tuple(taken)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Candidate:
    topic: Topic
    name: bool = False
    place: bool = False
    titled: bool = False


def _candidates(texts: Sequence[str], opened: Opening) -> list[_Candidate]:
    """Return names and nouns; a noun that is part of a name is none."""
    names = proper_names(texts)
    holders = Counter(title for name in names for title in name.titles & OFFICES)
    found = [
        _Candidate(
            topic=Topic(
                text=name.text,
                aliases=name.aliases | {title for title in name.titles if holders[title] == 1},
            ),
            name=True,
            place=name.placed >= _PLACE_SHARE,
            titled=bool(name.titles),
        )
        for name in names
        if folded(name.text) not in DEMONYMS
    ]
    named = {word for each in found for form in each.topic.forms for word in form}
    return found + [
        _Candidate(topic=Topic(text=phrase.text, aliases=phrase.aliases))
        for phrase in noun_phrases(texts, openings=(opened.headline, opened.lede))
        if phrase.head not in named
    ]


def _speakers_by_form(
    own: Iterable[str], speakers: Iterable[str], forms: _FormsByFirst
) -> dict[_Words, set[str]]:
    found: dict[_Words, set[str]] = {}
    for text, speaker in zip(own, speakers, strict=True):
        for form in _uses(text, forms):
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


def _uses(text: str, forms: _FormsByFirst) -> Iterator[_Words]:
    """Yield every use of a form in a text's words, in order."""
    for words in map(folded_words, parts_of(text)):
        for start, word in enumerate(words):
            for form in forms.get(word, ()):
                if tuple(words[start : start + len(form)]) == form:
                    yield form
