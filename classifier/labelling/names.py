"""Proper names of a thread, each with the other ways in which it is written."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from classifier.labelling.tokens import Token, folded, tokens
from classifier.labelling.word_lists import (
    ARGUABLE,
    CALENDAR,
    COMMON_VERBS,
    DEMONYMS,
    FUNCTION_WORDS,
    PARTICLES,
    PLACING,
    TITLES,
)

_MOST = 400
_LONGEST = 5
_SAME_SPELLING = 88.0
_SPELT_LETTERS = 5
_FULL_NAME = 2
_MUCH_OFTENER = 12

_Run = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """A person, place or body.

    Parameters
    ----------
    text : str
        Its fullest common form, without title where first name and surname are known.
    aliases : frozenset of str
        Every form by which it is mentioned, `text` included.
    placed : float
        Share of its mentions that follow "in", "at", "from" or "near", as a place's do.
    titles : frozenset of str
        Titles that stand before it, in lower case.
    """

    text: str
    aliases: frozenset[str]
    placed: float
    titles: frozenset[str]


def proper_names(texts: Sequence[str]) -> list[Name]:
    """Return the names that capitals in mid-sentence show, the forms of each joined.

    A title and a surname ("Mayor Finch"), a surname alone, a first name alone and a surname
    spelt a little differently are taken for the full name that they fit, the most frequent
    where several do.

    Parameters
    ----------
    texts : sequence of str
        The article and the replies' own words.

    Returns
    -------
    list of Name
        At most some hundreds, the most frequent forms first.
    """
    capitals = _Capitals(texts)
    seen: Counter[_Run] = Counter()
    placed: Counter[_Run] = Counter()
    for text in texts:
        for run, after_place_word in _runs(list(tokens(text)), capitals):
            seen[run] += 1
            placed[run] += after_place_word
    return _joined(dict(seen.most_common(_MOST)), placed, capitals)


class _Capitals:
    """How often each word is written with a capital where none is called for, and without."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._lower: Counter[str] = Counter()
        self._upper: Counter[str] = Counter()
        for token in chain.from_iterable(map(tokens, texts)):
            if not token.capital:
                self._lower[token.text.casefold()] += 1
            elif not token.first:
                self._upper[token.text.casefold()] += 1

    def is_ordinary(self, word: str) -> bool:
        """Tell whether it is written small as often as with a capital of its own."""
        word = word.casefold()
        return word in FUNCTION_WORDS or self._lower[word] >= self._upper[word]

    def is_mostly_small(self, word: str) -> bool:
        return self._lower[word.casefold()] > self._upper[word.casefold()]

    def is_seen_small(self, word: str) -> bool:
        return word.casefold() in FUNCTION_WORDS or self._lower[word.casefold()] > 0


def _runs(words: Sequence[Token], capitals: _Capitals) -> Iterator[tuple[_Run, bool]]:
    position = 0
    while position < len(words):
        start, run = position, _run_at(words, position)
        position += max(len(run), 1)
        while run and run[0].first and _opens_by_chance(run, capitals):
            run = run[1:]
            start += 1
        if run and run[0].text == "of":
            run = run[1:]
            start += 1
        texts = tuple(token.text for token in run)
        if not texts or len(texts) > _LONGEST or _is_no_name(texts, capitals):
            continue
        before = words[start - 1].text.casefold() if start and run[0].joined else ""
        yield texts, before in PLACING


def _run_at(words: Sequence[Token], position: int) -> Sequence[Token]:
    end = position
    while end < len(words) and (end == position or words[end].joined):
        token = words[end]
        word = token.text.casefold()
        if token.capital and word not in FUNCTION_WORDS:
            end += 1
            continue
        follows = words[end + 1] if end + 1 < len(words) else None
        inside = end > position and word in PARTICLES
        if not (inside and follows and follows.joined and follows.capital):
            break
        end += 1
    return words[position:end]


def _opens_by_chance(run: Sequence[Token], capitals: _Capitals) -> bool:
    """Tell whether a sentence's first word is likely to be capital for that reason only."""
    alone = len(run) == 1 or not run[1].capital
    if not alone and run[0].text.casefold() in TITLES:
        return False
    if len(run) > _FULL_NAME and folded(run[0].text) in COMMON_VERBS | ARGUABLE:
        return True
    return capitals.is_seen_small(run[0].text) or (alone and capitals.is_ordinary(run[0].text))


