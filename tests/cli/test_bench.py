import json
from typing import TYPE_CHECKING, Any

import pytest

from classifier.evaluating.speed import comment_workload, fixed_workload
from classifier.labelling.released import find_model
from classifier.labelling.windows import load_tokenizer, windows

if TYPE_CHECKING:
    from conftest import Cli

SUBJECTS = {
    "comment",
    "stance",
    "comment's baseline",
    "comment and stance, as labelled",
    "their baselines, as labelled",
}
WORKLOADS = {"comments", "32 tokens", "64 tokens", "128 tokens"}


def test_every_subject_is_measured_on_every_length_and_all_of_it_is_told(cli: "Cli") -> None:
    run = cli("bench", "--comments", 8, "--repeats", 1, "--no-bert", "--threads", 1, "--json", "-")
    assert run.code == 0
    measured: dict[str, Any] = json.loads(run.out)
    seen = {(each["subject"], each["workload"]) for each in measured["rates"]}
    assert seen == {(subject, workload) for subject in SUBJECTS for workload in WORKLOADS}
    assert all(each["comments_per_second"] > 0 for each in measured["rates"])
    for each in measured["rates"]:
        if each["workload"] == "64 tokens" and each["subject"] in {"comment", "stance"}:
            assert each["tokens_per_second"] == pytest.approx(64 * each["comments_per_second"])
    assert {each["subject"] for each in measured["latencies"]} == SUBJECTS
    assert all(0 < each["p50"] <= each["p99"] for each in measured["latencies"])
    assert 0 < measured["cold_start"]["peak_megabytes"] <= measured["labelling"]["peak_megabytes"]
    assert (measured["threads"], measured["bert"]) == (1, None)


@pytest.mark.parametrize("target", ["the bridge toll", None])
def test_workloads_have_the_tokens_that_they_say(target: str | None) -> None:
    tokenizer = load_tokenizer(find_model("stance") / "tokenizer.json")
    for workload in (
        comment_workload(comments=50, with_target=target is not None),
        fixed_workload(64, comments=5, with_target=target is not None),
    ):
        targets = [target] * len(workload.texts) if target else None
        shown = windows(tokenizer, workload.texts, targets, most_tokens=1000)
        assert sum(len(window.ids) for window in shown) == workload.tokens


def test_bert_base_is_run_beside_the_models() -> None:
    pytest.importorskip("torch", reason="needs the 'train' extra: pip install 'classifier[train]'")
    from classifier.evaluating.speed import bert_base, rate

    measured = rate("bert", bert_base(threads=1), fixed_workload(32, comments=2), repeats=1)
    assert measured.tokens_per_second == pytest.approx(32 * measured.comments_per_second)


def test_comments_have_lengths_of_many_sizes() -> None:
    sizes = [len(text.split()) for text in comment_workload(comments=500).texts]
    assert min(sizes) >= 3
    assert max(sizes) > 150
    assert 25 <= sorted(sizes)[250] <= 36
