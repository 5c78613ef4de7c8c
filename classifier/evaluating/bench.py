"""Everything that ``classifier bench`` measures, in one run."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from classifier.errors import MissingExtraError
from classifier.evaluating.speed import (
    FIRST_COMMENT,
    FIXED_TOKENS,
    TARGET,
    Label,
    Latency,
    ProcessCost,
    Rate,
    Workload,
    bert_base,
    comment_workload,
    fixed_workload,
    latency,
    process_cost,
    rate,
)

BERT = "BERT-base in torch"
_BERT_SHARE = 4
_MOST_CALLS = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Bench:
    """What was measured.

    Parameters
    ----------
    cores : int
        Processors of the machine.
    threads : int or None
        Threads that were used; None means all cores.
    comments : int
        Texts of each workload; BERT-base gets a quarter of them.
    bert : str or None
        Subject of BERT-base's rates; None where it was not run.
    cold_start, labelling : ProcessCost or None
        A new process that labels one comment, and one that labels all of the comments; None
        where the system cannot tell.
    """

    cores: int
    threads: int | None
    comments: int
    rates: tuple[Rate, ...]
    latencies: tuple[Latency, ...]
    cold_start: ProcessCost | None
    labelling: ProcessCost | None
    bert: str | None


def bench(
    *,
    comments: int,
    repeats: int,
    bert: bool,
    models: Path | None = None,
    threads: int | None = None,
) -> Bench:
    """Measure the released models, their baselines, both together, and BERT-base beside them.

    Parameters
    ----------
    comments : int
        Texts of each workload.
    repeats : int
        Runs of which the median counts.
    bert : bool
        Run BERT-base too, where torch and transformers are installed.
    models : Path, optional
        Folder of the released models.
    threads : int, optional
        Processor threads; by default as many as there are cores.

    Raises
    ------
    ModelError
        If a model is missing or damaged.
    """
    texts = comment_workload(comments=comments).texts
    started, labelling = (
        (process_cost([FIRST_COMMENT], models=models), process_cost(texts, models=models))
        if os.name == "posix"
        else (None, None)
    )
    rates: list[Rate] = []
    latencies: list[Latency] = []
    for subject, label, with_target in _subjects(models, threads):
        for workload in _workloads(comments, with_target=with_target):
            rates.append(rate(subject, label, workload, repeats=repeats))
            if workload.name == "comments":
                latencies.append(latency(subject, label, _some(workload)))
    beside = _bert(threads) if bert else None
    if beside is not None:
        for workload in _workloads(max(comments // _BERT_SHARE, 2), with_target=False):
            rates.append(rate(BERT, beside, workload, repeats=repeats))
            if workload.name == "comments":
                latencies.append(latency(BERT, beside, _some(workload)))
    return Bench(
        cores=os.cpu_count() or 1,
        threads=threads,
        comments=comments,
        rates=tuple(rates),
        latencies=tuple(latencies),
        cold_start=started,
        labelling=labelling,
        bert=BERT if beside is not None else None,
    )


def _subjects(models: Path | None, threads: int | None) -> Iterator[tuple[str, Label, bool]]:
    from classifier.labelling.batch import Comment
    from classifier.labelling.released import ReleasedModel, find_model
    from classifier.labelling.scorer import Scorer

    comment = ReleasedModel.load(find_model("comment", models=models), threads=threads)
    stance = ReleasedModel.load(find_model("stance", models=models), threads=threads)
    scorer = Scorer(models=models, threads=threads)

    def both(texts: Sequence[str], *, baseline: bool = False) -> object:
        asked = [Comment(text=text, target=TARGET) for text in texts]
        return list(scorer.score_many(asked, baseline=baseline))

    yield "comment", comment.predict_all, False
    yield "stance", lambda texts: stance.predict_all(texts, [TARGET] * len(texts)), True
    yield "comment's baseline", lambda texts: comment.predict_all(texts, by="baseline"), False
    yield "comment and stance, as labelled", both, False
    yield "their baselines, as labelled", lambda texts: both(texts, baseline=True), False


def _workloads(comments: int, *, with_target: bool) -> Iterator[Workload]:
    yield comment_workload(comments=comments, with_target=with_target)
    for tokens in FIXED_TOKENS:
        yield fixed_workload(tokens, comments=comments, with_target=with_target)


def _some(workload: Workload) -> Workload:
    return Workload(name=workload.name, texts=workload.texts[:_MOST_CALLS], tokens=workload.tokens)


def _bert(threads: int | None) -> Label | None:
    try:
        return bert_base(threads=threads)
    except MissingExtraError:
        return None
