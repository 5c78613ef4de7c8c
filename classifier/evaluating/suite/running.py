"""Run the whole suite on a model."""

from collections.abc import Callable

from classifier.evaluating.evaluation import Answering
from classifier.evaluating.resampling import Bootstrap
from classifier.evaluating.suite.answers import Respondent
from classifier.evaluating.suite.checks import measure_checks
from classifier.evaluating.suite.identity import measure_identity
from classifier.evaluating.suite.names import measure_names
from classifier.evaluating.suite.results import Findings, SuiteResult
from classifier.labelling.calibration import Family
from classifier.tasks import TASKS

_FAMILIES: tuple[Family, ...] = ("transformer", "baseline")


def run_suite(
    model: Answering,
    *,
    bootstrap: Bootstrap | None = None,
    advance: Callable[[int], None] = lambda _: None,
) -> SuiteResult:
    """Ask a model, transformer and baseline, the suite's sentences.

    Parameters
    ----------
    model : Answering
        A released model.
    bootstrap : Bootstrap, optional
        How intervals are resampled.
    advance : callable, optional
        Called with the number of sentences that were just answered, by either family.

    Returns
    -------
    SuiteResult
        Identity-term bias where the model answers incivility, spread over names, and the tests
        of every task that it answers.
    """
    bootstrap = bootstrap or Bootstrap()
    (name,) = [name for name, tasks in TASKS.items() if tasks[0].name == model.tasks[0]]
    findings, asked = {}, 0
    for family in _FAMILIES:
        respondent = Respondent(model, family, advance)
        findings[family] = Findings(
            identity=measure_identity(respondent, bootstrap),
            names=measure_names(respondent, name, bootstrap),
            checks=measure_checks(respondent),
        )
        asked = respondent.asked
    return SuiteResult(model=name, texts=asked, findings=findings)
