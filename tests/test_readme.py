"""The README's commands: each is one that exists, and its walk-through of the loop runs through."""

import json
import re
import shlex
import shutil
import sys
from pathlib import Path
from typing import Any

import pytest
import typer
from regression.fixture import FOLDER, comment_examples, labelled_pages, labelled_replies, own_words

from classifier.cli import main
from classifier.cli.app import app
from classifier.errors import InputError
from classifier.evaluating.suite import SuiteResult, read_suite
from classifier.labelling.released import find_model

README = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")
LOOP = README.partition("## Make the models yours")[2].partition("\n## ")[0]
PAGES = sorted(each.page.id for each in labelled_pages())
ASKED, DECIDED = PAGES[::2], PAGES[1::2]


def commands(text: str) -> list[list[str]]:
    """Return the arguments of every line of a code block that starts ``classifier``."""
    found = re.findall(r"^ {4,6}(?:\$ )?classifier ([a-z][^|<>#\n]*)", text, flags=re.MULTILINE)
    return [shlex.split(line.replace("…", "")) for line in found]


@pytest.mark.parametrize("arguments", commands(README), ids=" ".join)
def test_every_command_exists_and_takes_these_options(arguments: list[str]) -> None:
    command: Any = typer.main.get_command(app)
    rest = list(arguments)
    while hasattr(command, "commands"):
        name = rest.pop(0)
        assert name in command.commands
        command = command.commands[name]
    context = command.context_class(command, info_name=command.name)
    command.make_parser(context).parse_args(rest)


def test_an_option_that_does_not_exist_would_be_noticed() -> None:
    with pytest.raises(Exception, match="--no-such-option"):
        test_every_command_exists_and_takes_these_options(["split", "--no-such-option", "x"])


def truth() -> dict[str, tuple[str, list[str], str]]:
    """Return the page, the kinds of incivility and the sentiment of every labelled reply's text."""
    return {
        own_words(each, reply): (
            each.page.id,
            reply["labels"]["incivility"],
            reply["labels"]["sentiment"],
        )
        for each, reply in labelled_replies()
    }


def answered(tasks: Path) -> str:
    """Return the tasks as Label Studio exports them once two people have answered."""
    known, exported = truth(), []
    for number, task in enumerate(json.loads(tasks.read_text(encoding="utf-8")), start=1):
        _, kinds, feeling = known.get(task["data"]["text"], ("", [], "neutral"))
        answers = {"incivility": kinds or ["none"], "sentiment": [feeling]}
        result = [
            {"from_name": name, "to_name": "text", "type": "choices", "value": {"choices": given}}
            for name, given in answers.items()
        ]
        annotations = [{"completed_by": person, "result": result} for person in (1, 2)]
        exported.append({"id": number, "data": task["data"], "annotations": annotations})
    return json.dumps(exported)


def decisions() -> str:
    """Return what was decided on replies that nobody learns from, as example records."""
    return "".join(
        json.dumps({"text": text, "labels": {"toxicity": int("toxicity" in kinds)}}) + "\n"
        for text, (page, kinds, _) in truth().items()
        if page in DECIDED
    )


def test_outputs_are_renewed_between_their_marks_and_nowhere_else(tmp_path: Path) -> None:
    from renew_readme import renew

    readme = tmp_path / "README.md"
    readme.write_text("before\n<!-- output: csv -->\nold\n<!-- output: end -->\nafter\n")
    renew(readme, {"csv": "a,b\n1,2"})
    assert readme.read_text() == (
        "before\n<!-- output: csv -->\n\n    a,b\n    1,2\n\n<!-- output: end -->\nafter\n"
    )
    with pytest.raises(InputError, match="needs the lines <!-- output: report -->"):
        renew(readme, {"report": ""})


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.filterwarnings("ignore::UserWarning")
@pytest.mark.filterwarnings("ignore::torch.jit.TracerWarning")
def test_the_walk_through_of_the_loop_runs_through(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    from training.tiny_model import tiny_comment_model

    model = tiny_comment_model(comment_examples(), tmp_path / "tiny")
    monkeypatch.setenv("CLASSIFIER_MODELS", str(model.parent))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "threads").mkdir()
    for page in ASKED:
        shutil.copy(FOLDER / f"{page}.txt", tmp_path / "threads")
    (tmp_path / "decisions.jsonl").write_text(decisions(), encoding="utf-8")
    walk = commands(LOOP)
    assert [each[0] for each in walk] == ["export", "import", "train", "calibrate"]
    said = {}
    for arguments in walk:
        if arguments[0] == "import":
            (tmp_path / "export.json").write_text(answered(tmp_path / "tasks.json"))
        monkeypatch.setattr(sys, "argv", ["classifier", *arguments])
        with pytest.raises(SystemExit) as left:
            main()
        said[arguments[0]], err = capfd.readouterr()
        assert left.value.code == 0, err
    assert "labelling configuration in tasks.xml" in said["export"]
    assert "judgements by 2 people" in said["import"]
    assert "own-models/comment" in said["train"]
    assert re.search(r"toxicity · \d+ decisions", said["calibrate"])
    assert (tmp_path / "calibrated" / "comment" / "calibration.json").is_file()


def test_the_figures_of_fairness_are_those_of_the_released_model() -> None:
    file = find_model("comment") / "suite.json"
    now = read_suite(file).findings
    before = SuiteResult.model_validate(json.loads(file.read_bytes())["before"]).findings
    several = [
        each.identity[0] for each in (now["transformer"], before["transformer"], now["baseline"])
    ]
    rows = {
        "hostile, labelled": [each.found for each in several],
        "harmless, wrongly labelled": [each.false_positives["harmless"] for each in several],
        "the same about no identity": [each.control["harmless"] for each in several],
        "quoted and rejected, wrongly labelled": [
            each.false_positives["quoted"] for each in several
        ],
        "reclaimed, wrongly labelled": [each.false_positives["reclaimed"] for each in several],
    }
    for name, shares in rows.items():
        assert f"| {name} | {' | '.join(f'{each.share:.1%}' for each in shares)} |" in README
    aucs = " | ".join(f"{each.bpsn_auc.value:.3f}" for each in several)
    assert f"| BPSN AUC (worst groups weigh most) | {aucs} |" in README
