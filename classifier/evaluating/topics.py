"""How well the topics found in threads are those that people say they argue about."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile

from classifier.labelling.tokens import folded, folded_words
from classifier.labelling.word_lists import DETERMINERS, PREPOSITIONS, TITLES

_ENDS = PREPOSITIONS | {"who", "that", "which"}


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicScores:
    """Counts over threads, and the shares that follow from them.

    Parameters
    ----------
    found, found_right : int
        Topics found, and those of them that are gold.
    gold, gold_found : int
        Gold topics, and those of them that were found.
    stances, stances_covered : int
        Stances (favour or against) that replies take towards gold topics, and those whose topic
        was found.
    threads, leads_found : int
        Threads with gold topics, and those whose most argued gold topic was found.
    """

    found: int
    found_right: int
    gold: int
    gold_found: int
    stances: int
    stances_covered: int
    threads: int
    leads_found: int

    @property
    def precision(self) -> float | None:
        """Share of the topics found that are gold; None where none was found."""
        return self.found_right / self.found if self.found else None

    @property
    def recall(self) -> float | None:
        """Share of the gold topics that were found; None where there are none."""
        return self.gold_found / self.gold if self.gold else None

    @property
    def coverage(self) -> float | None:
        """Recall with every gold topic weighted by the stances taken towards it."""
        return self.stances_covered / self.stances if self.stances else None

    @property
    def leads(self) -> float | None:
        """Share of the threads whose most argued topic was found; None where none has gold."""
        return self.leads_found / self.threads if self.threads else None


def score_topics(threads: Iterable[tuple[Sequence[str], Mapping[str, int]]]) -> TopicScores:
    """Compare the topics found in threads with gold topics.

    Parameters
    ----------
    threads : iterable of (sequence of str, mapping of str to int)
        For each thread the topics found, and how many replies take a stance towards each gold
        topic.
    """
    counts = dict.fromkeys(TopicScores.__dataclass_fields__, 0)
    for found, gold in threads:
        right = [topic for topic in gold if any(same_topic(each, topic) for each in found)]
        counts["found"] += len(found)
        counts["found_right"] += sum(any(same_topic(each, t) for t in gold) for each in found)
        counts["gold"] += len(gold)
        counts["gold_found"] += len(right)
        counts["stances"] += sum(gold.values())
        counts["stances_covered"] += sum(gold[topic] for topic in right)
        if gold:
            counts["threads"] += 1
            counts["leads_found"] += max(gold, key=gold.__getitem__) in right
    return TopicScores(**counts)


def same_topic(one: str, other: str) -> bool:
    """Tell whether two phrases name one topic.

    They do if their heads are the same word and the words of one phrase are among the other's.
    Case, plurals, articles, numbers and titles ("Mayor") do not count; a phrase ends before its
    first preposition or "who", and its head is its last word. Synonyms ("raid", "airstrikes")
    are held to be different, which makes the shares lower bounds.
    """
    words, others = _counted_words(one), _counted_words(other)
    if not words or not others or words[-1] != others[-1]:
        return False
    return set(words) <= set(others) or set(others) <= set(words)


def _counted_words(phrase: str) -> list[str]:
    words = [word for word in folded_words(phrase) if not word[0].isdigit()]
    start = 1 if words and words[0] in DETERMINERS else 0
    kept = takewhile(lambda word: word not in _ENDS, words[start:])
    dropped = DETERMINERS | {folded(title) for title in TITLES}
    return [word for word in kept if word not in dropped]
