"""How common each kind of incivility, or of tone, is."""

from dataclasses import dataclass
from typing import Literal

from classifier.reporting.html.charts.figure import Chart, Whisker, cell, whisker_of
from classifier.summary import Findings, Prevalence, Share, Summary

_LEFT, _RIGHT = 1.0, 97.0


@dataclass(frozen=True, slots=True, kw_only=True)
class KindBar:
    """One kind's bar: its length with the interval, and what the other family says."""

    name: str
    figures: str
    share: Whisker
    other: Whisker | None


def kinds_chart(summary: Summary, task: Literal["incivility", "tone"]) -> Chart | None:
    """Return the chart of a task's kinds, the commonest first; None where it was not asked.

    Parameters
    ----------
    summary : Summary
        Of one thread.
    task : {"incivility", "tone"}
        Which task.
    """
    found = _prevalence(summary.transformer or summary.baseline, task)
    if found is None or not found.rate.of:
        return None
    other = _prevalence(summary.baseline, task) if summary.transformer else None
    kinds = sorted(found.kinds.items(), key=lambda item: -item[1].count)
    note = "Lines are 95 % intervals; several kinds may hold of one reply."
    if other is not None:
        note += " The hollow mark is the baseline."
    return Chart(
        name="kinds",
        title=_title(found, kinds, task),
        note=note,
        drawing=tuple(_bar(name, share, other) for name, share in kinds),
        columns=("Kind", "Transformer" if other else "Replies", *(("Baseline",) if other else ())),
        rows=tuple(
            (
                name.replace("_", " "),
                cell(share),
                *((cell(other.kinds.get(name)),) if other else ()),
            )
            for name, share in (("any kind", found.rate), *kinds)
        ),
    )


def _prevalence(found: Findings | None, task: Literal["incivility", "tone"]) -> Prevalence | None:
    if found is None:
        return None
    return found.incivility if task == "incivility" else found.tone


def _title(found: Prevalence, kinds: list[tuple[str, Share]], task: str) -> str:
    rate = found.rate
    quality = "uncivil" if task == "incivility" else "marked in tone"
    if not rate.count:
        return f"None of {rate.of} replies is {quality}"
    common = kinds[0][0].replace("_", " ")
    verb = "is" if rate.count == 1 else "are"
    return f"{rate.count} of {rate.of} replies {verb} {quality}, most often {common}"


def _bar(name: str, share: Share, other: Prevalence | None) -> KindBar:
    bar = whisker_of(share, left=_LEFT, right=_RIGHT)
    assert bar is not None
    theirs = other.kinds.get(name) if other else None
    return KindBar(
        name=name.replace("_", " "),
        figures=f"{share.count} of {share.of}",
        share=bar,
        other=whisker_of(theirs, left=_LEFT, right=_RIGHT),
    )
