"""Baseline against transformer: the same share as either sees it, and how often they agree."""

from collections.abc import Iterator
from dataclasses import dataclass

from classifier.reporting.html.charts.figure import Chart, Whisker, cell, whisker_of
from classifier.reporting.html.charts.stances import target_name
from classifier.summary import Agreement, Findings, Share, StanceBalance, Summary
from classifier.tasks import TaskName

_LEFT, _RIGHT = 1.0, 97.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """One share as transformer and baseline see it."""

    name: str
    agreement: str
    transformer: Whisker
    baseline: Whisker


def families_chart(summary: Summary) -> Chart | None:
    """Return the chart that sets the two model families side by side; None unless both ran.

    Parameters
    ----------
    summary : Summary
        Of one thread.
    """
    if summary.transformer is None or summary.baseline is None:
        return None
    whole = {
        each.task: each
        for each in summary.agreement
        if each.label is None and each.target_kind is None
    }
    pairs: list[Pair] = []
    rows: list[tuple[str, ...]] = []
    for name, task, first, second in _measures(summary.transformer, summary.baseline):
        one, other = (whisker_of(share, left=_LEFT, right=_RIGHT) for share in (first, second))
        agreement = whole.get(task)
        rows.append((name, cell(first), cell(second), _agreed(agreement), _kappa(agreement)))
        if one is not None and other is not None:
            pairs.append(
                Pair(name=name, agreement=_beside(agreement), transformer=one, baseline=other)
            )
    if not pairs:
        return None
    return Chart(
        name="families",
        title=_title(list(whole.values())),
        note="Share of the labelled replies, by either family, with 95 % intervals. Kappa is "
        "agreement beyond chance: 0 is none, 1 is full.",
        drawing=tuple(pairs),
        columns=("Replies", "Transformer", "Baseline", "Same label", "Kappa"),
        rows=tuple(rows),
    )


def _measures(
    transformer: Findings, baseline: Findings
) -> Iterator[tuple[str, TaskName, Share, Share]]:
    first = _leading(transformer)
    second = next(
        (
            each
            for each in baseline.stance
            if first and (each.target_kind, each.target) == (first.target_kind, first.target)
        ),
        None,
    )
    if first and second:
        name = f"against {target_name(first)}"
        yield name, "stance", first.shares["against"], second.shares["against"]
    if transformer.incivility and baseline.incivility:
        yield "uncivil", "incivility", transformer.incivility.rate, baseline.incivility.rate
    if transformer.sentiment and baseline.sentiment:
        for label in ("negative", "positive"):
            yield (
                label,
                "sentiment",
                transformer.sentiment.shares[label],
                baseline.sentiment.shares[label],
            )


def _leading(found: Findings) -> StanceBalance | None:
    labelled = [each for each in found.stance if each.asked > each.abstained]
    if labelled and labelled[0].target_kind == "article":
        return labelled[0]
    return max(labelled, key=lambda each: each.asked - each.abstained, default=None)


def _title(agreements: list[Agreement]) -> str:
    told = [
        f"on {each.task} in {each.agreed.count} of {each.agreed.of}"
        for each in sorted(agreements, key=lambda each: -(each.agreed.share or 0.0))
    ]
    if not told:
        return "Transformer and baseline label no reply both"
    return f"Transformer and baseline agree {', '.join(told)}"


def _agreed(agreement: Agreement | None) -> str:
    return cell(agreement.agreed) if agreement else "-"


def _kappa(agreement: Agreement | None) -> str:
    return "-" if agreement is None or agreement.kappa is None else f"{agreement.kappa:.2f}"


def _beside(agreement: Agreement | None) -> str:
    if agreement is None:
        return ""
    agreed = agreement.agreed
    kappa = "" if agreement.kappa is None else f" · kappa {agreement.kappa:.2f}"
    return f"same in {agreed.count} of {agreed.of}{kappa}"
