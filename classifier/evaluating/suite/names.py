"""How far a score moves when nothing but the name in a sentence changes."""

from collections.abc import Sequence

import numpy as np

from classifier.aggregating.intervals import share_of
from classifier.evaluating.metrics import BoolArray, FloatArray
from classifier.evaluating.resampling import Bootstrap
from classifier.evaluating.suite.answers import Respondent
from classifier.evaluating.suite.results import Estimate, NameSpread
from classifier.evaluating.suite.templates import fill, read_sentences
from classifier.tasks import TaskName

_SCORES: dict[TaskName, tuple[str, ...]] = {
    "incivility": ("toxicity",),
    "sentiment": ("positive", "negative"),
    "stance": ("favor", "against"),
    "tone": ("hostile",),
}


def measure_names(
    respondent: Respondent, model: str, bootstrap: Bootstrap
) -> tuple[NameSpread, ...]:
    """Measure every task of a model on the same sentences with 200 names."""
    content = read_sentences("names.toml")
    sentences = [each for each in content["sentence"] if each["model"] == model]
    names = [name for several in content["origins"].values() for name in several]
    origins = [origin for origin, several in content["origins"].items() for _ in several]
    if not sentences:
        return ()
    filled = [
        [fill(each.get(part, ""), {"name": name}) for each in sentences for name in names]
        for part in ("text", "target")
    ]
    answers = respondent.ask(*filled)
    return tuple(
        _spread(task, answers[task], respondent, origins, bootstrap=bootstrap)
        for task in respondent.tasks
    )


def _spread(
    task: TaskName,
    probabilities: FloatArray,
    respondent: Respondent,
    origins: Sequence[str],
    *,
    bootstrap: Bootstrap,
) -> NameSpread:
    columns = [probabilities[:, respondent.column(task, label)] for label in _SCORES[task]]
    score = columns[0] if len(columns) == 1 else columns[0] - columns[1]
    scores = score.reshape(-1, len(origins))
    given = respondent.given(task, probabilities).reshape(*scores.shape, -1)
    return NameSpread(
        task=task,
        score=" - ".join(_SCORES[task]),
        sentences=len(scores),
        names=len(origins),
        deviation=float(scores.std(axis=1).mean()),
        widest=float(np.ptp(scores, axis=1).max()),
        changed=share_of(sum(_outside_majority(each) for each in given), scores.size),
        origins=_by_origin(scores.mean(axis=0), origins, bootstrap),
    )


def _outside_majority(given: BoolArray) -> int:
    """Return how many rows are not the most frequent one."""
    _, counts = np.unique(given, axis=0, return_counts=True)
    return int(counts.sum() - counts.max())


def _by_origin(
    scores: FloatArray, origins: Sequence[str], bootstrap: Bootstrap
) -> dict[str, Estimate]:
    """Return how far each origin's mean lies from that of all names, names being resampled."""
    named = np.array(origins)
    generator = np.random.default_rng(bootstrap.seed)
    found = {}
    for origin in dict.fromkeys(origins):
        own = scores[named == origin]
        drawn = own[generator.integers(own.size, size=(bootstrap.resamples, own.size))]
        low, high = bootstrap.interval(drawn.mean(axis=1) - scores.mean()) or (None, None)
        found[origin] = Estimate(value=float(own.mean() - scores.mean()), low=low, high=high)
    return dict(sorted(found.items(), key=lambda pair: pair[1].value or 0.0))
