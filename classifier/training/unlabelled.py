"""Pairs of a text and a target that nobody labelled, for a teacher to answer."""

import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer

from classifier.examples import Example
from classifier.labelling.noun_phrases import noun_phrases
from classifier.labelling.tokens import folded_words
from classifier.training.near_duplicates import without_near_duplicates
from classifier.training.page_sources import Post, read_debates

NEAREST = 15
DISCUSSIONS = "discussions"
_AT_ONCE = 1024
_SHORTEST, _LONGEST = 12, 110  # words; what is longer a window of training would cut
_MOST_PHRASES = 25
_MENTIONED = 2
_UNMENTIONED = 0.15
_LEAST_LIKENESS = 0.08


def pairs_with_near_targets(
    examples: Sequence[Example], *, of_each: int, seed: int
) -> list[Example]:
    """Return each text with targets of texts that are near it in words, but not with its own.

    Such a text may favour the target, oppose it or say nothing of it, which tells a student more
    of what its teacher knows than texts and targets at random, nearly always neutral.

    Parameters
    ----------
    examples : sequence of Example
        Of one corpus, with targets.
    of_each : int
        How many targets a text gets at most.
    seed : int
        Decides which.

    Returns
    -------
    list of Example
        Without a label; ``"unlabelled"`` follows the corpus's name.
    """
    draw = random.Random(seed)  # noqa: S311 - no secret
    one_of = {example.text: example for example in examples}
    targets: dict[str, list[str]] = defaultdict(list)
    for example in examples:
        targets[example.text].append(str(example.target))
    texts = list(one_of)
    pairs: list[Example] = []
    for text, near in zip(texts, _nearest(texts), strict=True):
        others = dict.fromkeys(target for each in near for target in targets[texts[each]])
        strange = [target for target in others if target not in targets[text]]
        pairs += [
            replace(
                one_of[text],
                target=target,
                label=None,
                corpus=f"{one_of[text].corpus}, unlabelled",
            )
            for target in draw.sample(strange, min(of_each, len(strange)))
        ]
    return pairs


def _nearest(texts: Sequence[str]) -> list[list[int]]:
    """Return the places of the texts most like each, by the cosine of their rare words."""
    if len(texts) <= 1:
        return [[] for _ in texts]
    vectors = TfidfVectorizer(sublinear_tf=True, stop_words="english").fit_transform(texts)
    nearest: list[list[int]] = []
    for start in range(0, len(texts), _AT_ONCE):
        likeness = (vectors[start : start + _AT_ONCE] @ vectors.T).toarray()
        likeness[np.arange(len(likeness)), start + np.arange(len(likeness))] = -1
        nearest += np.argsort(-likeness, axis=1, kind="stable")[:, :NEAREST].tolist()
    return nearest


def read_discussions(root: Path, *, evaluated: Sequence[Example]) -> list[list[str]]:
    """Return the own words of a forum's and a newspaper's comments, whose stance nobody labelled.

    Parameters
    ----------
    root : Path
        Folder that holds the corpora.
    evaluated : sequence of Example
        Comments that stand among these, whole or nearly, are left out.

    Raises
    ------
    InputError
        If a corpus file is missing.
    """
    comments = [
        Example(text=_own_words(post), group=str(number))
        for number, discussion in enumerate(read_debates(root, "train"))
        for post in discussion.posts
    ]
    discussions: dict[str | None, list[str]] = defaultdict(list)
    for comment in without_near_duplicates(comments, of=evaluated):
        discussions[comment.group].append(comment.text)
    return list(discussions.values())


def _own_words(post: Post) -> str:
    own = (piece.paragraphs for piece in post.pieces if piece.quoted is None)
    return " ".join(chain.from_iterable(own))


def pairs_with_own_phrases(
    discussions: Sequence[Sequence[str]], *, known: Sequence[Example], most: int, seed: int
) -> list[Example]:
    """Return comments of discussions that no corpus labels, with targets to ask a teacher about.

    A comment gets two noun phrases of the discussion that it mentions, a target of the labelled
    text nearest to it, and now and then a phrase that others mention and it does not.

    Parameters
    ----------
    discussions : sequence of sequence of str
        Own words of the comments of each.
    known : sequence of Example
        Of the corpora that the teacher learned from, with targets.
    most : int
        How many pairs at most.
    seed : int
        Decides which.

    Returns
    -------
    list of Example
        Without a label, of the corpus ``"discussions, unlabelled"``.
    """
    draw = random.Random(seed)  # noqa: S311 - no secret
    comments = [
        (text, *told)
        for discussion in discussions
        for text, told in zip(discussion, _phrases(discussion), strict=True)
        if _SHORTEST <= len(text.split()) <= _LONGEST
    ]
    nearest = _nearest_targets([text for text, _, _ in comments], known)
    pairs: list[Example] = []
    for (text, mentioned, others), near in zip(comments, nearest, strict=True):
        targets = draw.sample(mentioned, min(_MENTIONED, len(mentioned)))
        targets += draw.sample(near, min(1, len(near)))
        targets += draw.sample(others, min(int(draw.random() < _UNMENTIONED), len(others)))
        pairs += [
            Example(
                text=text, target=target, target_kind="topic", corpus=f"{DISCUSSIONS}, unlabelled"
            )
            for target in dict.fromkeys(targets)
        ]
    return draw.sample(pairs, min(most, len(pairs)))


def _phrases(discussion: Sequence[str]) -> list[tuple[list[str], list[str]]]:
    """Return, of each comment, which of the discussion's phrases it mentions and which not.

    Those are the noun phrases that most comments mention, at least two of them.
    """
    words = [f" {' '.join(folded_words(text))} " for text in discussion]
    mentions: dict[str, list[bool]] = {}
    for phrase in noun_phrases(discussion):
        forms = [f" {' '.join(folded_words(alias))} " for alias in phrase.aliases]
        mentions[phrase.text] = [any(form in text for form in forms) for text in words]
    often = sorted(
        (phrase for phrase, by in mentions.items() if sum(by) > 1),
        key=lambda phrase: sum(mentions[phrase]),
        reverse=True,
    )[:_MOST_PHRASES]
    return [
        (
            [phrase for phrase in often if mentions[phrase][row]],
            [phrase for phrase in often if not mentions[phrase][row]],
        )
        for row in range(len(discussion))
    ]


def _nearest_targets(texts: Sequence[str], known: Sequence[Example]) -> list[list[str]]:
    """Return the targets of the labelled text that shares most of each text's rare words."""
    targets: dict[str, list[str]] = defaultdict(list)
    for example in known:
        targets[example.text].append(str(example.target))
    labelled = list(targets)
    if not texts or not labelled:
        return [[] for _ in texts]
    weigh = TfidfVectorizer(sublinear_tf=True, stop_words="english")
    vectors, asked = weigh.fit_transform(labelled), weigh.transform(texts)
    nearest: list[list[str]] = []
    for start in range(0, len(texts), _AT_ONCE):
        likeness = (asked[start : start + _AT_ONCE] @ vectors.T).toarray()
        nearest += [
            targets[labelled[row.argmax()]] if row.max() >= _LEAST_LIKENESS else []
            for row in likeness
        ]
    return nearest
