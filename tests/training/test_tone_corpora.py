"""Readers of the corpora that tone is learned from, on files of their layout with our own texts."""

import csv
import gzip
import io
import zipfile
from pathlib import Path

import pytest

from classifier.training.corpora import read_corpus
from classifier.training.corpora.parts import part_of

KINDS = (
    "antagonize",
    "condescending",
    "dismissive",
    "generalisation",
    "generalisation_unfair",
    "hostile",
    "sarcastic",
)


def table(rows: list[dict[str, object]]) -> str:
    stream = io.StringIO()
    writer = csv.DictWriter(stream, fieldnames=list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return stream.getvalue()


def judged(comment: str, **sure: float) -> dict[str, object]:
    """Return a row in which every kind but those given is surely absent."""
    row: dict[str, object] = {"comment": comment}
    for kind in KINDS:
        row[kind] = 1 if sure.get(kind, 0.0) >= 0.5 else 0
        row[f"{kind}:confidence"] = max(sure.get(kind, 0.0), 1 - sure.get(kind, 0.0))
    return row


def test_an_unhealthy_comment_is_labelled_by_how_sure_its_raters_are(tmp_path: Path) -> None:
    (tmp_path / "ucc").mkdir()
    rows = [judged("Oh, how clever of you.", sarcastic=0.8, antagonize=0.3)]
    (tmp_path / "ucc" / "test.csv").write_text(table(rows), encoding="utf-8")
    (only,) = read_corpus("ucc", tmp_path, "test")
    assert only.text == "Oh, how clever of you."
    assert only.labels == pytest.approx(
        {
            "antagonistic": 0.3,
            "condescending": 0.0,
            "dismissive": 0.0,
            "generalising": 0.0,
            "hostile": 0.0,
            "sarcastic": 0.8,
        }
    )


def test_the_labelled_validation_comments_are_shared_between_train_and_dev(tmp_path: Path) -> None:
    (tmp_path / "ucc").mkdir()
    rows = [judged(f"This is the comment that has the number {n}.") for n in range(200)]
    (tmp_path / "ucc" / "val.csv").write_text(table(rows), encoding="utf-8")
    train, dev = (
        {example.text for example in read_corpus("ucc", tmp_path, part)}
        for part in ("train", "dev")
    )
    assert not train & dev
    assert len(train | dev) == 200
    assert 30 < len(dev) < 90


def test_reasons_given_by_raters_become_shares_and_what_was_not_asked_stays_unknown(
    tmp_path: Path,
) -> None:
    article = next(str(n) for n in range(1000) if part_of(f"c3 {n}") == "train")
    row: dict[str, object] = {
        "article_id": article,
        "comment_text": "Go on, sell the harbour to your cousin as well.",
        "njudgements_toxicity_expt": "4.0",
        "njudgements_constructiveness_expt": "5.0",
        "toxicity_characteristics": "personal_attack:1\nabusive:3\nteasing:2",
        "non_constructive_characteristics": "sarcastic:2\nprovocative:1",
    }
    (tmp_path / "c3").mkdir()
    with zipfile.ZipFile(tmp_path / "c3" / "archive.zip", "w") as archive:
        archive.writestr("README.txt", "about")
        archive.writestr("comments.csv", table([row]))
    (only,) = read_corpus("c3", tmp_path, "train")
    assert only.labels == pytest.approx(
        {"antagonistic": 0.2, "hostile": 0.75, "sarcastic": 0.4, "dismissive": 0.0}
    )
    assert read_corpus("c3", tmp_path, "dev") == read_corpus("c3", tmp_path, "test") == []


def test_debate_scales_become_kinds_and_a_missing_answer_stays_unknown(tmp_path: Path) -> None:
    discussion = next(str(n) for n in range(1000) if part_of(f"iac {n}") == "train")
    scored = [("-3.0", "2.0", "0.6"), ("0.0", "-0.5", "")]
    rows: list[dict[str, object]] = [
        {
            "discussion_id": discussion,
            "response": f"Answer {number}",
            "attack": attack,
            "nicenasty": nice,
            "sarcasm": sarcasm,
        }
        for number, (attack, nice, sarcasm) in enumerate(scored)
    ]
    (tmp_path / "iac_v1").mkdir()
    (tmp_path / "iac_v1" / "iac_quote_response.csv.gz").write_bytes(
        gzip.compress(table(rows).encode())
    )
    first, second = read_corpus("iac tone", tmp_path, "train")
    assert first.labels == {"antagonistic": 1.0, "hostile": 0.0, "sarcastic": 0.6}
    assert second.labels == {"antagonistic": 0.5, "hostile": 0.75}
