"""The clients that people use, unchanged but for the address."""

import gc
import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from serving.server import Running

RUDE = "You are a complete idiot."
CLIENTS = Path(__file__).parent / "clients"

pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning")  # clients leave sockets open


@pytest.fixture(autouse=True)
def closed_sockets() -> Iterator[None]:
    """Have what clients leave open collected here, not in a later test that it would fail."""
    yield
    gc.collect()


def google_client(server: Running, key: str) -> Any:  # noqa: ANN401 - the library is untyped
    discovery = pytest.importorskip("googleapiclient.discovery")
    return discovery.build(
        "commentanalyzer",
        "v1alpha1",
        developerKey=key,
        discoveryServiceUrl=server.url + "/$discovery/rest?version=v1alpha1",
        static_discovery=False,
    )


def test_googles_python_client_builds_itself_from_our_discovery_document(
    locked_server: Running,
) -> None:
    client = google_client(locked_server, "second")
    body = {
        "comment": {"text": RUDE},
        "requestedAttributes": {"TOXICITY": {"scoreThreshold": 0.1}, "INSULT": {}},
        "languages": ["en"],
        "spanAnnotations": True,
        "clientToken": "t",
        "context": {"entries": [{"text": "Good morning."}]},
    }
    answer = client.comments().analyze(body=body).execute()
    assert answer["attributeScores"]["TOXICITY"]["summaryScore"]["value"] > 0.7
    assert answer["clientToken"] == "t"
    suggestion = {
        "comment": {"text": RUDE},
        "attributeScores": {"TOXICITY": {"summaryScore": {"value": 1}}},
        "clientToken": "t",
    }
    answer = client.comments().suggestscore(body=suggestion).execute()
    assert answer["clientToken"] == "t"


def test_googles_python_client_understands_our_errors(locked_server: Running) -> None:
    errors = pytest.importorskip("googleapiclient.errors")
    client = google_client(locked_server, "second")
    german = {
        "comment": {"text": "Das ist doch alles Quatsch, die Stadt hat überhaupt kein Geld."},
        "requestedAttributes": {"TOXICITY": {}},
    }
    with pytest.raises(errors.HttpError) as refused:
        client.comments().analyze(body=german).execute()
    assert refused.value.reason == "Attribute TOXICITY does not support request languages: de"
    assert refused.value.error_details[0]["errorType"] == "LANGUAGE_NOT_SUPPORTED_BY_ATTRIBUTE"
    with pytest.raises(errors.HttpError, match=r"API key not valid\. Please pass a valid API key"):
        google_client(locked_server, "wrong")


def test_a_wrapper_from_pypi_is_told_the_address_in_one_line(locked_server: Running) -> None:
    perspective = pytest.importorskip("perspective")
    client = perspective.PerspectiveAPI("second")
    client.api_client.url = locked_server.url + "/v1alpha1/{endpoint}"
    answer = client.analyze_comment(
        RUDE,
        requested_attributes={"TOXICITY": {}, "INSULT": {}},
        span_annotations=True,
        languages=["en"],
        do_not_store=True,
    )
    assert answer["attributeScores"]["INSULT"]["summaryScore"]["value"] > 0.7


def node(server: Running, key: str, text: str) -> dict[str, Any]:
    program = shutil.which("node")
    if program is None:
        pytest.skip("needs node: install nodejs and npm")
    script = CLIENTS / "analyze.js"
    if not (CLIENTS / "node_modules").is_dir():
        pytest.skip("needs perspective-api-client: run npm install in tests/serving/clients")
    run = subprocess.run(
        [program, script, server.url, key, text], capture_output=True, text=True, check=False
    )
    answer: dict[str, Any] = json.loads(run.stdout)
    return answer


def test_the_npm_client_works_with_an_interceptor_for_the_address(locked_server: Running) -> None:
    answer = node(locked_server, "second", f"<b>{RUDE}</b>")
    assert {*answer["attributeScores"]} == {"TOXICITY", "INSULT"}
    assert answer["attributeScores"]["TOXICITY"]["summaryScore"]["value"] > 0.7


def test_the_npm_client_gives_our_message_to_its_user(locked_server: Running) -> None:
    error = node(locked_server, "wrong", RUDE)
    assert error == {
        "name": "ResponseError",
        "message": "API key not valid. Please pass a valid API key.",
        "status": 400,
    }
