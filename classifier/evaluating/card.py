"""A released model's card: what it answers, how well, and what it cannot do."""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from classifier.evaluating.stages_in_card import ablations_in_card, stages_in_card
from classifier.evaluating.suite import suite_in_card
from classifier.training.corpora import CORPORA

_WHAT = {
    "comment": "Labels the own words of a comment for incivility and sentiment.",
    "stance": "Labels the stance of a comment's own words towards a target: a topic phrase, a "
    "statement, a headline, or the comment that it answers.",
    "tone": "Labels the tone of a comment's own words.",
}
_LICENCE = {
    "comment": "Trained on permissively licensed corpora only; the weights are Apache-2.0.",
    "stance": "Some of its corpora state no licence; their texts are not in the weights' folder. "
    "The weights are Apache-2.0.",
    "tone": "Its corpora are for non-commercial use, and so is the model.",
}
_CANNOT = {
    "comment": (
        "It reads English. Other languages are abstained on before it is asked.",
        "It sees one comment at a time: an insult that only the thread reveals is missed.",
        "Words that name a group raise its scores; look at the reply before acting on a label.",
        "An insult that is quoted and rejected is often taken for the writer's own.",
        "Threats and severe toxicity are rare in its corpora, so their figures rest on few cases.",
        "It is no judge of persons and no ground for an automatic penalty.",
    ),
    "stance": (
        "It reads English. Other languages are abstained on before it is asked.",
        (
            "Ask with a noun phrase or a question: where the same target is put as a statement, a "
            "headline or, most of all, a paragraph, more answers are wrong (see the rows of VAST)."
        ),
        "Sarcasm is often taken at its word.",
        "Another person's name in the text or the target can change the answer (see below).",
        "Agreement with the answered comment is rare in its corpora and the weaker label.",
        "A stance that rests on what the target did, unsaid in the comment, is guessed.",
        "Tweets and debate pages of 2003 to 2021 are what it knows; newer topics are harder.",
    ),
    "tone": ("It reads English.", "Sarcasm without its thread is hard for people too."),
}
_FAMILIES = ("transformer", "baseline", "majority")


def write_card(folder: Path) -> None:
    """Write ``README.md`` from the folder's configuration, calibration and metrics.

    Parameters
    ----------
    folder : Path
        A released folder with ``config.json``, ``calibration.json`` and ``metrics.json``.
    """
    config, calibration, metrics = (
        json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
        for name in ("config", "calibration", "metrics")
    )
    lines = [*_card(config["classifier"], calibration, metrics), *suite_in_card(folder)]
    (folder / "README.md").write_text("\n".join(lines) + "\n", encoding="utf-8")


def _card(
    about: Mapping[str, Any],
    calibration: Mapping[str, Any],
    metrics: Sequence[Mapping[str, Any]],
) -> Iterator[str]:
    name = about["model"]
    training = about["training"]
    yield from (f"# `{name}`", "", _WHAT[name], "")
    yield (
        f"Fine-tuned from `{training['base']}` on {about['examples']:,} examples for "
        f"{training['epochs']:g} epochs (seed {training['seed']}, at most "
        f"{training['max_tokens']} tokens), {_further(about)}exported to ONNX with eight-bit "
        f"weights. {_LICENCE[name]}"
    )
    yield from ("", "Training corpora: " + ", ".join(sorted(set(about["corpora"]))) + ".", "")
    yield from _own(about)
    yield from ("## On texts that it was not trained on", "")
    yield (
        "The network as released, the scikit-learn baseline trained on the same examples, and the "
        "most frequent answer; 95 % bootstrap intervals. Written by `classifier evaluate`."
    )
    yield ""
    yield from _exclusive_table([each for each in metrics if "macro_f1" in each["transformer"]])
    yield from _multi_table([each for each in metrics if "labels" in each["transformer"]])
    yield from ("## Where labels begin", "")
    yield from _decisions(about["tasks"], calibration["transformer"], metrics)
    yield ""
    yield from stages_in_card(about)
    yield from ablations_in_card(about)
    yield from ("## What it cannot do", "")
    yield from (f"- {each}" for each in _CANNOT[name])


def _further(about: Mapping[str, Any]) -> str:
    """Return the stages that followed the first one, where the weights took several."""
    return "".join(
        f"then on {stage['examples']:,} of them ({stage['choice']}) for {stage['epochs']:g}, "
        for stage in about.get("further_stages", ())
    )


def _own(about: Mapping[str, Any]) -> Iterator[str]:
    """Yield what a user changed in a released model."""
    for each in about.get("continued", ()):
        yield (
            f"Continued on {each['examples']:,} examples of a user's own for {each['epochs']:g} "
            f"epochs, with {each['rehearsed']:,} examples from {each['rehearsal']} to rehearse; "
            "the baseline is the released one."
        )
        yield ""
    for each in about.get("recalibrated", ()):
        yield (
            f"Thresholds fitted to {each['decisions']:,} decisions of a user's own, for a "
            f"precision of {each['precision']:g}; the figures below are at earlier ones."
        )
        yield ""


