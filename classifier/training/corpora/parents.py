"""Stance towards the post that is answered: IAC, Covid-19 vaccine comments, RumourEval."""

import html
import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from classifier.examples import Example
from classifier.training.corpora.files import existing, rows
from classifier.training.corpora.parts import Part, part_of

_CLEAR_AGREEMENT = 1.0
_UNCLEAR_WEIGHT = 0.5
_COVID_STANCE = {"0": "against", "1": "neutral", "2": "favor"}
_RUMOUR_STANCE = {
    "support": "favor",
    "deny": "against",
    "query": "neutral",
    "comment": "neutral",
}
_GONE = {"", "[deleted]", "[removed]"}


def read_iac(root: Path, part: Part) -> list[Example]:
    """Political debate posts that answer a quotation (Walker et al. 2012), cut by discussion.

    Mean agreement runs from -5 to +5; at least 1 either way is a clear label. Training also
    takes what lies between, as neutral at half weight; dev and test hold clear labels only.
    """
    examples = []
    for row in rows(root, "iac_v1/iac_quote_response.csv.gz"):
        if part_of(f"iac {row['discussion_id']}") != part:
            continue
        agreement = float(row["agreement"])
        clear = abs(agreement) >= _CLEAR_AGREEMENT
        if not clear and part != "train":
            continue
        label = "neutral" if not clear else "favor" if agreement > 0 else "against"
        examples.append(
            Example(
                text=row["response"],
                target=row["quote"],
                target_kind="parent",
                label=label,
                corpus="iac",
                group=row["discussion_id"],
                weight=1.0 if clear else _UNCLEAR_WEIGHT,
            )
        )
    return examples


def read_covid(root: Path, part: Part) -> list[Example]:
    """Reddit comments on Covid-19 vaccination and a quoted comment (Lei & Huang 2022)."""
    return [
        Example(
            text=row["response_text"],
            target=row["quote_text"],
            target_kind="parent",
            label=_COVID_STANCE[row["relation"]],
            corpus="covid",
            group=row["quote_text"],
        )
        for row in rows(root, "subreddit_agreement/SubReddit-CovidVaccine.csv", encoding="cp1252")
        if part_of(f"covid {row['quote_text']}") == part
    ]


def read_rumoureval(root: Path, part: Part) -> list[Example]:
    """Read posts that carry a rumour, and those under them (Gorrell et al. 2019).

    The label is a post's stance to the rumour in the first one, also for nested replies, so the
    first post's text is the target, as an article is where a page has one. As in the shared task a
    first post is asked about itself, on Reddit with its title; posts that are gone are left out.
    """
    return [
        Example(
            text=_whole_text(item),
            target=html.unescape(item["source"]),
            target_kind="article",
            label=_RUMOUR_STANCE[item["label"]],
            corpus="rumoureval",
            group=item["source_id"],
        )
        for item in _rumour_items(root)
        if item["split"] == part
        if item["is_source"] or item["reply"].strip() not in _GONE
    ]


def _whole_text(item: Mapping[str, str]) -> str:
    own, first = html.unescape(item["reply"]), html.unescape(item["source"])
    if not item["is_source"] or first in own:
        return own
    return first if own.strip() in _GONE else f"{first}\n\n{own}"


def _rumour_items(root: Path) -> Iterator[dict[str, str]]:
    with existing(root, "rumoureval2019/sdqc_all.jsonl").open(encoding="utf-8") as stream:
        for line in stream:
            yield json.loads(line)
