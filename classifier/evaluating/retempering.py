"""Refit how sure of itself a model is after it went on learning."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace

import numpy as np

from classifier.evaluating.metrics import BoolArray, FloatArray, expected_calibration_error
from classifier.examples import Example
from classifier.labelling.calibration import Calibration, TaskCalibration
from classifier.labelling.released import ReleasedModel
from classifier.tasks import Task, TaskName, columns_of
from classifier.thread import TargetKind
from classifier.training.targets import target_matrix

FEWEST_EXAMPLES = 40
_FOLDS = 5
_LEAST_GAIN = 0.001
_FARTHEST = 4.0
_SMALLEST = 1e-6


@dataclass(frozen=True, slots=True, kw_only=True)
class Refit:
    """What one task's new temperature would do, on examples that it was not fitted to.

    Parameters
    ----------
    task : str
        Name of the task.
    n : int
        How many held-out examples are labelled for it.
    factor : float
        By which calibrated logits are multiplied; below 1 makes the model less sure.
    log_loss, refitted_log_loss : float
        Mean negative log likelihood of what is right (nats), as it was and cross-fitted.
    error, refitted_error : float
        Expected calibration error, as it was and cross-fitted; 0 is best.
    taken : bool
        The factor is in use; False where cross-fitting does not show that it helps.
    """

    task: TaskName
    n: int
    factor: float
    log_loss: float
    refitted_log_loss: float
    error: float
    refitted_error: float
    taken: bool

    def to_json(self) -> dict[str, object]:
        """Return the fields as JSON values."""
        return asdict(self)


def retemper(
    model: ReleasedModel,
    before: ReleasedModel,
    held_out: Sequence[Example],
    anchors: Sequence[Example],
) -> tuple[Calibration, tuple[Refit, ...]]:
    """Refit one temperature a task (Guo et al. 2017) to examples that were not learned from.

    A few hundred examples teach a network to be surer than it is right. One factor on all of a
    task's calibrated logits makes up for that; it is fitted to the held-out examples and, as a
    guard, to as many others with the answers of the model before. Thresholds move along with it,
    so that the same labels are given, and as many exclusive answers are withheld as before. It is
    taken only if five-fold cross-fitting over threads lowers the held-out examples' log loss.

    Parameters
    ----------
    model, before : ReleasedModel
        The model that went on learning, and what it started from.
    held_out : sequence of Example
        Labelled; not trained on.
    anchors : sequence of Example
        Texts with targets where the model takes them; labels are not needed.

    Returns
    -------
    calibration : Calibration
        The model's, with the factors taken.
    refits : tuple of Refit
        One a task that at least forty held-out examples are labelled for.
    """
    tasks = tuple(model.task(name) for name in model.tasks)
    calibration: Calibration = {family: dict(each) for family, each in model.calibration.items()}
    wanted = target_matrix(held_out, tasks).astype(np.float64)
    raw = _logits(model, held_out)
    groups = [example.group or example.text for example in held_out]
    kept = anchors[: len(held_out)]
    anchored = _logits(model, kept) if kept else raw[:0]
    refits = []
    for task in tasks:
        start = columns_of(tasks)[task.name].start
        place = slice(start, start + len(task.labels))
        reading = model.reading(task.name)
        answers = wanted[:, place]
        known: BoolArray = np.asarray(~np.isnan(answers).all(axis=1))
        if task.exclusive:
            known &= np.nan_to_num(answers).sum(axis=1) > 0  # not an unreported answer
        if known.sum() < FEWEST_EXAMPLES:
            continue
        old = _answers(before, task.name, kept) if kept else answers[:0]
        sample = _Sample(
            task=task,
            logits=reading.adjusted(raw[known, place], kinds=_kinds(held_out, known)),
            wanted=answers[known],
        )
        guard = _Sample(
            task=task, logits=reading.adjusted(anchored[:, place], kinds=_kinds(kept)), wanted=old
        )
        refit = _refit(sample, guard, [groups[row] for row in np.flatnonzero(known)])
        refits.append(refit)
        if refit.taken:
            calibration["transformer"][task.name] = _scaled(
                reading, refit.factor, task, np.concatenate([sample.logits, guard.logits])
            )
    return calibration, tuple(refits)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sample:
    """Calibrated logits and what they should say, not-a-number where unknown."""

    task: Task
    logits: FloatArray
    wanted: FloatArray

    def probabilities(self, factor: float | FloatArray) -> FloatArray:
        size = self.logits.shape[1]
        plain = TaskCalibration(scale=(1.0,) * size, bias=(0.0,) * size)
        return plain.probabilities(self.logits * factor, self.task)

    def losses(self, factor: float | FloatArray) -> FloatArray:
        """Return each example's negative log likelihood, the mean over what is known of it."""
        shares = np.clip(self.probabilities(factor), _SMALLEST, 1 - _SMALLEST)
        if self.task.exclusive:
            return np.asarray(-(self.wanted * np.log(shares)).sum(axis=1))
        each = -(self.wanted * np.log(shares) + (1 - self.wanted) * np.log(1 - shares))
        return np.asarray(np.nanmean(each, axis=1))

    def error(self, factor: float | FloatArray) -> float:
        """Return the expected calibration error of the label given, or of every label asked."""
        shares = self.probabilities(factor)
        if self.task.exclusive:
            right: BoolArray = self.wanted.argmax(axis=1) == shares.argmax(axis=1)
            return expected_calibration_error(shares.max(axis=1), right)
        known = ~np.isnan(self.wanted)
        return expected_calibration_error(shares[known], self.wanted[known] >= 0.5)  # noqa: PLR2004

    def rows(self, which: BoolArray) -> "_Sample":
        return _Sample(task=self.task, logits=self.logits[which], wanted=self.wanted[which])


