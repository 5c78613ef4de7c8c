"""Common-noun phrases of a thread, told from verbs and adjectives by the words around them."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from classifier.labelling.openings import noun_chunks
from classifier.labelling.tokens import Token, folded, tokens
from classifier.labelling.word_lists import (
    AFTER_NOUNS,
    ARGUABLE,
    BEFORE_VERBS,
    DETERMINERS,
    FUNCTION_WORDS,
    PREPOSITIONS,
    VAGUE,
)

_SHORTEST = 3
_LEAST_EVIDENCE = 1.0
_LEAST_NOUN_SHARE = 0.6
_FEWEST_PAIRS = 2
_LEAST_PAIR_SHARE = 0.3
_HALF = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class NounPhrase:
    """A noun, with the word before it where the two belong together.

    Parameters
    ----------
    text : str
        As an opening has it, or as the thread most often writes it.
    head : str
        The noun, folded.
    aliases : frozenset of str
        The forms by which it is mentioned: `text`, and the noun alone unless that says nothing.
    """

    text: str
    head: str
    aliases: frozenset[str]


def noun_phrases(texts: Sequence[str], *, openings: Sequence[str] = ()) -> list[NounPhrase]:
    """Return the common nouns of a thread.

    Whether a word is a noun is judged from where it stands, over all texts: after a determiner
    or a preposition and before a verb or "of" speaks for it, after "to", a modal verb or a
    subject pronoun against. What stands last in a chunk of an opening is one on less evidence,
    since headlines leave out small words.

    Parameters
    ----------
    texts : sequence of str
        The article and the replies' own words.
    openings : sequence of str
        Headline and lede, the more telling first.
    """
    known = _Evidence()
    for text in texts:
        for before, run, after in _runs(tokens(text)):
            known.add(before, run, after)
    opened = _last_words(openings)
    phrases = [
        _phrase(opened.get(each.head, each.text) if " " not in each.text else each.text, each.head)
        if each.head in opened
        else each
        for each in known.phrases()
    ]
    heads = {each.head for each in phrases}
    return phrases + [
        _phrase(text, head)
        for head, text in opened.items()
        if head not in heads
        and (" " in text or head not in VAGUE)
        and (" " in text or head in ARGUABLE or known.speaks_for(head))
    ]


def _last_words(openings: Sequence[str]) -> dict[str, str]:
    """Return the last noun of each chunk with the word before it where one chunk has one."""
    found: dict[str, str] = {}
    for run in (run for text in openings for run in noun_chunks(text)):
        head = folded(run[-1])
        if head not in found or (len(run) > 1 and " " not in found[head]):
            found[head] = " ".join(run[-2:])
    return found


def _phrase(text: str, head: str) -> NounPhrase:
    alone = () if head in VAGUE else (head,)
    return NounPhrase(text=text, head=head, aliases=frozenset({text, *alone}))


def _runs(words: Iterable[Token]) -> Iterator[tuple[str, list[str], str]]:
    """Yield stretches of content words with the function word before and the word after."""
    before, run = "", list[str]()
    for token in words:
        word = token.text.casefold()
        content = (
            word not in FUNCTION_WORDS
            and len(word) >= _SHORTEST
            and "'" not in word
            and "\u2019" not in word
            and (token.first or not token.capital)
        )
        broken = not (token.joined or not run)
        if run and (broken or not content):
            yield before, run, "" if broken else word
            before, run = "", []
        if content:
            if token.first:
                before = ""
            run.append(word)
        else:
            before = word
    if run:
        yield before, run, ""


class _Evidence:
    def __init__(self) -> None:
        self._noun: defaultdict[str, float] = defaultdict(float)
        self._against: defaultdict[str, float] = defaultdict(float)
        self._surface: dict[str, Counter[str]] = defaultdict(Counter)
        self._pairs: dict[str, Counter[str]] = defaultdict(Counter)
        self._seen: Counter[str] = Counter()

    def add(self, before: str, run: Sequence[str], after: str) -> None:
        for place, word in enumerate(run):
            head = folded(word)
            self._seen[head] += 1
            self._surface[head][word] += 1
            if place:
                self._pairs[head][f"{run[place - 1]} {word}"] += 1
        last = folded(run[-1])
        if before in DETERMINERS:
            self._noun[last] += 1.0
        elif before in PREPOSITIONS:
            self._noun[last] += _HALF
        elif before in BEFORE_VERBS and len(run) == 1:
            self._against[last] += 1.0
        if after in AFTER_NOUNS:
            self._noun[last] += _HALF
        elif after in DETERMINERS and before not in DETERMINERS:
            self._against[last] += _HALF

    def speaks_for(self, head: str) -> bool:
        """Tell whether more speaks for a noun than against it."""
        return self._noun.get(head, 0.0) > self._against.get(head, 0.0)

    def phrases(self) -> list[NounPhrase]:
        found = []
        for head, seen in self._seen.items():
            noun, against = self._noun.get(head, 0.0), self._against.get(head, 0.0)
            share = noun / (noun + against) if noun else 0.0
            if noun < _LEAST_EVIDENCE or share < _LEAST_NOUN_SHARE or head in VAGUE:
                continue
            found.append(_phrase(self._text(head, seen), head))
        return found

    def _text(self, head: str, seen: int) -> str:
        single = self._surface[head].most_common(1)[0][0]
        pairs = self._pairs[head].most_common(1)
        if pairs and pairs[0][1] >= max(_FEWEST_PAIRS, _LEAST_PAIR_SHARE * seen):
            return pairs[0][0]
        return single
