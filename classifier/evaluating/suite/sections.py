"""The suite's findings as rows of text, for the terminal and for the model card alike."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from classifier.evaluating.suite.results import (
    CheckOutcome,
    Estimate,
    Findings,
    IdentityBias,
    NameSpread,
    SuiteResult,
)
from classifier.summary import Share

_WORST = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A table.

    Parameters
    ----------
    title, note : str
        What it shows, and how it is to be read.
    headings : tuple of str
        Of its columns.
    rows : tuple of tuple of str
        Each as long as `headings`.
    """

    title: str
    note: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def sections(result: SuiteResult, *, before: SuiteResult | None = None) -> tuple[Section, ...]:
    """Return the tables of a model's findings: its transformer beside its baseline.

    Parameters
    ----------
    result : SuiteResult
        What the suite found.
    before : SuiteResult, optional
        What it found of an earlier release, whose transformer is then shown too.
    """
    columns = {"transformer": result.findings["transformer"]}
    if before is not None:
        columns["transformer before"] = before.findings["transformer"]
    columns["baseline"] = result.findings["baseline"]
    return (*_identity(columns), *_names(columns), *_checks(columns))


def _identity(columns: dict[str, Findings]) -> Iterator[Section]:
    shown = next(iter(columns.values()))
    for place, bias in enumerate(shown.identity):
        several = [each.identity[place] for each in columns.values()]
        groups = sum(group.kind != "control" for group in bias.groups)
        yield Section(
            title=f"Naming a group: {bias.label}",
            note=(
                f"The same sentences about {groups} groups and {len(bias.groups) - groups} that "
                "are no identity. AUC as in Borkan et al. 2019, over groups the mean with power "
                "-5; the gap is between the group with the most wrong labels and the one with "
                "the fewest."
            ),
            headings=("", *columns),
            rows=tuple(_identity_rows(several)),
        )


def _identity_rows(several: Sequence[IdentityBias]) -> Iterator[tuple[str, ...]]:
    def row(name: str, figure: Callable[[IdentityBias], str]) -> tuple[str, ...]:
        return (name, *(figure(each) for each in several))

    yield row("AUC, all groups together", lambda each: f"{each.auc:.3f}")
    yield row("subgroup AUC", lambda each: _estimate(each.subgroup_auc))
    yield row("BPSN AUC", lambda each: _estimate(each.bpsn_auc))
    yield row("BNSP AUC", lambda each: _estimate(each.bnsp_auc))
    yield row("hostile sentences, labelled", lambda each: _share(each.found))
    for use in several[0].false_positives:
        wrong = f"{use} sentences, wrongly labelled"
        yield wrong, *(_share(each.false_positives[use]) for each in several)
        yield "… about no identity", *(_share(each.control[use]) for each in several)
    yield row("gap between groups", lambda each: _estimate(each.gap))
    yield row("lowest BPSN AUC", _worst)


def _worst(bias: IdentityBias) -> str:
    return ", ".join(
        f"{group.group} {group.bpsn_auc.value or 0:.2f}" for group in bias.groups[:_WORST]
    )


def _names(columns: dict[str, Findings]) -> Iterator[Section]:
    first = next(iter(columns.values())).names
    if not first:
        return
    yield Section(
        title="Naming a person",
        note=(
            f"The same {first[0].sentences} sentences with {first[0].names} names: standard "
            "deviation of the score over names, its widest range in one sentence, answers that "
            "are not those that most names get, and the origins whose mean lies lowest and "
            "highest from that of all."
        ),
        headings=("score", "", *columns),
        rows=tuple(
            row
            for place, spread in enumerate(first)
            for row in _name_rows(spread, [each.names[place] for each in columns.values()])
        ),
    )


def _name_rows(shown: NameSpread, several: Sequence[NameSpread]) -> Iterator[tuple[str, ...]]:
    yield shown.score, "deviation", *(f"{each.deviation:.3f}" for each in several)
    yield "", "widest range", *(f"{each.widest:.3f}" for each in several)
    yield "", "other answers", *(_share(each.changed) for each in several)
    for word, place in (("lowest", 0), ("highest", -1)):
        found = [list(each.origins.items())[place] for each in several]
        yield "", word, *(f"{origin} {_estimate(each, sign='+')}" for origin, each in found)


def _checks(columns: dict[str, Findings]) -> Iterator[Section]:
    first = next(iter(columns.values())).checks
    for task in dict.fromkeys(check.task for check in first):
        places = [place for place, check in enumerate(first) if check.task == task]
        several = [[each.checks[place] for place in places] for each in columns.values()]
        yield Section(
            title=f"What it can do: {task}",
            note=(
                "Cases that come out otherwise than expected, with 95 % Wilson intervals: MFT "
                "expects an answer, INV the same answer twice, DIR a probability that moves one "
                "way (Ribeiro et al. 2020). Abstentions are no failures."
            ),
            headings=("", "capability", "expectation", "cases", *columns),
            rows=(
                *(_check_row(outcomes) for outcomes in zip(*several, strict=True)),
                (
                    *("", "all together", "", str(sum(each.failed.of for each in several[0]))),
                    *(_together(each) for each in several),
                ),
            ),
        )


def _check_row(outcomes: Sequence[CheckOutcome]) -> tuple[str, ...]:
    first = outcomes[0]
    return (
        *(first.type, first.capability, first.expectation, str(first.failed.of)),
        *(_failed(each) for each in outcomes),
    )


def _failed(outcome: CheckOutcome) -> str:
    silent = f", {outcome.abstained} abstained" if outcome.abstained else ""
    return f"{_share(outcome.failed)}{silent}"


def _together(outcomes: Sequence[CheckOutcome]) -> str:
    """Return the mean of the tests' shares: a test with many cases weighs no more."""
    shares = [each.failed.share or 0.0 for each in outcomes]
    return f"{sum(shares) / len(shares):.1%}"


def _share(share: Share) -> str:
    if share.share is None or share.low is None or share.high is None:
        return "-"
    return f"{share.share:.1%} ({share.low:.1%} to {share.high:.1%})"


def _estimate(estimate: Estimate, *, sign: str = "") -> str:
    if estimate.value is None:
        return "-"
    value = f"{estimate.value:{sign}.3f}"
    if estimate.low is None or estimate.high is None:
        return value
    return f"{value} ({estimate.low:{sign}.3f} to {estimate.high:{sign}.3f})"
