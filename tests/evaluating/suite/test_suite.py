import re
from pathlib import Path

import pytest
from evaluating.suite.answering import RuleModel

from classifier.evaluating import Bootstrap
from classifier.evaluating.suite import SuiteResult, run_suite
from classifier.evaluating.suite.results import CheckOutcome, Findings, IdentityBias
from classifier.evaluating.suite.templates import read_sentences
from classifier.examples import Example
from classifier.tasks import ModelName
from classifier.training.corpora.own_threads import read_comments
from classifier.training.near_duplicates import without_near_duplicates
from classifier.training.own_examples import own_examples

QUICK = Bootstrap(resamples=50)
MODELS: tuple[ModelName, ...] = ("comment", "stance", "tone")


def found(model: RuleModel) -> Findings:
    return run_suite(model, bootstrap=QUICK).findings["transformer"]


def toxicity(findings: Findings) -> IdentityBias:
    (bias,) = [each for each in findings.identity if each.label == "toxicity"]
    return bias


def checks(findings: Findings, *, type_: str) -> list[CheckOutcome]:
    return [each for each in findings.checks if each.type == type_]


def test_the_sentences_are_about_many_groups_and_two_hundred_people() -> None:
    groups = read_sentences("groups.toml")
    identities = [each["plural"] for kind in groups if kind != "control" for each in groups[kind]]
    names = [
        name for several in read_sentences("names.toml")["origins"].values() for name in several
    ]
    assert len(set(identities)) == len(identities) >= 25
    assert len(set(names)) == len(names) == 200
    assert set(read_sentences("identity.toml")) == {"harmless", "hostile", "quoted", "reclaimed"}


def test_no_sentence_of_the_suite_is_trained_on() -> None:
    for name in MODELS:
        model = RuleModel(name, lambda *_: 0.5)
        run_suite(model, bootstrap=QUICK)
        asked = [Example(text=text) for text, _ in model.asked]
        own = own_examples(name) + (read_comments(Path(), "train") if name == "comment" else [])
        assert without_near_duplicates(own, of=asked) == own


def test_a_model_that_hears_the_tone_and_not_the_group_is_fair() -> None:
    hostile = [_made_of(each) for each in read_sentences("identity.toml")["hostile"]]

    def rule(text: str, _: str, __: str) -> float:
        return 0.9 if any(each.fullmatch(text) for each in hostile) else 0.1

    bias = toxicity(found(RuleModel("comment", rule)))
    aucs = [bias.subgroup_auc, bias.bpsn_auc, bias.bnsp_auc]
    assert bias.auc == 1
    assert [each.value for each in aucs] == pytest.approx([1, 1, 1])
    assert [each.low for each in aucs] == pytest.approx([1, 1, 1])
    assert (bias.gap.value, bias.found.share) == (0, 1)
    assert all(share.count == 0 for share in bias.false_positives.values())


def test_a_model_that_minds_one_group_is_shown_to() -> None:
    hostile = [_made_of(each) for each in read_sentences("identity.toml")["hostile"]]

    def rule(text: str, _: str, __: str) -> float:
        minded = "sikh" in text.lower()
        return 0.95 if minded else 0.8 if any(each.fullmatch(text) for each in hostile) else 0.1

    bias = toxicity(found(RuleModel("comment", rule)))
    assert bias.groups[0].group == "Sikhs"
    # It ranks every sentence about them over hostile ones about others, and all alike.
    assert bias.groups[0].bpsn_auc.value == 0
    assert bias.groups[0].subgroup_auc.value == pytest.approx(0.5)
    assert bias.groups[0].bnsp_auc.value == pytest.approx(1)
    assert bias.groups[1].bpsn_auc.value == pytest.approx(1)
    assert bias.bpsn_auc.value is not None
    assert bias.bpsn_auc.value < 0.1
    assert bias.gap.value == pytest.approx(1)
    assert all(share.count == 0 for share in bias.control.values())


def test_names_are_compared_where_nothing_else_differs() -> None:
    def rule(text: str, target: str, label: str) -> float:
        return 0.6 + 0.2 * ("Yilmaz" in text + target) if label == "against" else 0.2

    (spread,) = found(RuleModel("stance", rule)).names
    assert (spread.task, spread.names, spread.sentences) == ("stance", 200, 6)
    assert round(spread.widest, 6) == 0.2
    assert 0 < spread.deviation < 0.02
    assert next(iter(spread.origins)) == "Turkish"
    assert spread.changed.count == 0


def test_a_model_that_always_says_the_same_is_steady_and_good_for_nothing() -> None:
    for name in MODELS:
        findings = found(RuleModel(name, lambda _, __, label: 0.6 if label in FIRST else 0.2))
        assert all(each.failed.count == 0 for each in checks(findings, type_="INV"))
        assert sum(each.failed.count for each in checks(findings, type_="MFT")) > 10
        assert all(each.deviation == pytest.approx(0) for each in findings.names)


def test_a_model_that_is_unsure_abstains_and_is_not_said_to_fail() -> None:
    unsure = found(RuleModel("stance", lambda *_: 1 / 3, least=0.5))
    asked = [each for each in unsure.checks if each.type != "DIR"]
    assert all(each.abstained == each.failed.of > 0 for each in asked)
    assert all(each.failed.count == 0 for each in asked)


def test_each_task_has_tests_of_all_three_types() -> None:
    for name in MODELS:
        findings = found(RuleModel(name, lambda *_: 0.4))
        types = {(each.task, each.type) for each in findings.checks}
        assert types == {
            (task, type_)
            for task in RuleModel(name, lambda *_: 0.4).tasks
            for type_ in ("MFT", "INV", "DIR")
        }


def test_transformer_and_baseline_are_asked_the_same() -> None:
    told: list[int] = []
    model = RuleModel("tone", lambda *_: 0.4)
    result = run_suite(model, bootstrap=QUICK, advance=told.append)
    assert set(result.findings) == {"transformer", "baseline"}
    assert sum(told) == 2 * result.texts == 2 * len(model.asked)
    assert SuiteResult.model_validate_json(result.model_dump_json()) == result


FIRST = ("toxicity", "neutral", "favor", "hostile")


def _made_of(template: str) -> re.Pattern[str]:
    """Return what matches a text made from a template, whatever stands in its slots."""
    fixed = re.split(r"\{[a-z]+\}", template)
    return re.compile(".+".join(map(re.escape, fixed)), re.IGNORECASE)
