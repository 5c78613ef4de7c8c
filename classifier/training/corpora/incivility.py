"""Incivility kinds: Jigsaw 2018, toxic spans, and smaller hand-coded corpora."""

import io
import json
import tarfile
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from classifier.examples import Example
from classifier.training.corpora.files import bare_rows, existing, lines, rows
from classifier.training.corpora.parts import Part, part_of
from classifier.training.near_duplicates import normalise

_JIGSAW_LABELS = {
    "toxic": "toxicity",
    "severe_toxic": "severe_toxicity",
    "obscene": "profanity",
    "threat": "threat",
    "insult": "insult",
    "identity_hate": "identity_attack",
}
_SPAN_LABELS = {
    "Insult": "insult",
    "Profane/Obscene": "profanity",
    "Threat": "threat",
    "Identity based Attack": "identity_attack",
}
_RUDE = 2
_REMOVED = {"[removed]", "[deleted]", ""}


def read_jigsaw(root: Path, part: Part) -> list[Example]:
    """Wikipedia talk-page comments with six kinds (Jigsaw 2018).

    The official training part is cut into train and dev by comment; ``test`` holds the rows of
    the official test part that carry all six labels.
    """
    if part == "test":
        return [
            _jigsaw_example(row)
            for row in rows(root, "jigsaw2018/test.csv.gz")
            if row["label_scope"] == "six"
        ]
    return [
        _jigsaw_example(row)
        for row in rows(root, "jigsaw2018/train.csv.gz")
        if (part_of(f"jigsaw {row['id']}") == "dev") == (part == "dev")
    ]


def read_jigsaw_toxic_only(root: Path, part: Part) -> list[Example]:
    """Rows of the official test part that carry only `toxicity`; no other part."""
    if part != "test":
        return []
    return [
        Example(
            text=row["comment_text"],
            labels={"toxicity": float(row["toxic"])},
            corpus="jigsaw toxic only",
        )
        for row in rows(root, "jigsaw2018/test.csv.gz")
        if row["label_scope"] == "toxic only"
    ]


def _jigsaw_example(row: dict[str, str]) -> Example:
    return Example(
        text=row["comment_text"],
        labels={ours: float(row[theirs]) for theirs, ours in _JIGSAW_LABELS.items()},
        corpus="jigsaw",
        group=row["id"],
    )


def read_toxic_spans(root: Path, part: Part) -> list[Example]:
    """News comments found toxic, whose raters marked which words are so (Pavlopoulos 2021).

    A kind's label is the share of raters who marked any span with it. All comments are toxic, so
    the kinds are known only relative to each other; `toxicity` is left out, since a model would
    learn from it that whatever sounds like a news comment is toxic. Parts follow SemEval-2021
    task 5; comments outside its parts train.
    """
    shares = _span_shares(root)
    official = {
        "test": {normalise(row["text"]) for row in rows(root, "toxic_spans/tsd_test.csv")},
        "dev": {normalise(row["text"]) for row in rows(root, "toxic_spans/tsd_trial.csv")},
    }
    examples = []
    for row in rows(root, "toxic_spans/comments.csv"):
        text = row["comment_text"]
        stands_in = next(
            (name for name, texts in official.items() if normalise(text) in texts), "train"
        )
        if stands_in != part or row["comment_id"] not in shares:
            continue
        examples.append(Example(text=text, labels=shares[row["comment_id"]], corpus="toxic spans"))
    return examples


def _span_shares(root: Path) -> dict[str, dict[str, float]]:
    kinds_marked: dict[str, set[str]] = defaultdict(set)
    for row in rows(root, "toxic_spans/spans.csv"):
        if row["type"] in _SPAN_LABELS:
            kinds_marked[row["annotation"]].add(_SPAN_LABELS[row["type"]])
    raters: dict[str, list[set[str]]] = defaultdict(list)
    for row in rows(root, "toxic_spans/annotations.csv"):
        raters[row["comment_id"]].append(kinds_marked[row["annotation"]])
    return {
        comment: {
            kind: sum(kind in marked for marked in all_marked) / len(all_marked)
            for kind in _SPAN_LABELS.values()
        }
        for comment, all_marked in raters.items()
    }


