"""Scoring with the released models, as a user of the package calls it."""

import json
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classifier import Comment, ModelError, Scorer, score
from classifier.checksums import write_checksums
from classifier.labelling.calibration import KindReading, read_calibration, write_calibration
from classifier.labelling.encoder import Encoder
from classifier.labelling.released import find_model, list_models
from classifier.splitting import split
from classifier.tasks import TASKS
from classifier.thread import INCIVILITIES, Page, TargetKind, Thread

SCORER = Scorer()


def test_a_comment_gets_incivility_and_sentiment_and_a_stance_for_each_thing_asked() -> None:
    labels = score("You are a complete idiot.", target="the toll", parent="I like the toll.")
    assert labels.incivility is not None
    assert "insult" in labels.incivility.labels
    assert {*labels.incivility.probabilities} == {*INCIVILITIES}
    assert labels.sentiment is not None
    assert labels.sentiment.label == "negative"
    assert [(each.target_kind, each.target) for each in labels.stance] == [
        ("topic", "the toll"),
        ("parent", "I like the toll."),
    ]


def test_a_stance_is_as_sure_as_its_model_may_be_of_that_kind_of_target(tmp_path: Path) -> None:
    for name in ("comment", "stance"):
        shutil.copytree(find_model(name), tmp_path / name)
    folder = tmp_path / "stance"
    calibration = read_calibration(folder / "calibration.json", TASKS["stance"])
    own = calibration["transformer"]["stance"]
    of_kinds: dict[TargetKind, KindReading] = {
        "topic": KindReading(scale=0.1, least=0.5),
        "parent": KindReading(scale=0.6, least=0.4),
    }
    calibration["transformer"]["stance"] = replace(own, of_kinds=of_kinds)
    write_calibration(folder / "calibration.json", calibration)
    write_checksums(folder)
    toll = "The toll is fair and the city should keep it."
    topic, parent = (
        Scorer(models=tmp_path).score("I hate it, scrap it.", target=toll, parent=toll).stance
    )
    assert parent.label == "against"
    assert (topic.label, topic.reason) == (None, "uncertain")
    assert max(topic.probabilities, key=topic.probabilities.__getitem__) == "against"


LETTER = (
    "The council has now put off the ferry for the third time, and nobody there seems to mind. "
    "My mother waits at the pier in the rain, and what she hears is that a study is under way. "
)


def test_an_insult_somewhere_in_a_long_letter_is_found() -> None:
    insult = "You are a complete idiot, Mr. Harrow. "
    [found] = [
        labels.incivility for labels in SCORER.score_many([LETTER * 12 + insult + LETTER * 12])
    ]
    assert found is not None
    assert {"insult", "toxicity"} <= set(found.labels)


def test_an_emoji_that_touches_an_insult_does_not_hide_it() -> None:
    labels = score("You are an idiot\N{CLOWN FACE}")
    assert labels.incivility is not None
    assert "insult" in labels.incivility.labels


def test_emoji_alone_tell_glad_from_sad() -> None:
    def positive(emoji: str) -> float:
        labels = score(f"It is Monday again {emoji}")
        assert labels.sentiment is not None
        return labels.sentiment.probabilities["positive"]

    glad, sad = positive("\N{SMILING FACE WITH SMILING EYES}"), positive("\N{CRYING FACE}")
    assert glad > sad + 0.4


