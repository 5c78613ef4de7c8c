import json
from pathlib import Path

import pytest
from evaluating.suite.answering import RuleModel

from classifier.errors import InputError
from classifier.evaluating import Bootstrap
from classifier.evaluating.card import write_card
from classifier.evaluating.readme import write_results, write_splitting
from classifier.evaluating.suite import run_suite, suite_json
from classifier.labelling.released import find_model, list_models


def test_a_released_card_says_what_its_figures_say(tmp_path: Path) -> None:
    # A source archive holds no tone model.
    for name in [each.name for each in list_models() if each.name != "split"]:
        folder = tmp_path / name
        folder.mkdir()
        for file in ("config.json", "calibration.json", "metrics.json", "suite.json"):
            (folder / file).write_bytes((find_model(name) / file).read_bytes())
        write_card(folder)
        card = (folder / "README.md").read_text(encoding="utf-8")
        assert card == (find_model(name) / "README.md").read_text(encoding="utf-8")


def test_a_card_sets_what_a_threshold_promised_beside_what_it_kept(tmp_path: Path) -> None:
    config = json.loads((find_model("comment") / "config.json").read_text(encoding="utf-8"))
    calibration = json.loads(
        (find_model("comment") / "calibration.json").read_text(encoding="utf-8")
    )
    incivility = calibration["transformer"]["incivility"]
    incivility["promised"][0], incivility["thresholds"][0] = 0.8, 0.4
    small = {"n": 100, "n_positive": 20, "recall": 0.5, "precision": 0.625}
    large = {"n": 1000, "n_positive": 80, "recall": 0.5, "precision": 0.25}
    compared = [
        {"task": "incivility", "test_set": name, "n": scores["n"]}
        | {who: {"labels": {"toxicity": scores}} for who in ("transformer", "baseline", "majority")}
        for name, scores in (
            ("jigsaw", small),
            ("reddit incivility", large),
            ("tweeteval offensive", large),
        )
    ]
    for name, content in (
        ("config", config),
        ("calibration", calibration),
        ("metrics", compared),
    ):
        (tmp_path / f"{name}.json").write_text(json.dumps(content), encoding="utf-8")
    write_card(tmp_path)
    card = (tmp_path / "README.md").read_text(encoding="utf-8")
    assert "- toxicity: from 0.40 on, right 80% of the time on dev and 44% on test" in card


def test_a_card_says_what_is_added_to_answers_that_are_not_reported(tmp_path: Path) -> None:
    for name in ("config", "calibration", "metrics"):
        content = json.loads((find_model("comment") / f"{name}.json").read_text(encoding="utf-8"))
        if name == "calibration":
            content["transformer"]["sentiment"]["unreported"] = [0.4]
        (tmp_path / f"{name}.json").write_text(json.dumps(content), encoding="utf-8")
    write_card(tmp_path)
    card = (tmp_path / "README.md").read_text(encoding="utf-8")
    assert "this is added to their logits: 'ambiguous' +0.40, the best macro-F1 on dev." in card


def test_a_card_says_how_sure_the_model_is_of_each_kind_of_target(tmp_path: Path) -> None:
    for name in ("config", "calibration", "metrics"):
        content = json.loads((find_model("stance") / f"{name}.json").read_text(encoding="utf-8"))
        if name == "calibration":
            content["transformer"]["stance"] |= {
                "scale": [0.8, 0.8, 0.8],
                "of_kinds": {
                    "topic": {"scale": 1.0, "least": 0.5},
                    "article": {"scale": 0.4, "least": 0.45},
                },
            }
        (tmp_path / f"{name}.json").write_text(json.dumps(content), encoding="utf-8")
    write_card(tmp_path)
    card = (tmp_path / "README.md").read_text(encoding="utf-8")
    assert (
        "so each is read by what dev asks for: article 0.45 (logits times 0.40), "
        "topic 0.50 (logits times 1.00)." in card
    )


def test_a_changed_figure_changes_the_results_table_and_nothing_around_it(tmp_path: Path) -> None:
    readme, folder = tmp_path / "README.md", tmp_path / "models" / "stance"
    folder.mkdir(parents=True)
    metrics = json.loads((find_model("stance") / "metrics.json").read_text(encoding="utf-8"))
    (vast,) = [each for each in metrics if each["test_set"] == "vast"]
    vast["transformer"]["macro_f1"] = 0.123
    vast["full_precision"] = {"macro_f1": 0.456}
    (folder / "metrics.json").write_text(json.dumps(metrics), encoding="utf-8")
    readme.write_text(
        "before\n<!-- results: begin -->\nold\n<!-- results: end -->\nafter\n", encoding="utf-8"
    )
    write_results(readme, tmp_path / "models")
    text = readme.read_text(encoding="utf-8")
    assert text.startswith("before\n<!-- results: begin -->\n| model |")
    assert text.endswith("<!-- results: end -->\nafter\n")
    (row,) = [line for line in text.splitlines() if line.startswith("| stance | vast | macro-F1")]
    assert "| 0.123 (" in row
    assert "| 0.456 |" in row
    assert "TGA-Net" in row
    assert "old" not in text


