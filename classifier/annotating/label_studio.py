"""Tasks for Label Studio: its JSON with pre-annotations, and the labelling configuration."""

from collections.abc import Iterable
from typing import Any
from xml.sax.saxutils import quoteattr

from classifier.annotating.choosing import Chosen
from classifier.annotating.items import Guess, Item
from classifier.annotating.questions import NO_LABEL, Question, hint_of, questions_for
from classifier.tasks import ModelName

_TEXT = "text"


def label_studio_tasks(chosen: Iterable[Chosen], *, model_version: str) -> list[dict[str, Any]]:
    """Return tasks that Label Studio imports, in order, each with what the transformer guesses.

    The score of a guess is how certain the least certain answer is, so that sorting by it in
    Label Studio keeps the doubtful ones first.

    Parameters
    ----------
    chosen : iterable of Chosen
        What to label.
    model_version : str
        What Label Studio calls the origin of the guesses.
    """
    return [
        {
            "data": _data(each),
            "predictions": [
                {
                    "model_version": model_version,
                    "score": round(1 - each.uncertainty, 6),
                    "result": [
                        _choices(name, guess) for name, guess in each.item.transformer.items()
                    ],
                }
            ],
        }
        for each in chosen
    ]


def _data(chosen: Chosen) -> dict[str, str]:
    item = chosen.item
    return {
        "text": item.text,
        "target": item.target or "",
        "target_kind": item.target_kind or "",
        "context": item.context or "-",
        "thread": item.thread,
        "reply": item.reply,
        "chosen_for": chosen.reason,
        "baseline": baseline_in_words(item),
    }


def baseline_in_words(item: Item) -> str:
    """Return what the baseline says of an item, one question after the other."""
    return "; ".join(
        f"{name}: {', '.join(guess.labels) or NO_LABEL}" for name, guess in item.baseline.items()
    )


def _choices(name: str, guess: Guess) -> dict[str, Any]:
    return {
        "id": name,
        "from_name": name,
        "to_name": _TEXT,
        "type": "choices",
        "value": {"choices": list(guess.labels) or [NO_LABEL]},
    }


def labelling_config(model: ModelName) -> str:
    """Return the labelling configuration that belongs to a model's tasks.

    Every question must be answered, since Label Studio leaves out of its export what was left
    open: "none" tells a text that was judged from one that was not.
    """
    lines = ["<View>"]
    if model == "stance":
        lines += ['  <Header value="Target"/>', '  <Text name="target" value="$target"/>']
    lines += [
        '  <Header value="Answers this"/>',
        '  <Text name="context" value="$context"/>',
        '  <Header value="Reply"/>',
        f'  <Text name="{_TEXT}" value="${_TEXT}"/>',
    ]
    for question in questions_for(model):
        lines += _question_lines(question)
    return "\n".join([*lines, "</View>"]) + "\n"


def _question_lines(question: Question) -> list[str]:
    choice = "single" if question.exclusive else "multiple"
    return [
        f"  <Header value={quoteattr(question.asked)}/>",
        f'  <Choices name="{question.name}" toName="{_TEXT}" choice="{choice}" required="true">',
        *(f'    <Choice value="{answer}"{_hint(answer)}/>' for answer in question.answers),
        "  </Choices>",
    ]


def _hint(answer: str) -> str:
    hint = hint_of(answer)
    return f" hint={quoteattr(hint)}" if hint else ""
