"""The Perspective API's routes, called as its reference describes them."""

import json
import re
from pathlib import Path
from typing import Any

import httpx
import pytest
from serving.server import Running

README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
SIX = ["TOXICITY", "SEVERE_TOXICITY", "INSULT", "PROFANITY", "THREAT", "IDENTITY_ATTACK"]
RUDE = "You are a complete idiot."
KIND = "Thank you, this is a lovely piece of work."


def values(response: httpx.Response) -> dict[str, float]:
    assert response.status_code == 200, response.text
    scores = response.json()["attributeScores"]
    return {name: each["summaryScore"]["value"] for name, each in scores.items()}


def problem(response: httpx.Response) -> tuple[int, str, str, str]:
    error = response.json()["error"]
    [detail] = error["details"]
    assert detail["@type"] == "type.googleapis.com/google.commentanalyzer.v1alpha1.Error"
    assert error["code"] == response.status_code
    return response.status_code, error["status"], detail["errorType"], error["message"]


def test_all_six_attributes_tell_an_insult_from_a_thank_you(server: Running) -> None:
    rude, kind = (values(server.analyze(text, *SIX)) for text in (RUDE, KIND))
    assert list(rude) == SIX
    for name in ("TOXICITY", "INSULT"):
        assert rude[name] > 0.7
        assert kind[name] < 0.2
    assert all(0 <= value <= 1 for value in (*rude.values(), *kind.values()))


def test_the_answer_has_the_shape_of_the_reference(server: Running) -> None:
    answer = server.analyze(RUDE, clientToken="comment-7", sessionId="s", communityId="c").json()
    value = answer["attributeScores"]["TOXICITY"]["summaryScore"]["value"]
    score = {"value": value, "type": "PROBABILITY"}
    span = {"begin": 0, "end": len(RUDE), "score": score}
    assert answer == {
        "attributeScores": {"TOXICITY": {"summaryScore": score, "spanScores": [span]}},
        "languages": ["en"],
        "detectedLanguages": ["en"],
        "clientToken": "comment-7",
    }


def test_the_answer_that_the_readme_shows_is_the_servers(server: Running) -> None:
    shown = re.search(r"-d '(\{.*?\})'\n +(\{.*?detectedLanguages)", README, re.DOTALL)
    assert shown
    answer = values(server.post("/v1alpha1/comments:analyze", json=json.loads(shown[1])))
    assert re.findall(r'"summaryScore":\s*{"value":([0-9.]+)', shown[2]) == [
        f"{value:g}" for value in answer.values()
    ]


def test_severe_toxicity_is_never_above_toxicity(server: Running) -> None:
    for text in (RUDE, KIND, "I will kill you, you vermin.", "All of them should be shot."):
        scores = values(server.analyze(text, "TOXICITY", "SEVERE_TOXICITY"))
        assert scores["SEVERE_TOXICITY"] <= scores["TOXICITY"]


def test_experimental_names_answer_the_same(server: Running) -> None:
    scores = values(server.analyze(RUDE, "INSULT", "INSULT_EXPERIMENTAL"))
    assert scores["INSULT"] == scores["INSULT_EXPERIMENTAL"]


def test_scores_do_not_depend_on_what_else_is_asked(server: Running) -> None:
    alone = values(server.analyze(RUDE, "TOXICITY"))["TOXICITY"]
    assert values(server.analyze(RUDE, *SIX))["TOXICITY"] == alone


def test_sentence_spans_are_given_where_they_stand_in_utf_16_units(server: Running) -> None:
    text = "😀😀 Lovely day. You are an idiot! Bye."
    answer = server.analyze(text, "INSULT", spanAnnotations=True).json()
    spans = answer["attributeScores"]["INSULT"]["spanScores"]
    units = text.encode("utf-16-le")
    found = {
        units[2 * each["begin"] : 2 * each["end"]].decode("utf-16-le"): each["score"]["value"]
        for each in spans
    }
    assert list(found) == ["😀😀 Lovely day.", "You are an idiot!", "Bye."]
    assert found["You are an idiot!"] > 0.7
    assert found["Bye."] < 0.2


def test_html_is_read_without_its_markup_and_spans_refer_to_the_markup(server: Running) -> None:
    html = "<p>Good <b>morning</b>.</p><p>You are an &quot;idiot&quot;!</p>"
    entry = {"text": html, "type": "HTML"}
    body = {"comment": entry, "requestedAttributes": {"INSULT": {}}, "spanAnnotations": True}
    answer = server.post("/v1alpha1/comments:analyze", json=body).json()
    spans = answer["attributeScores"]["INSULT"]["spanScores"]
    assert [html[each["begin"] : each["end"]] for each in spans] == [
        "Good <b>morning</b>.",
        "You are an &quot;idiot&quot;!",
    ]
    plain = values(server.analyze('Good morning.\nYou are an "idiot"!\n', "INSULT"))
    assert answer["attributeScores"]["INSULT"]["summaryScore"]["value"] == pytest.approx(
        plain["INSULT"], abs=0.02
    )


