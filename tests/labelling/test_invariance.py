"""What has nothing to do with what a reply says changes none of its labels."""

import json
import random
from pathlib import Path

import numpy as np
import pytest

from classifier import Comment, Scorer, read_threads
from classifier.thread import Labels, Reply, Thread

ROOT = Path(__file__).parents[2]
PAGES = ROOT / "tests" / "reading" / "html" / "pages"
SCORER = Scorer(threads=1)
TEXTS = (
    "You are a complete idiot, and so is the mayor.",
    "Thank you, that is kind.",
    "I hope somebody burns their offices down.",
    "When does the next ferry leave?",
    "Another tax, another lie, another damn tunnel that leaks.",
    "We rent. " * 120,
    "Close it!",
)


def probabilities(labels: Labels) -> list[float]:
    assert labels.incivility is not None
    assert labels.sentiment is not None
    return [
        *labels.incivility.probabilities.values(),
        *labels.sentiment.probabilities.values(),
        *(value for each in labels.stance for value in each.probabilities.values()),
    ]


def decisions(labels: Labels) -> list[object]:
    assert labels.incivility is not None
    assert labels.sentiment is not None
    return [
        labels.incivility.labels,
        labels.incivility.reason,
        labels.sentiment.label,
        labels.sentiment.reason,
        *((each.label, each.reason) for each in labels.stance),
    ]


def assert_same(one: Labels, other: Labels) -> None:
    assert decisions(one) == decisions(other)
    np.testing.assert_allclose(probabilities(one), probabilities(other), atol=1e-4)


def by_text(thread: Thread) -> dict[str, Reply]:
    return {reply.text.strip(): reply for reply in thread.replies}


def test_what_is_labelled_beside_a_comment_changes_nothing() -> None:
    comments = [Comment(text=text, target="the toll") for text in TEXTS]
    together = list(SCORER.score_many(comments))
    for size in (1, 2, 5):
        apart = list(SCORER.score_many(comments, batch_size=size))
        for one, other in zip(together, apart, strict=True):
            assert_same(one, other)
    order = random.Random(3).sample(range(len(comments)), len(comments))
    shuffled = list(SCORER.score_many([comments[place] for place in order]))
    for place, labels in zip(order, shuffled, strict=True):
        assert_same(together[place], labels)


@pytest.mark.parametrize("blanks", [" ", "\n", "   \t\r\n", "\u00a0\n\n"])
def test_blanks_around_a_comment_change_nothing(blanks: str) -> None:
    plain = list(SCORER.score_many([Comment(text=text, target="the toll") for text in TEXTS]))
    spaced = [Comment(text=f"{blanks}{text}{blanks}", target="the toll") for text in TEXTS]
    for one, other in zip(plain, SCORER.score_many(spaced), strict=True):
        assert_same(one, other)


def test_the_order_of_replies_changes_no_reply(tmp_path: Path) -> None:
    records = [{"id": str(n), "text": text} for n, text in enumerate(TEXTS)]
    labelled = []
    for number, order in enumerate([records, records[::-1], records[3:] + records[:3]]):
        file = tmp_path / f"{number}.jsonl"
        file.write_text("".join(json.dumps(record) + "\n" for record in order))
        (thread,) = read_threads(file)
        labelled.append(by_text(SCORER.label_thread(thread, targets=["the toll"])))
    for text, reply in labelled[0].items():
        for other in labelled[1:]:
            assert reply.labels is not None
            given = other[text].labels
            assert given is not None
            assert_same(reply.labels, given)


CONTENTS = {
    "page.txt": (ROOT / "data" / "fixture" / "bus_strike.txt").read_bytes(),
    "page.html": (PAGES / "xenforo2_ferry.html").read_bytes(),
    "c.jsonl": b'{"text": "Close it!"}\n{"text": "Never."}\n',
    "c.json": b'[{"text": "Close it!"}, {"text": "Never."}]',
    "c.csv": b"id,text\n1,Close it!\n2,Never.\n",
    "c.tsv": b"id\ttext\n1\tClose it!\n2\tNever.\n",
}


@pytest.mark.parametrize("name", CONTENTS)
def test_the_case_of_a_files_name_changes_nothing(tmp_path: Path, name: str) -> None:
    found = []
    for spelling in (name, name.upper(), name.title()):
        file = tmp_path / spelling
        file.write_bytes(CONTENTS[name])
        (thread,) = read_threads(file)
        found.append(thread.model_copy(update={"id": "", "source": None}))
    assert found[0].replies
    assert found[0] == found[1] == found[2]


@pytest.mark.parametrize("name", ["bus_strike", "meat_tax", "letters_page"])
def test_blanks_at_the_ends_of_a_pages_lines_change_no_reply(tmp_path: Path, name: str) -> None:
    text = (ROOT / "data" / "fixture" / f"{name}.txt").read_text(encoding="utf-8")
    words = []
    for number, ending in enumerate(["\n", "  \n", "\t \n"]):
        file = tmp_path / f"{number}.txt"
        file.write_text(text.replace("\n", ending), encoding="utf-8", newline="")
        (thread,) = read_threads(file)
        words.append([" ".join(reply.text.split()) for reply in thread.replies])
    assert words[0] == words[1] == words[2]


def test_texts_that_are_too_long_to_be_cut_at_once_are_labelled_as_in_small_amounts(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    comments = [Comment(text=text, target="the toll") for text in TEXTS]
    at_once = list(SCORER.score_many(comments))
    for most in (1, 3):
        monkeypatch.setattr("classifier.labelling.encoder._MOST_WINDOWS", most)
        assert list(SCORER.score_many(comments)) == at_once