def _is_no_name(texts: _Run, capitals: _Capitals) -> bool:
    shouted = all(text.isupper() and len(text) > 1 for text in texts)
    if shouted and (len(texts) > 1 or capitals.is_seen_small(texts[0])):
        return True
    if len(texts) == 1 and capitals.is_ordinary(texts[0]):
        return True
    return any(text.casefold() in CALENDAR for text in texts)


def _joined(
    seen: Mapping[_Run, int], placed: Mapping[_Run, int], capitals: _Capitals
) -> list[Name]:
    cores: defaultdict[_Run, list[_Run]] = defaultdict(list)
    for run in seen:
        if core := _without_titles(run):
            cores[core].append(run)
    often = {core: sum(seen[run] for run in runs) for core, runs in cores.items()}
    by_count = sorted(cores, key=often.__getitem__, reverse=True)
    owners = {core: _owner(core, by_count, often) for core in by_count}
    groups: defaultdict[_Run, list[_Run]] = defaultdict(list)
    for core in by_count:
        groups[owners[owners[core]]].append(core)
    names = []
    for owner, members in groups.items():
        runs = [run for core in members for run in cores[core]]
        total = sum(seen[run] for run in runs)
        names.append(
            Name(
                text=_full_form(owner, sorted(cores[owner], key=seen.__getitem__)),
                aliases=_aliases(owner, members, runs, capitals),
                placed=sum(placed[run] for run in runs) / total,
                titles=frozenset(
                    word.casefold() for run in runs for word in run if word.casefold() in TITLES
                ),
            )
        )
    return names


def _without_titles(run: _Run) -> _Run:
    titles = [place for place, word in enumerate(run) if word.casefold() in TITLES]
    name = run[titles[-1] + 1 :] if titles else run
    return name[1:] if name[:1] == ("of",) else name


def _owner(core: _Run, by_count: Sequence[_Run], often: Mapping[_Run, int]) -> _Run:
    """Return the fuller or more frequent form that a form stands for; itself if none."""
    from rapidfuzz.fuzz import ratio

    word = _surname(core)
    fits: tuple[Callable[[_Run], bool], ...]
    if len(core) > 1:
        ahead = [other for other in by_count[: by_count.index(core)] if len(other) > 1]
        fits = (
            lambda other: _surname(other) == word and other[-len(core) :] == core,
            lambda other: ratio(" ".join(core), " ".join(other)) >= _SAME_SPELLING,
        )
    else:
        ahead = [
            other
            for other in by_count
            if len(other) > 1
            and _may_be_shortened(other)
            and often[core] <= _MUCH_OFTENER * often[other]
        ]
        ahead += [other for other in by_count[: by_count.index(core)] if len(other) == 1]
        fits = (
            lambda other: _surname(other) == word,
            lambda other: folded(other[0]) == word,
            lambda other: (
                min(len(word), len(_surname(other))) >= _SPELT_LETTERS
                and ratio(_surname(other), word) >= _SAME_SPELLING
            ),
        )
    for fit in fits:
        for other in ahead:
            if fit(other):
                return other
    return core


def _may_be_shortened(core: _Run) -> bool:
    """Tell whether one word may stand for a name: not for "Sea of Brack" or "Irish Rail"."""
    return "of" not in core and folded(core[0]) not in DEMONYMS


def _surname(core: _Run) -> str:
    return folded(core[-1].rpartition("-")[2])


def _full_form(owner: _Run, runs: Sequence[_Run]) -> str:
    titled = [run for run in runs if len(run) > 1]
    return " ".join(titled[-1] if len(owner) == 1 and titled else owner)


def _aliases(
    owner: _Run, members: Sequence[_Run], runs: Sequence[_Run], capitals: _Capitals
) -> frozenset[str]:
    words = {owner[-1].rpartition("-")[2], *(core[0] for core in members if len(core) == 1)}
    aliases = {
        word
        for word in words
        if word.casefold() not in FUNCTION_WORDS and not capitals.is_mostly_small(word)
    }
    return frozenset(aliases | {" ".join(owner)} | {" ".join(run) for run in runs if len(run) > 1})
