"""What each further stage of training, and each choice in it, gave on dev, for a model's card."""

from collections.abc import Iterator, Mapping
from typing import Any

# Of the stages whose rule was not kept.
_RULE = "the best mean over all rows that costs other corpora than ours half a point on average"


def stages_in_card(about: Mapping[str, Any]) -> Iterator[str]:
    """Yield the lines of a table for each stage whose dev figures were kept.

    Parameters
    ----------
    about : mapping
        What ``config.json`` says of the model's making.
    """
    for stage in about.get("further_stages", ()):
        if "dev" not in stage:
            continue
        shares = sorted(stage["dev"], key=float)
        rule = stage.get("rule", _RULE)
        yield "## What a further stage gave on dev"
        yield ""
        yield (
            "Macro-F1 of sentiment and stance, mean AUC of incivility, by the share of the weights "
            f"after the stage in the average with those before it; {stage['share']:g} was "
            f"released, {rule} at most. Eight-bit weights; one run (seed {stage['seed']})."
        )
        yield ""
        yield "| corpus, task | " + " | ".join(_title(share) for share in shares) + " |"
        yield "|---|" + "---|" * len(shares)
        for row in stage["dev"][shares[0]]:
            figures = " | ".join(f"{stage['dev'][share][row]:.3f}" for share in shares)
            yield f"| {row} | {figures} |"
        yield ""


def ablations_in_card(about: Mapping[str, Any]) -> Iterator[str]:
    """Yield the lines of a table for each choice that was tried with and without.

    Parameters
    ----------
    about : mapping
        What ``config.json`` says of the model's making; each of its ``ablations`` has a ``title``,
        what is the same in all ``runs``, and runs with ``seed``, ``arm`` and ``dev`` figures.
    """
    for ablation in about.get("ablations", ()):
        runs = ablation["runs"]
        yield f"## {ablation['title']}"
        yield ""
        yield f"{ablation['about']} The figures are macro-F1 or mean AUC, as above."
        yield ""
        heads = " | ".join(f"{run['arm']} (seed {run['seed']})" for run in runs)
        yield f"| corpus, task | {heads} |"
        yield "|---|" + "---|" * len(runs)
        for row in runs[0]["dev"]:
            yield f"| {row} | " + " | ".join(f"{run['dev'][row]:.3f}" for run in runs) + " |"
        yield ""


def _title(share: str) -> str:
    return "before" if float(share) == 0 else f"{float(share):.0%} after"
