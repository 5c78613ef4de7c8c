"""Tone kinds: unhealthy comments, constructive comments, and debate posts."""

from pathlib import Path
from zipfile import ZipFile

from classifier.examples import Example
from classifier.training.corpora.files import existing, rows, zipped_rows
from classifier.training.corpora.parts import Part, part_of
from classifier.training.near_duplicates import normalise

_UCC_LABELS = {
    "antagonize": "antagonistic",
    "hostile": "hostile",
    "dismissive": "dismissive",
    "condescending": "condescending",
    "sarcastic": "sarcastic",
    "generalisation": "generalising",
}
_C3_TOXIC = {"inflammatory": "antagonistic", "personal_attack": "hostile", "abusive": "hostile"}
_C3_NOT_CONSTRUCTIVE = {
    "sarcastic": "sarcastic",
    "provocative": "antagonistic",
    "no_respect": "dismissive",
}
_IAC_SCALES = {"attack": "antagonistic", "nicenasty": "hostile"}


def read_ucc(root: Path, part: Part) -> list[Example]:
    """News comments judged alone for unhealthy kinds (Price et al. 2020).

    The labels of the official training part are not to be had, so the official validation part
    is cut into train, seven tenths, and dev; ``test`` is the official one. A label is the
    raters' confidence that the kind is there.
    """
    file = "ucc/test.csv" if part == "test" else "ucc/val.csv"
    return [
        Example(
            text=row["comment"],
            labels={ours: _confidence(row, theirs) for theirs, ours in _UCC_LABELS.items()},
            corpus="ucc",
        )
        for row in rows(root, file)
        if part == "test" or _trains(row["comment"]) == (part == "train")
    ]


def _confidence(row: dict[str, str], kind: str) -> float:
    sure = float(row[f"{kind}:confidence"])
    return sure if float(row[kind]) else 1.0 - sure


def _trains(comment: str) -> bool:
    return part_of(f"ucc {normalise(comment)}") == "train"


def read_c3(root: Path, part: Part) -> list[Example]:
    """News comments whose raters said why they are toxic or not constructive, cut by article.

    A label is the share of raters who gave one of its reasons (Kolhatkar et al. 2020). What
    the raters were not asked, condescension and generalising, is left unknown.
    """
    with ZipFile(existing(root, "c3/archive.zip")) as archive:
        member = next(name for name in archive.namelist() if name.endswith(".csv"))
    return [
        Example(text=row["comment_text"], labels=_c3_labels(row), corpus="c3")
        for row in zipped_rows(root, "c3/archive.zip", member)
        if row["comment_text"].strip() and part_of(f"c3 {row['article_id']}") == part
    ]


def _c3_labels(row: dict[str, str]) -> dict[str, float]:
    labels: dict[str, float] = {}
    for reasons, names, judged in (
        (row["toxicity_characteristics"], _C3_TOXIC, row["njudgements_toxicity_expt"]),
        (
            row["non_constructive_characteristics"],
            _C3_NOT_CONSTRUCTIVE,
            row["njudgements_constructiveness_expt"],
        ),
    ):
        votes = {
            name: float(count)
            for name, _, count in (line.partition(":") for line in reasons.splitlines())
            if count
        }
        for theirs, ours in names.items():
            share = votes.get(theirs, 0.0) / max(float(judged), 1.0)
            labels[ours] = max(labels.get(ours, 0.0), min(share, 1.0))
    return labels


def read_iac_tone(root: Path, part: Part) -> list[Example]:
    """Answers to a quotation in political debates (Walker et al. 2012), cut by discussion.

    `sarcastic` is the share of workers who said so. Attack and nastiness are means on scales
    from -5 to +5: at -1 and below the kind is there, at +1 and above it is not, linear between.
    """
    examples = []
    for row in rows(root, "iac_v1/iac_quote_response.csv.gz"):
        if part_of(f"iac {row['discussion_id']}") != part:
            continue
        labels = {
            ours: min(max((1.0 - float(row[theirs])) / 2, 0.0), 1.0)
            for theirs, ours in _IAC_SCALES.items()
        }
        if row["sarcasm"]:
            labels["sarcastic"] = float(row["sarcasm"])
        examples.append(
            Example(
                text=row["response"], labels=labels, corpus="iac tone", group=row["discussion_id"]
            )
        )
    return examples
