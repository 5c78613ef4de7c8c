import io
import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from classifier.cli import main
from classifier.thread import Labels, SentimentLabel, StanceLabel, Thread


@dataclass(frozen=True)
class Run:
    """What a command left behind."""

    code: int
    out: str
    err: str

    @property
    def records(self) -> list[Any]:
        return [json.loads(line) for line in self.out.splitlines()]

    @property
    def complaints(self) -> list[str]:
        return self.err.splitlines()


Cli = Callable[..., Run]


@pytest.fixture
def cli(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Cli:
    """Run the command line in this process."""

    def run(*arguments: object, stdin: str = "") -> Run:
        monkeypatch.setattr(sys, "argv", ["classifier", *map(str, arguments)])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin.encode())))
        with pytest.raises(SystemExit) as left:
            main()
        out, err = capfd.readouterr()
        return Run(code=int(left.value.code or 0), out=out, err=err)

    return run


class PlainScorer:
    """Labels every reply negative, and against what it is asked towards."""

    def __init__(self, **options: object) -> None:
        self.options = options

    def label_thread(
        self,
        thread: Thread,
        *,
        targets: Sequence[str] = (),
        find_topics: bool = True,
        baseline: bool = False,
        **_: bool,
    ) -> Thread:
        asked = [*targets, *(["a topic found"] if find_topics and not targets else [])]
        labels = Labels(
            sentiment=SentimentLabel(label="negative", probabilities={"negative": 1.0}),
            stance=tuple(
                StanceLabel(
                    target_kind="topic",
                    target=target,
                    label="against",
                    probabilities={"against": 1.0},
                )
                for target in asked
            ),
        )
        replies = tuple(
            reply.model_copy(update={"labels": labels, "baseline": labels if baseline else None})
            for reply in thread.replies
        )
        return thread.model_copy(update={"replies": replies})


@pytest.fixture
def plain_scorer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("classifier.labelling.Scorer", PlainScorer)


@pytest.fixture
def comments(tmp_path: Path) -> Path:
    """Two threads of comments of our own writing."""
    file = tmp_path / "comments.jsonl"
    records = [
        {"thread_id": "bins", "id": "a", "author": "Ola", "body": "They forgot our street again."},
        {"thread_id": "bins", "id": "b", "author": "Pim", "parent_id": "a", "body": "Ours too."},
        {"thread_id": "trams", "id": "c", "author": "Ola", "body": "Late, and cold as well."},
    ]
    file.write_text("".join(json.dumps(record) + "\n" for record in records))
    return file