def test_scores_under_the_threshold_are_left_out(server: Running) -> None:
    wanted = {"TOXICITY": {"scoreThreshold": 0.5}, "THREAT": {"scoreThreshold": 0.9}}
    assert [*values(server.analyze(RUDE, requestedAttributes=wanted))] == ["TOXICITY"]
    nothing = server.analyze(KIND, requestedAttributes=wanted).json()
    assert "attributeScores" not in nothing
    assert nothing["languages"] == ["en"]


def test_names_may_be_written_in_snake_case_and_nulls_count_as_absent(server: Running) -> None:
    body = {
        "comment": {"text": RUDE, "type": None},
        "requested_attributes": {"TOXICITY": None, "INSULT": {"score_threshold": 0.1}},
        "span_annotations": None,
        "context": None,
    }
    assert {*values(server.post("/v1alpha1/comments:analyze", json=body))} == {
        "TOXICITY",
        "INSULT",
    }


def test_a_body_counts_as_json_whatever_its_content_type_says(server: Running) -> None:
    body = '{"comment": {"text": "Hello there."}, "requestedAttributes": {"TOXICITY": {}}}'
    for kind in ("text/plain;charset=UTF-8", "application/x-www-form-urlencoded"):
        answer = server.post(
            "/v1alpha1/comments:analyze", content=body, headers={"Content-Type": kind}
        )
        assert answer.status_code == 200


def test_stance_is_asked_towards_the_article_and_the_parent(server: Running) -> None:
    names = ["AGAINST_ARTICLE", "FAVOR_ARTICLE", "AGAINST_PARENT", "FAVOR_PARENT"]
    context = {
        "articleAndParentComment": {
            "article": {"text": "Council to build the harbour tunnel"},
            "parentComment": {"text": "The harbour tunnel is a terrible waste of money."},
        }
    }
    text = "The tunnel is a great idea and I fully support it."
    scores = values(server.analyze(text, *names, context=context))
    assert list(scores) == names
    assert scores["AGAINST_PARENT"] > scores["FAVOR_PARENT"]
    assert scores["FAVOR_ARTICLE"] > scores["AGAINST_ARTICLE"]


def test_sentiment_is_answered(server: Running) -> None:
    scores = values(server.analyze(KIND, "SENTIMENT_POSITIVE", "SENTIMENT_NEGATIVE"))
    assert scores["SENTIMENT_POSITIVE"] > 0.6
    assert scores["SENTIMENT_NEGATIVE"] < 0.2


def test_earlier_entries_are_accepted_and_change_nothing(server: Running) -> None:
    with_entries = server.analyze(RUDE, context={"entries": [{"text": "Good morning."}]})
    assert values(with_entries) == values(server.analyze(RUDE))


GERMAN = "Das ist doch alles Quatsch, die Stadt hat überhaupt kein Geld dafür."


@pytest.mark.parametrize(
    ("more", "where"),
    [({}, {"detectedLanguages": ["de"]}), ({"languages": ["de"]}, {"requestedLanguages": ["de"]})],
)
def test_another_language_is_refused_as_the_api_does(
    server: Running, more: dict[str, Any], where: dict[str, Any]
) -> None:
    response = server.analyze(GERMAN, "INSULT", **more)
    assert problem(response) == (
        400,
        "INVALID_ARGUMENT",
        "LANGUAGE_NOT_SUPPORTED_BY_ATTRIBUTE",
        "Attribute INSULT does not support request languages: de",
    )
    [detail] = response.json()["error"]["details"]
    assert detail["languageNotSupportedByAttributeError"] == {**where, "attribute": "INSULT"}


def test_a_language_that_the_request_gives_counts_for_more_than_the_detected_one(
    server: Running,
) -> None:
    answer = server.analyze(GERMAN, languages=["en-GB"]).json()
    assert answer["languages"] == ["en-GB"]
    assert answer["detectedLanguages"] == ["de"]
    assert "TOXICITY" in answer["attributeScores"]


