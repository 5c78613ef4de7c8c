"""The findings of a summary in plain words, with how sure they are."""

from classifier.summary import Agreement, Findings, Mean, Share, StanceBalance, Summary
from classifier.thread import AbstentionReason, Stance

_TAKES: tuple[tuple[Stance, str], ...] = (
    ("against", "against"),
    ("favor", "in favor of"),
    ("neutral", "neutral on"),
)
_REASONS: dict[AbstentionReason, str] = {
    "uncertain": "too uncertain",
    "language": "not in English",
    "no_own_words": "without own words",
}
# Landis & Koch (1977), "The measurement of observer agreement for categorical data".
_STRENGTHS = (
    (0.0, "no better than chance"),
    (0.2, "slight"),
    (0.4, "fair"),
    (0.6, "moderate"),
    (0.8, "substantial"),
    (1.0, "almost perfect"),
)


def findings_in_words(summary: Summary) -> tuple[str, ...]:
    """Return sentences on stance, on civility and sentiment, and on how far to trust them.

    They are of the transformer's labels, or of the baseline's where it ran alone.

    Parameters
    ----------
    summary : Summary
        Of one thread.

    Returns
    -------
    tuple of str
        Three sentences; one, if nothing was labelled.
    """
    if summary.replies == 0:
        return ("No replies were found.",)
    found = summary.transformer or summary.baseline
    if found is None:
        return ("The replies are not labelled.",)
    return (_stance(found), _civility(found), _trust(found, summary))


def percent(share: Share) -> str:
    """Return a share as a percentage, or a dash."""
    return "-" if share.share is None else f"{share.share:.0%}"


def interval(value: Share | Mean) -> str:
    """Return the ends of an interval, in percent for a share, or an empty text."""
    if value.low is None or value.high is None:
        return ""
    if isinstance(value, Share):
        return f"{100 * value.low:.0f} to {100 * value.high:.0f}"
    return f"{signed(value.low)} to {signed(value.high)}"


def signed(value: float) -> str:
    """Return a number from -1 to 1 with its sign and two decimals, zero never negative."""
    return f"{round(value, 2) + 0.0:+.2f}"


def _target(balance: StanceBalance) -> str:
    if balance.target_kind == "article":
        return "the article"
    return "the reply they answer" if balance.target_kind == "parent" else f'"{balance.target}"'


def _stance(found: Findings) -> str:
    if not found.stance:
        return "No stance was asked for: there is no article, no known parent and no topic."
    labelled = [each for each in found.stance if each.asked > each.abstained]
    if not labelled:
        return "No stance is sure enough to be given."
    first = labelled[0]
    if first.target_kind != "article":
        first = max(labelled, key=lambda each: each.asked - each.abstained)
    stance, words = max(_TAKES, key=lambda take: first.shares[take[0]].count)
    share = first.shares[stance]
    sentence = f"{_of(share)} {_are(share)} {words} {_target(first)}{_how_sure(share)}"
    if first.abstained:
        sentence += f", {first.abstained} more got no label"
    parents = found.disagreement
    if parents is not None and parents.of and first.target_kind != "parent":
        sentence += (
            f"; {parents.count} of {parents.of} that answer another reply "
            f"{_are(parents)} against it{_how_sure(parents)}"
        )
    return sentence + "."


def _civility(found: Findings) -> str:
    parts = []
    if found.incivility is not None:
        rate = found.incivility.rate
        if rate.of:
            kinds = sorted(found.incivility.kinds.items(), key=lambda kind: -kind[1].count)
            common = f", most often {_spaced(kinds[0][0])}" if kinds[0][1].count else ""
            parts.append(f"{_of(rate)} {_are(rate)} uncivil{_how_sure(rate)}{common}")
        else:
            parts.append("no reply could be judged for incivility")
    if found.sentiment is not None:
        parts.append(_feeling(found.sentiment.mean))
    return _sentence("; ".join(parts) or "neither civility nor sentiment was asked for")


def _feeling(mean: Mean) -> str:
    if mean.mean is None:
        return "no reply could be judged for sentiment"
    if mean.low is None or mean.high is None:
        return f"sentiment is {signed(mean.mean)} on a scale from -1 to +1, of one reply"
    leaning = "leans negative" if mean.high < 0 else "leans positive" if mean.low > 0 else None
    return (
        f"sentiment {leaning or 'leans neither way'}: {signed(mean.mean)} on a scale from -1 to +1 "
        f"(95% interval {interval(mean)})"
    )


def _trust(found: Findings, summary: Summary) -> str:
    asked = sum(each.asked for each in found.abstentions.values())
    withheld = sum(each.abstained for each in found.abstentions.values())
    counts = [
        f"{count} {words}"
        for reason, words in _REASONS.items()
        if (count := sum(each.reasons[reason] for each in found.abstentions.values()))
    ]
    why = f" ({', '.join(counts)})" if counts else ""
    sentence = f"{withheld} of {asked} labels were withheld{why}"
    agreed = [each for each in summary.agreement if each.label is None and each.target_kind is None]
    if agreed:
        sentence += "; transformer and baseline agree " + ", ".join(map(_agreement, agreed))
    elif summary.transformer is None:
        sentence += "; all are the baseline's alone"
    return _sentence(sentence)


def _agreement(agreement: Agreement) -> str:
    agreed = agreement.agreed
    return f"on {agreement.task} in {agreed.count} of {agreed.of} ({_kappa(agreement)})"


def _kappa(agreement: Agreement) -> str:
    if agreement.kappa is None:
        return "kappa undefined"
    kappa = agreement.kappa
    strength = next(name for limit, name in _STRENGTHS if kappa <= limit)
    return f"kappa {kappa:.2f}, {strength}"


def _of(share: Share) -> str:
    return f"{share.count} of {share.of} labelled {'reply' if share.of == 1 else 'replies'}"


def _are(share: Share) -> str:
    return "is" if share.count == 1 else "are"


def _how_sure(share: Share) -> str:
    return f" ({percent(share)}, 95% interval {interval(share)}%)"


def _spaced(name: str) -> str:
    return name.replace("_", " ")


def _sentence(words: str) -> str:
    return words[0].upper() + words[1:] + "."
