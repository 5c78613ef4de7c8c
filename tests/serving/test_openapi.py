"""The OpenAPI document, held against the server by schemathesis."""

import json
import subprocess
import sys
from importlib.util import find_spec

import pytest
from serving.server import Running

ROUTES = {
    "/v1alpha1/comments:analyze",
    "/v1alpha1/comments:suggestscore",
    "/$discovery/rest",
    "/v1/score",
    "/v1/threads",
    "/v1/attributes",
    "/healthz",
    "/readyz",
    "/metrics",
}


def test_the_document_names_every_route_and_what_answers_hold(server: Running) -> None:
    document = server.get("/openapi.json").json()
    assert {*document["paths"]} == ROUTES
    text = json.dumps(document)
    names = {part.split('"')[0] for part in text.split("#/components/schemas/")[1:]}
    assert names <= {*document["components"]["schemas"]}
    assert {"Thread", "Summary", "AnalyzeCommentResponse", "ErrorAnswer"} <= names


def test_no_request_that_the_document_allows_or_forbids_breaks_it(server: Running) -> None:
    if find_spec("schemathesis") is None:
        pytest.skip("needs schemathesis: pip install schemathesis")
    checks = [
        "not_a_server_error",
        "status_code_conformance",
        "content_type_conformance",
        "response_schema_conformance",
        "negative_data_rejection",
        "unsupported_method",
    ]
    run = subprocess.run(
        [
            *(sys.executable, "-m", "schemathesis.cli", "run", server.url + "/openapi.json"),
            *("--checks", ",".join(checks), "--max-examples", "15", "--seed", "17"),
            *("--phases", "examples,coverage,fuzzing", "--no-color", "--request-timeout", "60"),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout[-5000:] + run.stderr[-2000:]
