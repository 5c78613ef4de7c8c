"""The hand-labelled threads, as pages with their truth and as example records."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from classifier.examples import Example
from classifier.labelling.thread_targets import article_target
from classifier.reading import read
from classifier.splitting import split
from classifier.thread import INCIVILITIES, Article, Page

FOLDER = Path(__file__).parents[2] / "data" / "fixture"


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelledPage:
    page: Page
    truth: dict[str, Any]


@cache
def labelled_pages() -> tuple[LabelledPage, ...]:
    return tuple(
        LabelledPage(page=page, truth=json.loads(file.read_text(encoding="utf-8")))
        for file in sorted(FOLDER.glob("*.truth.json"))
        for page in read(FOLDER / file.name.replace(".truth.json", ".txt"))
        if isinstance(page, Page)
    )


def layout_of(truth: dict[str, Any]) -> dict[str, Any]:
    """What a split must find, reply by reply, without labels."""
    return {
        "preamble": [list(span) for span in truth["preamble"]],
        "article": truth["article"] and [truth["article"]["start"], truth["article"]["end"]],
        "replies": [
            {
                "id": reply["id"],
                "own": [list(span) for span in reply["own"]],
                "quotes": [[q["start"], q["end"], q["reply_id"]] for q in reply["quotes"]],
                "excerpts": [list(span) for span in reply["excerpts"]],
                "parent": reply["parent_id"],
                "span": [reply["start"], reply["end"]],
            }
            for reply in truth["replies"]
        ],
    }


def split_layout(page: Page) -> dict[str, Any]:
    return layout_of(split(page).model_dump())


def share_of_replies_found(page: LabelledPage) -> float:
    """Share of the true replies that the split has exactly, whatever their numbers."""
    found = split_layout(page.page)["replies"]
    wanted = layout_of(page.truth)["replies"]
    spans = {json.dumps([reply["span"], reply["own"]]) for reply in found}
    hits = sum(json.dumps([reply["span"], reply["own"]]) in spans for reply in wanted)
    return hits / len(wanted) if wanted else float(not found)


def comment_examples() -> list[Example]:
    return [
        Example(
            text=own_words(each, reply),
            labels={label: float(label in reply["labels"]["incivility"]) for label in INCIVILITIES},
            label=reply["labels"]["sentiment"],
        )
        for each, reply in labelled_replies()
    ]


def stance_examples() -> list[Example]:
    return [
        Example(text=own_words(each, reply), target=target, target_kind=kind, label=label)
        for each, reply in labelled_replies()
        for kind, named, label in reply["labels"]["stance"]
        if (target := target_words(each, kind, named))
    ]


def labelled_replies() -> Iterator[tuple[LabelledPage, dict[str, Any]]]:
    for each in labelled_pages():
        for reply in each.truth["replies"]:
            if reply["labels"] and reply["own"]:
                yield each, reply


def own_words(each: LabelledPage, reply: dict[str, Any]) -> str:
    return "\n\n".join(each.page.text[start:end] for start, end in reply["own"])


def target_words(each: LabelledPage, kind: str, named: str | None) -> str:
    if kind == "topic":
        return named or ""
    if kind == "parent":
        answered = next(reply for reply in each.truth["replies"] if reply["id"] == named)
        return own_words(each, answered)
    article = split(each.page).article or _true_article(each)
    return article_target(article) if article else ""


def _true_article(each: LabelledPage) -> Article | None:
    span = each.truth["article"]
    if span is None:
        return None
    start, end = span["start"], span["end"]
    return Article(start=start, end=end, text=each.page.text[start:end])
