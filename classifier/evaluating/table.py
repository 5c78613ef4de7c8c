"""A comparison as a table for the terminal."""

from collections.abc import Iterable

from rich.box import SIMPLE_HEAD
from rich.table import Table

from classifier.evaluating.comparison import Measure, Scores, TaskComparison

_TITLES = {
    "macro_f1": "macro-F1",
    "accuracy": "accuracy",
    "macro_recall": "macro recall",
    "favor_against_f1": "F1 of favor, against",
    "ece": "calibration error",
    "answered": "answered",
    "answered_accuracy": "right among answered",
    "mean_auc": "mean AUC",
    "mean_f1": "mean F1",
    "auc": "AUC",
    "average_precision": "average precision",
    "f1": "F1",
}
_LEAST_SHOWN_P = 0.001
_OF_LABEL = {True: ("f1",), False: ("auc", "average_precision", "f1", "ece")}


def comparison_table(comparison: TaskComparison) -> Table:
    """Return a table of transformer beside baseline and majority class.

    Each figure has its 95 % interval in brackets; the difference is transformer minus baseline,
    with the p-value of the paired test.
    """
    named = (comparison.task, comparison.test_set, f"n = {comparison.n:,}")
    title = " · ".join(part for part in named if part)
    table = Table(title=title, title_justify="left", box=SIMPLE_HEAD)
    table.add_column("")
    for heading in ("transformer", "baseline", "majority", "difference", "p"):
        table.add_column(heading, justify="right")
    parts = (
        comparison.transformer,
        comparison.baseline,
        comparison.majority,
        comparison.difference,
    )
    _add_rows(table, parts, comparison.transformer.measures)
    for label, scores in comparison.transformer.labels.items():
        table.add_section()
        table.add_row(f"[bold]{label}[/bold]{_counted(scores)}")
        inner = tuple(part.labels.get(label, Scores(measures={})) for part in parts)
        _add_rows(table, inner, _OF_LABEL[comparison.exclusive])
    return table


def _add_rows(table: Table, parts: tuple[Scores, ...], names: Iterable[str]) -> None:
    for name in names:
        *models, difference = (part.measures.get(name) for part in parts)
        table.add_row(
            _TITLES[name],
            *(_shown(measure) for measure in models),
            _shown(difference, signed=True),
            _p_value(difference),
        )


def _shown(measure: Measure | None, *, signed: bool = False) -> str:
    if measure is None or measure.value is None:
        return "-"
    sign = "+" if signed else ""
    if measure.interval is None:
        return f"{measure.value:{sign}.3f}"
    low, high = measure.interval
    return f"{measure.value:{sign}.3f} [dim]\\[{low:{sign}.3f}, {high:{sign}.3f}][/dim]"


def _p_value(measure: Measure | None) -> str:
    if measure is None or measure.p_value is None:
        return ""
    return "< .001" if measure.p_value < _LEAST_SHOWN_P else f"{measure.p_value:.3f}"


def _counted(scores: Scores) -> str:
    counts = {name: measure.value for name, measure in scores.measures.items()}
    if "support" in counts:
        return f" [dim]{counts['support']:,}[/dim]"
    return f" [dim]{counts['n_positive']:,} of {counts['n']:,}[/dim]"
