"""How fast models label on this machine: rates, latency, cold start, memory.

The texts are synthetic, so that the measurement needs nothing but the package: everyday words,
and as many of them as a log-normal distribution with a median of 30 and a sigma of 0.9 draws, cut
to 3 to 400, which is about what comments under news articles have.
"""

import json
import random
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles

from classifier.errors import ClassifierError

FIXED_TOKENS = (32, 64, 128)
TARGET = "the bridge toll"
FIRST_COMMENT = (
    "You are right about the toll, but nobody has told us yet who is going to pay for it."
)

_MEDIAN_WORDS = 30
_SIGMA = 0.9
_FEWEST_WORDS, _MOST_WORDS = 3, 400
_TARGET_TOKENS = 4
_SPECIAL_TOKENS = 2
_WORDS = (
    *("the", "a", "and", "of", "to", "in", "is", "that", "it", "for", "on", "with", "not", "we"),
    *("you", "they", "this", "have", "will", "all", "so", "but", "who", "what", "when", "why"),
    *("people", "city", "road", "bridge", "money", "school", "council", "train", "water", "bus"),
    *("work", "home", "year", "day", "children", "house", "mayor", "vote", "town", "price"),
    *("pay", "build", "close", "open", "think", "know", "say", "want", "need", "like", "never"),
    *("always", "good", "bad", "new", "old", "great", "wrong", "right", "stupid", "free", "safe"),
)
_PROGRAM = """
import json, resource, sys
from pathlib import Path
from classifier import Comment, Scorer
folder, target, *texts = json.load(sys.stdin)
scorer = Scorer(models=folder and Path(folder))
for labels in scorer.score_many(Comment(text=text, target=target) for text in texts):
    pass
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""

Label = Callable[[Sequence[str]], object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Workload:
    """Texts to be timed on.

    Parameters
    ----------
    name : str
        What lengths they have, in words for a table.
    texts : tuple of str
    tokens : int
        Tokens of all texts, special tokens and, where there is one, the target included.
    """

    name: str
    texts: tuple[str, ...]
    tokens: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """Comments and tokens a second, the median of several runs by the clock on the wall."""

    subject: str
    workload: str
    comments_per_second: float
    tokens_per_second: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Latency:
    """Milliseconds that one call with one comment takes: median and 99th percentile."""

    subject: str
    p50: float
    p99: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcessCost:
    """What a process of its own takes.

    Parameters
    ----------
    seconds : float
        From its start to its end.
    peak_megabytes : float
        The most memory that it held.
    """

    seconds: float
    peak_megabytes: float


def comment_workload(*, comments: int, with_target: bool = False, seed: int = 0) -> Workload:
    """Return texts of the lengths that comments have; see the module's head."""
    draw = random.Random(seed)  # noqa: S311 - no secret
    sizes = [
        min(max(round(draw.lognormvariate(0, _SIGMA) * _MEDIAN_WORDS), _FEWEST_WORDS), _MOST_WORDS)
        for _ in range(comments)
    ]
    extra = _SPECIAL_TOKENS + with_target * _TARGET_TOKENS
    return Workload(
        name="comments",
        texts=tuple(" ".join(draw.choices(_WORDS, k=size)) for size in sizes),
        tokens=sum(sizes) + extra * comments,
    )


def fixed_workload(
    tokens: int, *, comments: int, with_target: bool = False, seed: int = 0
) -> Workload:
    """Return texts that make up exactly so many tokens each, the target's included."""
    draw = random.Random(seed)  # noqa: S311 - no secret
    words = tokens - _SPECIAL_TOKENS - with_target * _TARGET_TOKENS
    return Workload(
        name=f"{tokens} tokens",
        texts=tuple(" ".join(draw.choices(_WORDS, k=words)) for _ in range(comments)),
        tokens=tokens * comments,
    )


def rate(subject: str, label: Label, workload: Workload, *, repeats: int) -> Rate:
    """Time `label` on a workload, once unmeasured and then `repeats` times."""
    label(workload.texts[: max(len(workload.texts) // 8, 1)])
    seconds = median(_seconds(label, workload.texts) for _ in range(repeats))
    return Rate(
        subject=subject,
        workload=workload.name,
        comments_per_second=len(workload.texts) / seconds,
        tokens_per_second=workload.tokens / seconds,
    )


def latency(subject: str, label: Label, workload: Workload) -> Latency:
    """Time `label` on one text at a time; at least two texts are needed."""
    label(workload.texts[:1])
    times = [_seconds(label, [text]) * 1000 for text in workload.texts]
    return Latency(
        subject=subject, p50=median(times), p99=quantiles(times, n=100, method="inclusive")[-1]
    )


def process_cost(texts: Sequence[str], *, models: Path | None = None) -> ProcessCost:
    """Label texts, incivility, sentiment and stance, in a new process on a POSIX system.

    With one text that is a cold start.

    Raises
    ------
    ClassifierError
        If the process fails.
    """
    given = [None if models is None else str(models.resolve()), TARGET, *texts]
    start = time.perf_counter()
    done = subprocess.run(  # noqa: S603 - this interpreter and a constant program
        [sys.executable, "-c", _PROGRAM],
        input=json.dumps(given),
        capture_output=True,
        text=True,
        check=False,
    )
    seconds = time.perf_counter() - start
    if done.returncode:
        reason = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
        raise ClassifierError(f"a new process could not label texts: {reason}")
    unit = 1 if sys.platform == "darwin" else 1024
    return ProcessCost(seconds=seconds, peak_megabytes=int(done.stdout) * unit / 1e6)


def bert_base(*, threads: int | None = None, seed: int = 0) -> Label:
    """Return a BERT-base classifier in torch eager, as its users run it.

    The architecture of Devlin et al. 2019 with random weights, which take as long as any others;
    batches of 32 in input order, each padded to its longest text.

    Raises
    ------
    MissingExtraError
        If torch or transformers is not installed.
    """
    from classifier.errors import MissingExtraError

    try:
        import torch
        from transformers import BertConfig, BertForSequenceClassification
    except ImportError as error:
        raise MissingExtraError("BERT-base beside the models", "train") from error
    if threads is not None:
        torch.set_num_threads(threads)
    torch.manual_seed(seed)
    network = BertForSequenceClassification(BertConfig())
    torch.nn.Module.eval(network)  # its own method is untyped
    most, batch = network.config.max_position_embeddings, 32

    def label(texts: Sequence[str]) -> None:
        # Every word of the workloads is one token, so ids need no tokenizer's vocabulary.
        sizes = [min(len(text.split()) + _SPECIAL_TOKENS, most) for text in texts]
        with torch.inference_mode():
            for start in range(0, len(sizes), batch):
                chosen = torch.tensor(sizes[start : start + batch])
                mask = torch.arange(int(chosen.max()))[None, :] < chosen[:, None]
                network(input_ids=mask.long() * 2000, attention_mask=mask.long())

    return label


def _seconds(label: Label, texts: Sequence[str]) -> float:
    start = time.perf_counter()
    label(texts)
    return time.perf_counter() - start