def test_a_benchmark_of_one_label_shows_that_labels_figure(tmp_path: Path) -> None:
    readme, folder = tmp_path / "README.md", tmp_path / "models" / "comment"
    folder.mkdir(parents=True)
    toxicity = {"labels": {"toxicity": {"f1": 0.789, "auc": 0.9}}, "mean_auc": 0.9}
    compared = {"task": "incivility", "test_set": "reddit incivility", "n": 1_000}
    compared |= {"transformer": toxicity, "baseline": toxicity, "majority": {}}
    (folder / "metrics.json").write_text(json.dumps([compared]), encoding="utf-8")
    readme.write_text("<!-- results: begin -->\n<!-- results: end -->\n", encoding="utf-8")
    write_results(readme, tmp_path / "models")
    (row,) = [line for line in readme.read_text(encoding="utf-8").splitlines() if "reddit" in line]
    assert row == (
        "| comment | reddit incivility | F1 of toxicity | 1,000 | 0.789 | - | 0.789 | - "
        "| .802 (Davidson et al. 2020) |"
    )


def test_the_readme_shows_what_was_measured_of_the_released_models(tmp_path: Path) -> None:
    released = Path(__file__).parents[2] / "README.md"
    readme = tmp_path / "README.md"
    readme.write_bytes(released.read_bytes())
    for write in (write_results, write_splitting):
        write(readme, find_model("stance").parent)
    assert readme.read_text(encoding="utf-8") == released.read_text(encoding="utf-8")


def test_a_readme_without_marks_is_refused(tmp_path: Path) -> None:
    readme = tmp_path / "README.md"
    readme.write_text("nothing\n", encoding="utf-8")
    with pytest.raises(InputError, match="results: begin"):
        write_results(readme, tmp_path)


def test_a_card_shows_what_the_suite_found_now_and_of_the_release_before(tmp_path: Path) -> None:
    for file in ("config.json", "calibration.json", "metrics.json"):
        (tmp_path / file).write_bytes((find_model("stance") / file).read_bytes())
    steady, swayed = (
        run_suite(RuleModel("stance", rule), bootstrap=Bootstrap(resamples=20))
        for rule in (lambda *_: 0.4, lambda text, _, label: len(text) % 7 / (9 + len(label)))
    )
    (tmp_path / "suite.json").write_text(suite_json(steady, before=swayed), encoding="utf-8")
    write_card(tmp_path)
    card = (tmp_path / "README.md").read_text(encoding="utf-8")
    assert "| score |  | transformer | transformer before | baseline |" in card
    (deviation,) = [line for line in card.splitlines() if "| deviation |" in line]
    now, before, baseline = (float(cell) for cell in deviation.split("|")[3:6])
    assert now == baseline == 0 < before


def test_a_card_shows_what_a_further_stage_gave_on_dev(tmp_path: Path) -> None:
    for name in ("config", "calibration", "metrics"):
        content = json.loads((find_model("stance") / f"{name}.json").read_text(encoding="utf-8"))
        if name == "config":
            content["classifier"]["further_stages"] = [
                {"examples": 9, "choice": "all", "epochs": 1},
                {
                    "examples": 1200,
                    "choice": "our own",
                    "epochs": 1,
                    "seed": 3,
                    "share": 0.5,
                    "rule": "the greatest share of all",
                    "dev": {"0.5": {"notes, stance": 0.75}, "0": {"notes, stance": 0.5}},
                },
            ]
        (tmp_path / f"{name}.json").write_text(json.dumps(content), encoding="utf-8")
    write_card(tmp_path)
    card = (tmp_path / "README.md").read_text(encoding="utf-8")
    assert "then on 1,200 of them (our own) for 1, exported" in card
    assert (
        "| corpus, task | before | 50% after |\n|---|---|---|\n| notes, stance | 0.500 | 0.750 |"
        in card
    )
    assert "0.5 was released, the greatest share of all at most. Eight-bit weights" in card


def test_a_card_shows_what_a_choice_gave_with_each_seed(tmp_path: Path) -> None:
    for name in ("config", "calibration", "metrics"):
        content = json.loads((find_model("stance") / f"{name}.json").read_text(encoding="utf-8"))
        if name == "config":
            content["classifier"]["ablations"] = [
                {
                    "title": "Whether notes help",
                    "about": "Nine examples each.",
                    "runs": [
                        {"seed": seed, "arm": arm, "dev": {"notes, stance": figure}}
                        for seed, arm, figure in ((3, "without", 0.25), (3, "with", 0.5))
                    ],
                }
            ]
        (tmp_path / f"{name}.json").write_text(json.dumps(content), encoding="utf-8")
    write_card(tmp_path)
    card = (tmp_path / "README.md").read_text(encoding="utf-8")
    assert "## Whether notes help\n\nNine examples each." in card
    assert (
        "| corpus, task | without (seed 3) | with (seed 3) |\n|---|---|---|\n"
        "| notes, stance | 0.250 | 0.500 |" in card
    )
