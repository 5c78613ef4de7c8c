"""A summary's figures as tables for the terminal."""

from collections.abc import Iterator, Sequence

from rich.table import Table
from rich.text import Text

from classifier.reporting.safe_text import cut, safe
from classifier.reporting.sentences import interval, percent, signed
from classifier.summary import Agreement, Findings, Mean, Prevalence, Share, StanceBalance, Summary
from classifier.thread import SENTIMENTS, TargetKind

_TARGET_WIDTH = 26
_MOST_TOPICS = 3


def stance_table(summary: Summary, *, encoding: str) -> Table | None:
    """Return stances by target, the baseline's on article and parents too; None without any."""
    found = summary.transformer or summary.baseline
    if found is None or not found.stance:
        return None
    table = _table("Stance towards", "labelled", "against", "for", "neutral")
    second = summary.baseline if summary.transformer and summary.baseline else None
    baseline = {(b.target_kind, b.target): b for b in second.stance} if second else {}
    topics = 0
    for balance in found.stance:
        topics += balance.target_kind == "topic"
        if topics > _MOST_TOPICS:
            continue
        name = cut(safe(_target(balance), encoding=encoding), _TARGET_WIDTH)
        table.add_row(Text(name), *_stance_cells(balance))
        other = baseline.get((balance.target_kind, balance.target))
        if other is not None and balance.target_kind != "topic":
            table.add_row(Text("  baseline"), *_stance_cells(other), style="dim")
    if topics > _MOST_TOPICS:
        table.add_row(Text(f"and {topics - _MOST_TOPICS} more topics"))
    return table


def label_table(summary: Summary) -> Table | None:
    """Return incivility, tone, sentiment and the families' agreement; None without labels."""
    families = [each for each in (summary.transformer, summary.baseline) if each is not None]
    if not families:
        return None
    names = [
        name
        for name, findings in (
            ("transformer", summary.transformer),
            ("baseline", summary.baseline),
        )
        if findings is not None
    ]
    both = len(families) == 2  # noqa: PLR2004 - both families
    table = _table("Replies that are", *names, *(("same", "kappa") if both else ()))
    for title, cells, agreement in _measures(families, summary.agreement):
        beside = _agreement_cells(agreement) if both else ()
        table.add_row(Text(title), *map(Text, cells), *beside)
    return table


def _measures(
    families: list[Findings], agreements: tuple[Agreement, ...]
) -> Iterator[tuple[str, list[str], Agreement | None]]:
    by_key = {(each.task, each.label, each.target_kind): each for each in agreements}
    incivility = [each.incivility for each in families]
    if any(incivility):
        rates = [each.rate if each else None for each in incivility]
        yield "uncivil", _cells(rates), by_key.get(("incivility", None, None))
        for kind in _kinds_found(incivility):
            shares = [each.kinds[kind] if each else None for each in incivility]
            title = f"  {kind.replace('_', ' ')}"
            yield title, _cells(shares), by_key.get(("incivility", kind, None))
    tone = [each.tone for each in families]
    for kind in _kinds_found(tone):
        shares = [each.kinds[kind] if each else None for each in tone]
        yield kind, _cells(shares), by_key.get(("tone", kind, None))
    sentiment = [each.sentiment for each in families]
    if any(sentiment):
        for name in SENTIMENTS:
            yield name, _cells([each.shares[name] if each else None for each in sentiment]), None
        means = [each.mean if each else None for each in sentiment]
        yield "Mean sentiment", _cells(means), by_key.get(("sentiment", None, None))
    stance = by_key.get(("stance", None, None))
    if stance is not None:
        yield "Stance", ["", ""], stance


def _kinds_found(families: list[Prevalence | None]) -> list[str]:
    """Return the kinds that some family found, the commonest first."""
    counts: dict[str, int] = {}
    for prevalence in families:
        for kind, share in prevalence.kinds.items() if prevalence else ():
            counts[kind] = max(counts.get(kind, 0), share.count)
    return sorted((kind for kind in counts if counts[kind]), key=lambda kind: -counts[kind])


def _table(first: str, *others: str) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    for name in (first, *others):
        table.add_column(name)
    return table


def _target(balance: StanceBalance) -> str:
    names: dict[TargetKind, str] = {"article": "the article", "parent": "the reply answered"}
    return names.get(balance.target_kind) or balance.target or ""


def _stance_cells(balance: StanceBalance) -> list[Text]:
    labelled = f"{balance.asked - balance.abstained} of {balance.asked}"
    shares = (balance.shares[name] for name in ("against", "favor", "neutral"))
    return [Text(labelled), *(Text(_with_interval(percent(share), share)) for share in shares)]


def _cells(values: Sequence[Share | Mean | None]) -> list[str]:
    return [_cell(value) for value in values]


def _cell(value: Share | Mean | None) -> str:
    if isinstance(value, Share):
        return f"{value.count}/{value.of} {_with_interval(percent(value), value)}"
    if value is None or value.mean is None:
        return "-"
    return _with_interval(signed(value.mean), value)


def _with_interval(shown: str, value: Share | Mean) -> str:
    ends = interval(value)
    return f"{shown} ({ends})" if ends else shown


def _agreement_cells(agreement: Agreement | None) -> tuple[Text, ...]:
    if agreement is None:
        return ()
    agreed = agreement.agreed
    return (
        Text(f"{agreed.count} of {agreed.of}"),
        Text("-" if agreement.kappa is None else f"{agreement.kappa:.2f}"),
    )
