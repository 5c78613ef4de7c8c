"""Sentiment of own words: GoEmotions groups, rated tweets, TweetEval."""

from pathlib import Path

from classifier.examples import Example
from classifier.training.corpora.files import bare_rows, existing, lines
from classifier.training.corpora.parts import Part, part_of

_GROUPS = ("ambiguous", "negative", "neutral", "positive")
_CLEAR_RATING = 0.5
_TWEET_SENTIMENT = ("negative", "neutral", "positive")


def read_goemotions(root: Path, part: Part) -> list[Example]:
    """Reddit comments, emotions grouped by sentiment (Demszky et al. 2020), official parts.

    A comment with several groups becomes one example a group, the weights summing to one.
    ``ambiguous`` (surprise, curiosity, confusion, realisation) is a group of its own in training;
    a released model gives its share to the other three.
    """
    examples = []
    for text, numbers, _ in bare_rows(root, f"goemotions/group/{part}.tsv", delimiter="\t"):
        groups = [_GROUPS[int(number)] for number in numbers.split(",")]
        examples += [
            Example(text=text, label=group, corpus="goemotions", weight=1 / len(groups))
            for group in groups
        ]
    return examples


def read_goemotions_test(root: Path, part: Part) -> list[Example]:
    """Only the official test part of GoEmotions, to be measured with its ambiguous comments."""
    return read_goemotions(root, part) if part == "test" else []


def read_rated_tweets(root: Path, part: Part) -> list[Example]:
    """Tweet-like texts with a mean rating from -4 to +4 (Hutto & Gilbert 2014).

    From 0.5 on a text is positive, up to -0.5 negative, else neutral.
    """
    examples = []
    content = existing(root, "vader/tweets_GroundTruth.txt").read_text("utf-8")
    for line in content.removesuffix("\n").split("\n"):
        number, rating, text = line.split("\t", 2)
        if part_of(f"rated tweet {number}") != part:
            continue
        mean = float(rating)
        label = (
            "positive"
            if mean >= _CLEAR_RATING
            else "negative"
            if mean <= -_CLEAR_RATING
            else "neutral"
        )
        examples.append(Example(text=text, label=label, corpus="rated tweets"))
    return examples


def read_tweeteval_sentiment(root: Path, part: Part) -> list[Example]:
    """Tweets of SemEval-2017 task 4; for evaluation only."""
    if part != "test":
        return []
    return [
        Example(text=text, label=_TWEET_SENTIMENT[int(label)], corpus="tweeteval sentiment")
        for text, label in zip(
            lines(root, "tweeteval/sentiment/test_text.txt"),
            lines(root, "tweeteval/sentiment/test_labels.txt"),
            strict=True,
        )
    ]
