"""Stance towards a topic phrase or a statement: VAST, ARC, TweetEval, Perspectrum."""

import json
from collections import defaultdict
from pathlib import Path

from classifier.examples import Example
from classifier.training.corpora.files import existing, lines, rows, zipped_rows
from classifier.training.corpora.parts import Part
from classifier.training.near_duplicates import normalise

_VAST_STANCE = {"0": "against", "1": "favor", "2": "neutral"}
_VAST_EVALUATED = {"FAVOR": "favor", "AGAINST": "against", "NONE": "neutral"}
_TWEET_STANCE = {"0": "neutral", "1": "against", "2": "favor"}
TWEET_TARGETS = {
    "abortion": "Legalization of Abortion",
    "atheism": "Atheism",
    "climate": "Climate Change is a Real Concern",
    "feminist": "Feminist Movement",
    "hillary": "Hillary Clinton",
}


def read_vast(root: Path, part: Part) -> list[Example]:
    """Comments on a newspaper's debate pages and a topic phrase (Allaway & McKeown 2020).

    The target is ``topic_str``: ``new_topic`` still names the original topic in the synthetic
    neutral rows. A pair that annotators labelled differently becomes one example a label, each
    weighted by its share of the votes.
    """
    if part != "train":
        return [
            Example(
                text=row["Tweet"],
                target=row["Target 1"],
                target_kind="topic",
                label=_VAST_EVALUATED[row["Stance 1"]],
                corpus="vast" if row["seen?"] == "1" else "vast zero-shot",
                group=row["Tweet"],
            )
            for row in rows(root, f"vast/vast_{part}.csv")
        ]
    votes: dict[tuple[str, str], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for row in zipped_rows(root, "vast/vast_train.zip", "vast_train.csv"):
        votes[row["post"], row["topic_str"]][_VAST_STANCE[row["label"]]] += 1
    return [
        Example(
            text=post,
            target=topic,
            target_kind="topic",
            label=label,
            corpus="vast",
            group=post,
            weight=count / sum(counts.values()),
        )
        for (post, topic), counts in votes.items()
        for label, count in counts.items()
    ]


def read_arc(root: Path, part: Part) -> list[Example]:
    """Comments and the two opposed statements of their debate (Habernal et al. 2018).

    VAST's texts are ARC texts: only comments outside VAST's dev and test parts are returned, all
    of them for training.
    """
    if part != "train":
        return []
    held_out = {
        normalise(row["Tweet"])
        for evaluated in ("dev", "test")
        for row in rows(root, f"vast/vast_{evaluated}.csv")
    }
    examples = []
    for row in rows(root, "arc/exported-3365-stance-taking-arguments.tsv", delimiter="\t"):
        if normalise(row["text"]) in held_out:
            continue
        for statement in ("stance1", "stance2"):
            agrees = row["annotatedStance"] == row[statement]
            examples.append(
                Example(
                    text=row["text"],
                    target=row[statement],
                    target_kind="topic",
                    label="favor" if agrees else "against",
                    corpus="arc",
                    group=row["url"],
                )
            )
    return examples


def read_tweeteval_stance(root: Path, part: Part) -> list[Example]:
    """Tweets and one of five targets (SemEval-2016 task 6), official parts."""
    official = "val" if part == "dev" else part
    return [
        Example(
            text=text,
            target=target,
            target_kind="topic",
            label=_TWEET_STANCE[label],
            corpus=f"tweeteval stance {name}",
        )
        for name, target in TWEET_TARGETS.items()
        for text, label in zip(
            lines(root, f"tweeteval/stance/{name}/{official}_text.txt"),
            lines(root, f"tweeteval/stance/{name}/{official}_labels.txt"),
            strict=True,
        )
    ]


def read_perspectrum(root: Path, part: Part) -> list[Example]:
    """Debate-site claims and perspectives that support or undermine them (Chen et al. 2019)."""
    folder = "perspectrum"
    wanted = json.loads(existing(root, f"{folder}/dataset_split_v1.0.json").read_text("utf-8"))
    pool = json.loads(existing(root, f"{folder}/perspective_pool_v1.0.json").read_text("utf-8"))
    claims = json.loads(
        existing(root, f"{folder}/perspectrum_with_answers_v1.0.json").read_text("utf-8")
    )
    texts = {perspective["pId"]: perspective["text"] for perspective in pool}
    stances = {"SUPPORT": "favor", "UNDERMINE": "against"}
    return [
        Example(
            text=texts[pid],
            target=claim["text"],
            target_kind="topic",
            label=stances[cluster["stance_label_3"]],
            corpus="perspectrum",
            group=str(claim["cId"]),
        )
        for claim in claims
        if wanted[str(claim["cId"])] == part
        for cluster in claim["perspectives"]
        if cluster["stance_label_3"] in stances
        for pid in cluster["pids"]
    ]