def _refit(sample: _Sample, guard: _Sample, groups: Sequence[str]) -> Refit:
    crossed = np.ones((len(groups), 1))
    for held in _folds(groups):
        crossed[held] = _factor(sample.rows(~held), guard)
    was, now = (float(sample.losses(factor).mean()) for factor in (1.0, crossed))
    return Refit(
        task=sample.task.name,
        n=len(groups),
        factor=_factor(sample, guard),
        log_loss=was,
        refitted_log_loss=now,
        error=sample.error(1.0),
        refitted_error=sample.error(crossed),
        taken=now < was - _LEAST_GAIN,
    )


def _factor(sample: _Sample, guard: _Sample) -> float:
    from scipy.optimize import minimize_scalar

    def loss(log_factor: float) -> float:
        factor = float(np.exp(log_factor))
        return float(sample.losses(factor).sum() + guard.losses(factor).sum())

    reach = float(np.log(_FARTHEST))
    return float(np.exp(minimize_scalar(loss, bounds=(-reach, reach), method="bounded").x))


def _folds(groups: Sequence[str]) -> Iterator[BoolArray]:
    """Yield which examples each fold holds; those of a group stand in one."""
    order = {group: number for number, group in enumerate(dict.fromkeys(groups))}
    fold = np.array([order[group] % _FOLDS for group in groups])
    for number in range(min(_FOLDS, len(order))):
        yield fold == number


def _scaled(
    reading: TaskCalibration, factor: float, task: Task, logits: FloatArray
) -> TaskCalibration:
    """Return a reading with all logits multiplied, under which decisions stay what they are."""
    fitted = replace(
        reading,
        scale=tuple(factor * each for each in reading.scale),
        bias=tuple(factor * each for each in reading.bias),
        unreported=tuple(factor * each for each in reading.unreported),
        thresholds=tuple(_moved(each, factor) for each in reading.thresholds),
        uncertain_from=tuple(_moved(each, factor) for each in reading.uncertain_from),
        of_kinds={
            kind: replace(own, scale=factor * own.scale) for kind, own in reading.of_kinds.items()
        },
    )
    if not task.exclusive or not reading.least:
        return fitted
    sample = _Sample(task=task, logits=logits, wanted=np.empty_like(logits))
    was, now = (sample.probabilities(each).max(axis=1) for each in (1.0, factor))

    def withholding_as_many(least: float) -> float:
        return float(np.quantile(now, (was < least).mean()))

    of_kinds = {
        kind: replace(own, least=withholding_as_many(own.least))
        for kind, own in fitted.of_kinds.items()
    }
    return replace(fitted, least=withholding_as_many(reading.least), of_kinds=of_kinds)


def _moved(probability: float, factor: float) -> float:
    inside = float(np.clip(probability, _SMALLEST, 1 - _SMALLEST))
    return float(1 / (1 + np.exp(-factor * np.log(inside / (1 - inside)))))


def _logits(model: ReleasedModel, examples: Sequence[Example]) -> FloatArray:
    return np.asarray(
        model.transformer.logits([each.text for each in examples], _targets(model, examples)),
        dtype=np.float64,
    )


def _answers(model: ReleasedModel, task: TaskName, examples: Sequence[Example]) -> FloatArray:
    texts = [each.text for each in examples]
    return model.predict(task, texts, _targets(model, examples), kinds=_kinds(examples))


def _kinds(examples: Sequence[Example], which: BoolArray | None = None) -> list[TargetKind | None]:
    rows = range(len(examples)) if which is None else np.flatnonzero(which).tolist()
    return [examples[row].target_kind for row in rows]


def _targets(model: ReleasedModel, examples: Sequence[Example]) -> list[str] | None:
    return [each.target or "" for each in examples] if "stance" in model.tasks else None