def test_of_many_windows_that_look_alike_each_counts_a_little_less(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(
        "classifier.labelling.encoder.Encoder._of_windows",
        lambda _, cut, *, width: np.ones((len(cut), width)),
    )
    network = Encoder(find_model("comment"), tasks=TASKS["comment"])
    one, two, many, more = network.logits([LETTER, LETTER * 3, LETTER * 20, LETTER * 200])
    incivility, sentiment = one[: len(INCIVILITIES)], one[len(INCIVILITIES) :]
    assert (incivility == 1).all()
    assert (two[: len(INCIVILITIES)] == 1 - 0.5 * np.log(2)).all()
    # Nobody hides an insult behind many words.
    assert (many[: len(INCIVILITIES)] == 1 - 0.5 * np.log(4)).all()
    assert (more == many).all()
    assert many[len(INCIVILITIES) :] == pytest.approx(sentiment)


def test_a_friendly_comment_is_civil_and_positive() -> None:
    labels = score("Thank you, this is a wonderful piece of work and I love it!")
    assert labels.incivility is not None
    assert labels.incivility.labels == ()
    assert labels.sentiment is not None
    assert labels.sentiment.label == "positive"
    assert labels.stance == ()


@pytest.mark.parametrize("baseline", [False, True])
def test_no_words_and_other_languages_are_abstained_on_with_the_reason(baseline: bool) -> None:  # noqa: FBT001
    comments = [
        Comment(text=" \n", target="the toll"),
        Comment(text="Das ist doch alles Quatsch, die Stadt hat kein Geld.", target="the toll"),
    ]
    empty, german = SCORER.score_many(comments, baseline=baseline)
    for labels, reason in ((empty, "no_own_words"), (german, "language")):
        assert labels.incivility is not None
        assert labels.sentiment is not None
        assert (labels.incivility.abstained, labels.incivility.reason) == (True, reason)
        assert (labels.sentiment.label, labels.sentiment.reason) == (None, reason)
        assert (labels.stance[0].label, labels.stance[0].reason) == (None, reason)
    assert german.language is not None
    assert german.language.code == "de"


def test_a_stated_language_counts_for_more_than_what_the_text_looks_like() -> None:
    german = "Das ist doch alles Quatsch, die Stadt hat kein Geld."
    english = "What a silly plan."
    told, stated, foreign = SCORER.score_many(
        [
            Comment(text=german),
            Comment(text=german, language="en"),
            Comment(text=english, language="de"),
        ]
    )
    assert told.incivility is not None
    assert told.incivility.reason == "language"
    assert stated.incivility is not None
    assert stated.incivility.probabilities
    assert foreign.incivility is not None
    assert foreign.incivility.reason == "language"


def test_labels_are_the_same_whatever_is_labelled_beside_them_and_on_how_many_threads() -> None:
    comments = [
        Comment(text=f"{'What a silly plan. ' * (n % 7)}Number {n}.", target="the toll")
        for n in range(23)
    ]
    together = list(SCORER.score_many(comments))
    assert list(SCORER.score_many(iter(comments), batch_size=3)) == together
    assert [*SCORER.score_many(reversed(comments))] == together[::-1]
    assert [SCORER.score(each.text, target=each.target) for each in comments] == together
    assert list(Scorer(threads=1).score_many(comments)) == together


def test_a_stream_is_read_no_further_than_a_batch_ahead() -> None:
    taken = []

    def stream() -> "object":
        for number in range(100):
            taken.append(number)
            yield f"Comment {number}."

    next(SCORER.score_many(stream(), batch_size=10))  # type: ignore[arg-type]
    assert len(taken) == 10


PAGE = (
    "HALDEN -- The city will open its new tunnel in May, the mayor said on Friday.\n"
    "Officials said that a toll of two crowns would pay for the pumps and the lights, which "
    'were last replaced in 1996. "It is safe," said the city engineer.\n'
    "You are a filthy liar and an idiot, mayor.\n"
    "You are a filthy liar and an idiot, mayor.\n"
    "Please keep it civil, the figures are on page two of the report.\n"
)


def labelled() -> Thread:
    thread = split(Page(id="p", text=PAGE))
    return SCORER.label_thread(thread, baseline=True, spans=True, targets=["the toll"])


def test_quoted_insults_are_not_scored_as_the_quoters_own() -> None:
    first, second = labelled().replies
    assert second.quotes[0].reply_id == first.id
    assert first.labels is not None
    assert first.labels.incivility is not None
    assert second.labels is not None
    assert second.labels.incivility is not None
    assert "insult" in first.labels.incivility.labels
    assert second.labels.incivility.labels == ()


def test_each_reply_is_labelled_towards_article_parent_and_given_topic_by_both_families() -> None:
    _, second = labelled().replies
    for labels in (second.labels, second.baseline):
        assert labels is not None
        assert [each.target_kind for each in labels.stance] == ["article", "parent", "topic"]


def test_spans_lie_in_own_words_and_name_labels_of_the_reply() -> None:
    for reply in labelled().replies:
        assert reply.labels is not None
        assert reply.labels.incivility is not None
        for span in reply.labels.incivility.spans:
            assert span.label in reply.labels.incivility.labels
            assert any(start <= span.start < span.end <= end for start, end in reply.own)
    assert any(reply.labels.incivility.spans for reply in labelled().replies)  # type: ignore[union-attr]


def test_labels_survive_json() -> None:
    thread = labelled()
    assert Thread.model_validate_json(thread.to_json()) == thread
    assert json.loads(thread.to_json())["schema"] == 1


@settings(max_examples=30, deadline=None)
@given(st.text(max_size=400), st.text(max_size=60))
def test_any_text_gets_labels(text: str, target: str) -> None:
    labels = SCORER.score(text, target=target)
    assert labels.incivility is not None
    assert all(0 <= p <= 1 for p in labels.incivility.probabilities.values())


def test_models_are_found_in_the_given_folder_then_the_environment_then_the_package(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    installed = find_model("comment")
    for name in ("given", "named"):
        shutil.copytree(installed, tmp_path / name / "comment")
    monkeypatch.setenv("CLASSIFIER_MODELS", str(tmp_path / "named"))
    assert find_model("comment", models=tmp_path / "given") == tmp_path / "given" / "comment"
    assert find_model("comment") == tmp_path / "named" / "comment"
    assert {folder.name for folder in list_models()} >= {"comment", "stance", "split"}
    with pytest.raises(ModelError, match=r"'nothing' was not found.*classifier train nothing"):
        find_model("nothing")


@pytest.mark.parametrize(
    "file", ["config.json", "model.onnx", "tokenizer.json", "calibration.json", "baseline.skops"]
)
def test_a_damaged_file_of_a_model_is_named(file: str, tmp_path: Path) -> None:
    for name in ("comment", "stance"):
        shutil.copytree(find_model(name), tmp_path / name)
    (tmp_path / "comment" / file).write_bytes(b"{ damaged")
    with pytest.raises(ModelError, match=file if file != "config.json" else "config"):
        next(Scorer(models=tmp_path).score_many(["Hello."], baseline=file == "baseline.skops"))
