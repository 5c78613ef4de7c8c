"""Replies with what they answer, judged by people who read both."""

from collections.abc import Iterator
from pathlib import Path

from classifier.examples import Example
from classifier.thread import INCIVILITIES
from classifier.training.corpora import own_threads
from classifier.training.corpora.files import rows
from classifier.training.corpora.parts import Part, part_of


def read_answers(root: Path, part: Part) -> list[Example]:
    """Return replies with their incivility, and as `target` the text that each of them answers.

    Threads of our own invention: the answered reply, or the headline. Wikipedia talk pages: the
    answered comment, for the raters who saw it (Pavlopoulos et al. 2020).

    Parameters
    ----------
    root : Path
        Folder of corpora.
    part : {"train", "dev", "test"}
        Threads, and talk pages' answered comments, are whole in one part.
    """
    return [*_of_our_threads(part), *_of_talk_pages(root, part)]


def _of_our_threads(part: Part) -> Iterator[Example]:
    for group, thread in own_threads.threads(part):
        said = {reply["id"]: reply["text"] for reply in thread["replies"]}
        for reply in thread["replies"]:
            yield Example(
                text=reply["text"],
                target=said[reply["to"]] if "to" in reply else thread["headline"],
                target_kind="parent",
                labels={label: float(label in reply["incivility"]) for label in INCIVILITIES},
                corpus=own_threads.CORPUS,
                group=group,
            )


def _of_talk_pages(root: Path, part: Part) -> Iterator[Example]:
    for name, judged in (("cat_small", "parent_text"), ("gc", "parent")):
        for row in rows(root, f"context_toxicity/{name}.csv"):
            if part_of(f"context {row[judged]}") == part:
                toxic = float(row["label_ic"] if name == "cat_small" else row["label"])
                yield Example(
                    text=row["text"],
                    target=row[judged],
                    target_kind="parent",
                    labels={"toxicity": toxic},
                    corpus="context toxicity",
                )
