"""The report of one page as JSON."""

import json
from pathlib import Path

from classifier.aggregating import summarize
from classifier.reading import read
from classifier.reporting import to_json
from classifier.summary import Summary
from classifier.thread import Thread


def test_report_is_one_line_that_holds_thread_and_summary(discussion: Thread) -> None:
    summary = summarize(discussion)
    line = to_json(discussion, summary)
    assert "\n" not in line
    report = json.loads(line)
    assert list(report) == ["thread", "summary"]
    assert report["thread"]["schema"] == 1
    assert Thread.model_validate(report["thread"]) == discussion
    assert Summary.model_validate(report["summary"]) == summary


def test_report_can_be_read_back(discussion: Thread, tmp_path: Path) -> None:
    path = tmp_path / "reports.jsonl"
    path.write_text(to_json(discussion, summarize(discussion)) + "\n", encoding="utf-8")
    assert list(read(path)) == [discussion]