def _exclusive_table(metrics: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    if not metrics:
        return
    yield (
        "| task | test set | n | macro-F1 | baseline | majority | accuracy | answered "
        "| accuracy of these | ECE |"
    )
    yield "|---|---|---|---|---|---|---|---|---|---|"
    for each in metrics:
        scores = " | ".join(figure(each[family], "macro_f1") for family in _FAMILIES)
        own = " | ".join(
            figure(each["transformer"], measure)
            for measure in ("accuracy", "answered", "answered_accuracy", "ece")
        )
        yield (
            f"| {each['task']} | {each.get('test_set', '')} | {each['n']:,} | {scores} | {own} |"
        )
    yield ""


def _multi_table(metrics: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    if not metrics:
        return
    yield "| label | test set | n | positive | AUC | baseline | F1 | baseline | precision | ECE |"
    yield "|---|---|---|---|---|---|---|---|---|---|"
    for each in metrics:
        for label, scores in each["transformer"]["labels"].items():
            other = each["baseline"]["labels"][label]
            yield (
                f"| {label} | {each.get('test_set', '')} | {scores['n']:,} | "
                f"{scores['n_positive']:,} | {figure(scores, 'auc')} | {figure(other, 'auc')} | "
                f"{figure(scores, 'f1')} | {figure(other, 'f1')} | "
                f"{figure(scores, 'precision')} | {figure(scores, 'ece')} |"
            )
    yield ""


def figure(scores: Mapping[str, Any], measure: str) -> str:
    """Return a measure to three places with its interval, or a dash where there is none."""
    value = scores.get(measure)
    if value is None:
        return "-"
    interval = scores.get("intervals", {}).get(measure)
    if interval is None or measure == "ece":
        return f"{value:.3f}"
    return f"{value:.3f} ({interval[0]:.3f} to {interval[1]:.3f})"


def _decisions(
    tasks: Sequence[Mapping[str, Any]],
    readings: Mapping[str, Any],
    metrics: Sequence[Mapping[str, Any]],
) -> Iterator[str]:
    for task in tasks:
        reading = readings[task["name"]]
        if task["exclusive"]:
            yield (
                f"- {task['name']}: the most probable label, if its probability is at least "
                f"{reading['least']:.2f}; otherwise none.{_by_kind(reading)}"
                f"{_of_unreported(task, reading)}"
            )
            continue
        promised = reading.get("promised") or [None] * len(task["labels"])
        for label, threshold, low, right in zip(
            task["labels"], reading["thresholds"], reading["uncertain_from"], promised, strict=True
        ):
            promise = "" if right is None else f", right {right:.0%} of the time on dev"
            promise += _kept(label, metrics) if promise else ""
            doubt = f"; from {low:.2f} on it is not denied" if low < threshold else ""
            yield f"- {label}: from {threshold:.2f} on{promise}{doubt}."


def _by_kind(reading: Mapping[str, Any]) -> str:
    """Return how sure a model is of itself about each kind of target, where that differs."""
    of_kinds = reading.get("of_kinds") or {}
    if not of_kinds:
        return ""
    each = (
        f"{kind} {of_kinds[kind]['least']:.2f} (logits times {of_kinds[kind]['scale']:.2f})"
        for kind in sorted(of_kinds)
    )
    return (
        " The network is right less often about some kinds of target than about others that it is "
        f"as sure of, so each is read by what dev asks for: {', '.join(each)}."
    )


def _of_unreported(task: Mapping[str, Any], reading: Mapping[str, Any]) -> str:
    """Return what is added to the outputs that are not reported, where they count."""
    added = zip(task["unreported"], reading.get("unreported") or (), strict=False)
    each = ", ".join(f"'{output}' {shift:+.2f}" for output, shift in added)
    if not each:
        return ""
    return (
        f" Where answers that are not reported count too, this is added to their logits: {each}, "
        "the best macro-F1 on dev."
    )


def _kept(label: str, metrics: Sequence[Mapping[str, Any]]) -> str:
    """Return how often a label was right on the test parts of the corpora that train it.

    Every corpus counts the same, as it did where the threshold was fitted.
    """
    right = flagged = 0.0
    for each in metrics:
        corpus = CORPORA.get(each.get("test_set", ""))
        scores = each["transformer"].get("labels", {}).get(label, {})
        if corpus is None or corpus.use == "evaluate" or not scores.get("precision"):
            continue
        found = scores["recall"] * scores["n_positive"] / scores["n"]
        right += found
        flagged += found / scores["precision"]
    return f" and {right / flagged:.0%} on test" if flagged else ""