def test_what_cannot_be_scored_is_dropped_where_the_request_says_so(server: Running) -> None:
    drop = {"dropUnsupportedAttributes": True}
    assert "attributeScores" not in server.analyze(GERMAN, **drop).json()
    assert [*values(server.analyze(RUDE, "TOXICITY", "FLIRTATION", **drop))] == ["TOXICITY"]


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ({}, "COMMENT_EMPTY"),
        ({"comment": {"text": ""}}, "COMMENT_EMPTY"),
        ({"comment": {"text": " \n\t"}}, "COMMENT_EMPTY"),
        ({"comment": {"text": "<p> </p>", "type": "HTML"}}, "COMMENT_EMPTY"),
        ({"comment": {"text": "é" * 10_241}}, "COMMENT_TOO_LONG"),
        ({"comment": {"text": "Hello."}}, "NO_REQUESTED_ATTRIBUTES"),
        ({"comment": {"text": "Hello."}, "requestedAttributes": {}}, "NO_REQUESTED_ATTRIBUTES"),
        ({"comment": {"text": "Hello."}, "requestedAttributes": {"HAT": {}}}, "UNKNOWN_ATTRIBUTE"),
        (
            {
                "comment": {"text": "Hello."},
                "requestedAttributes": {"TOXICITY": {"scoreType": "PERCENTILE"}},
            },
            "INVALID_REQUEST",
        ),
        (
            {
                "comment": {"text": "Hello."},
                "requestedAttributes": {"TOXICITY": {}},
                "context": {
                    "entries": [{"text": "a"}],
                    "articleAndParentComment": {"article": {"text": "b"}},
                },
            },
            "INVALID_REQUEST",
        ),
        (
            {"comment": {"text": "Hello."}, "requestedAttributes": {"AGAINST_PARENT": {}}},
            "INVALID_REQUEST",
        ),
        ({"comment": {"text": "Hello."}, "requestedAtributes": {}}, "INVALID_REQUEST"),
        ({"comment": "Hello."}, "INVALID_REQUEST"),
        ({"comment": {"text": "Hello.", "type": "MARKDOWN"}}, "INVALID_REQUEST"),
    ],
)
def test_what_is_wrong_with_a_request_is_told_as_the_api_does(
    server: Running, body: dict[str, Any], kind: str
) -> None:
    status, name, told, message = problem(server.post("/v1alpha1/comments:analyze", json=body))
    assert (status, name, told) == (400, "INVALID_ARGUMENT", kind)
    assert message


def test_the_longest_comment_that_the_api_takes_is_scored_whole(server: Running) -> None:
    friendly = "This is a lovely plan. "
    text = (friendly * 1000)[: 20_480 - len(RUDE)] + RUDE
    assert len(text) == 20_480
    without = values(server.analyze((friendly * 1000)[:20_480]))["TOXICITY"]
    assert without < 0.1
    assert values(server.analyze(text))["TOXICITY"] > without + 0.4


@pytest.mark.parametrize("body", ["", "[]", "7", "{", '{"comment": ' + "[" * 10_000, "\ud800"])
def test_what_is_no_request_is_refused(server: Running, body: str) -> None:
    answer = server.post(
        "/v1alpha1/comments:analyze", content=body.encode("utf-8", "surrogatepass")
    )
    assert problem(answer)[0] == 400


def test_unknown_paths_and_methods_have_the_same_shape(server: Running) -> None:
    missing = server.get("/v1alpha1/nothing")
    assert missing.json()["error"] == {
        "code": 404,
        "message": "Not Found.",
        "status": "NOT_FOUND",
    }
    wrong = server.get("/v1alpha1/comments:analyze")
    assert wrong.json()["error"]["code"] == wrong.status_code == 405
    assert wrong.headers["Allow"] == "POST"


def test_keys_are_asked_for_where_the_server_was_given_some(locked_server: Running) -> None:
    path = "/v1alpha1/comments:analyze"
    body = {"comment": {"text": KIND}, "requestedAttributes": {"TOXICITY": {}}}
    for key in ("open sesame", "second"):
        assert locked_server.post(path, json=body, params={"key": key}).status_code == 200
    with_header = locked_server.post(path, json=body, headers={"X-Goog-Api-Key": "second"})
    assert with_header.status_code == 200
    none = locked_server.post(path, json=body)
    assert (none.status_code, none.json()["error"]["status"]) == (403, "PERMISSION_DENIED")
    for key in ("open", "open sesame ", "ôpen sesame"):
        wrong = locked_server.post(path, json=body, params={"key": key})
        error = wrong.json()["error"]
        assert (wrong.status_code, error["status"]) == (400, "INVALID_ARGUMENT")
        assert error["message"] == "API key not valid. Please pass a valid API key."
        assert error["details"][0]["reason"] == "API_KEY_INVALID"


@pytest.mark.parametrize("path", ["/v1/score", "/v1/threads", "/v1alpha1/comments:suggestscore"])
def test_no_route_that_scores_or_stores_answers_without_the_key(
    locked_server: Running, path: str
) -> None:
    assert locked_server.post(path, content=b"{}").status_code == 403


def test_a_key_is_accepted_where_none_is_asked_for(server: Running) -> None:
    body = {"comment": {"text": KIND}, "requestedAttributes": {"TOXICITY": {}}}
    answer = server.post("/v1alpha1/comments:analyze", json=body, params={"key": "any"})
    assert answer.status_code == 200


def test_the_discovery_document_names_the_address_that_the_client_used(server: Running) -> None:
    path = "/$discovery/rest?version=v1alpha1"
    document = server.get(path, headers={"Host": "scores.example.org"}).json()
    assert document["rootUrl"] == document["baseUrl"] == "http://scores.example.org/"
    for host in ("evil/<b>", "a b"):
        assert server.get(path, headers={"Host": host}).status_code == 400