def read_reddit_incivility(root: Path, part: Part) -> list[Example]:
    """Reddit comments coded by hand as civil or uncivil (Davidson et al. 2020)."""
    official = "test" if part == "test" else "train"
    return [
        Example(text=text, labels={"toxicity": float(label)}, corpus="reddit incivility")
        for text, label in bare_rows(
            root, f"reddit_incivility/incivility_coded_0302.{official}.csv"
        )
        if part == "test" or (part_of(f"reddit {normalise(text)}") == "dev") == (part == "dev")
    ]


def read_context_toxicity(root: Path, part: Part) -> list[Example]:
    """Wikipedia talk-page comments that several raters judged alone (Pavlopoulos et al. 2020)."""
    return [
        Example(
            text=row["text"],
            labels={"toxicity": _mean_code(row["tox_codes_oc"])},
            corpus="context toxicity",
        )
        for row in rows(root, "context_toxicity/cat_small.csv")
        if part_of(f"context {row['parent_text']}") == part
    ]


def _mean_code(codes: str) -> float:
    numbers = [float(code) for code in codes.strip("[]").split()]
    return sum(numbers) / len(numbers)


def read_misogyny(root: Path, part: Part) -> list[Example]:
    """Reddit posts and comments labelled for misogyny (Guest et al. 2021), cut by thread.

    An entry stands once a label; it is an identity attack if any of its labels is misogynistic.
    The other kinds are known of some entries only, and always present there, so they are left out.
    """
    attacks: dict[str, float] = defaultdict(float)
    texts: dict[str, str] = {}
    for row in rows(root, "misogyny/final_labels.csv"):
        if row["body"].strip() and part_of(f"misogyny {row['link_id']}") == part:
            texts[row["entry_id"]] = row["body"]
            attacks[row["entry_id"]] += row["level_1"] == "Misogynistic"
    return [
        Example(text=text, labels={"identity_attack": min(attacks[entry], 1.0)}, corpus="misogyny")
        for entry, text in texts.items()
    ]


def read_ad_hominem(root: Path, part: Part) -> list[Example]:
    """Reddit debate comments removed for rudeness, and those opening a chain (Habernal 2018).

    The comment under judgement is the chain's last; a chain's first comment serves as civil,
    since the rewarded comments of the other class are better than an average one. Lines that
    quote are left out: they are another person's words.
    """
    examples = []
    for name, chain in _chains(root):
        if part_of(f"cmv {chain[0]['link_id']}") != part:
            continue
        first, last = chain[0], chain[-1]
        judged = [(last, 1.0)] if "_ah_" in name and last["violated_rule"] == _RUDE else []
        judged += [(first, 0.0)] if first["violated_rule"] == 0 else []
        for comment, toxic in judged:
            text = _without_quoting_lines(comment["body"])
            if text not in _REMOVED:
                examples.append(Example(text=text, labels={"toxicity": toxic}, corpus="ad hominem"))
    return examples


def _chains(root: Path) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    path = existing(root, "ad_hominem_cmv/sampled-threads-ah-delta-context3.tar.bz2")
    with tarfile.open(path, "r:bz2") as archive:
        for member in archive:
            stream = archive.extractfile(member)
            if stream is None:
                continue
            text = io.TextIOWrapper(stream, encoding="utf-8")
            chain = [json.loads(line) for line in text if line.strip()]
            if chain:
                yield member.name, chain


def _without_quoting_lines(body: str) -> str:
    kept = [line for line in body.splitlines() if not line.lstrip().startswith((">", "&gt;"))]
    return "\n".join(kept).strip()


def read_tweeteval_offensive(root: Path, part: Part) -> list[Example]:
    """Tweets labelled offensive or not (SemEval-2019 task 6); for evaluation only."""
    if part != "test":
        return []
    return [
        Example(text=text, labels={"toxicity": float(label)}, corpus="tweeteval offensive")
        for text, label in zip(
            lines(root, "tweeteval/offensive/test_text.txt"),
            lines(root, "tweeteval/offensive/test_labels.txt"),
            strict=True,
        )
    ]
