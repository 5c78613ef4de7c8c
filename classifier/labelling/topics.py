"""Find the topics that a thread's replies talk about."""

import math
import re
from collections.abc import Iterable, Sequence

from classifier.thread import Thread

_MOST_TOPICS = 5
_MOST_WORDS = 3
_CANDIDATES = 60
_FEWEST_REPLIES = 2
_WORD = re.compile(r"\w+(?:['\u2019]\w+)*")
_VAGUE = frozenset(
    (
        *("people", "thing", "things", "time", "years", "year", "days", "day", "today", "way"),
        *("yesterday", "tomorrow", "lot", "guys", "guy", "post", "posts", "thread", "article"),
        *("comment", "comments", "link", "news", "point", "fact", "facts", "reason", "sense"),
        *("question", "problem", "problems", "money", "world", "country", "government", "man"),
        *("men", "woman", "women", "everyone", "someone", "anyone", "nothing", "something"),
        *("anything", "reply", "quote", "wrote"),
    )
)


def find_topics(thread: Thread, *, most: int = _MOST_TOPICS) -> tuple[str, ...]:
    """Return phrases that several replies talk about, the most discussed first.

    Candidates come from YAKE (Campos et al. 2020) over the article's words and the replies' own;
    one stays if at least two replies use it in their own words, the article uses it too or it is
    written as a name, it is not vague, and no better one holds the same words. Phrases that many
    replies use and the article dwells on come first.

    Parameters
    ----------
    thread : Thread
        A split thread.
    most : int
        How many topics at most.

    Returns
    -------
    tuple of str
        Phrases as the thread writes them.
    """
    own = [reply.text for reply in thread.replies if reply.text]
    if len(own) < _FEWEST_REPLIES:
        return ()
    words_of = [_folded_words(text) for text in own]
    article = _folded_words(thread.article.text) if thread.article else []
    found: list[tuple[float, float, str]] = []
    for phrase, cost in _candidates(thread, own):
        folded = _folded_words(phrase)
        if not folded or all(word in _VAGUE for word in folded):
            continue
        used = sum(_occurrences(words, folded) > 0 for words in words_of)
        in_article = _occurrences(article, folded)
        at_issue = bool(in_article or not article or phrase[0].isupper())
        if used >= _FEWEST_REPLIES and at_issue:
            found.append((used * (1 + math.log1p(in_article)), cost, phrase))
    found.sort(key=lambda item: (-item[0], item[1]))
    topics: list[str] = []
    for _, _, phrase in found:
        own_words = set(_folded_words(phrase))
        if not any(own_words & set(_folded_words(topic)) for topic in topics):
            topics.append(phrase)
        if len(topics) == most:
            break
    return tuple(topics)


def mentions(text: str, topic: str) -> bool:
    """Tell whether a text uses the topic's words, in order and whole."""
    return _occurrences(_folded_words(text), _folded_words(topic)) > 0


def _candidates(thread: Thread, own: Sequence[str]) -> Iterable[tuple[str, float]]:
    import yake

    article = thread.article.text if thread.article else ""
    extractor = yake.KeywordExtractor(lan="en", n=_MOST_WORDS, top=_CANDIDATES)
    seen: set[str] = set()
    for text in ("\n\n".join(own), article):
        if not text.strip():
            continue
        for phrase, cost in extractor.extract_keywords(text):
            if phrase.casefold() not in seen:
                seen.add(phrase.casefold())
                yield phrase, cost


def _folded_words(text: str) -> list[str]:
    return [_singular(word.casefold()) for word in _WORD.findall(text)]


def _singular(word: str) -> str:
    return word[:-2] if word.endswith(("'s", "\u2019s")) else word


def _occurrences(words: list[str], phrase: list[str]) -> int:
    size = len(phrase)
    return sum(words[start : start + size] == phrase for start in range(len(words) - size + 1))
