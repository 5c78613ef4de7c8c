"""The discovery document, from which Google's client libraries build themselves."""

from typing import Any

from classifier import __version__
from classifier.serving.messages import (
    AnalyzeCommentRequest,
    AnalyzeCommentResponse,
    ArticleAndParentComment,
    AttributeParameters,
    AttributeScores,
    Context,
    Message,
    Score,
    SpanScore,
    SuggestCommentScoreRequest,
    SuggestCommentScoreResponse,
    TextEntry,
)

_MESSAGES: tuple[type[Message], ...] = (
    AnalyzeCommentRequest,
    AnalyzeCommentResponse,
    ArticleAndParentComment,
    AttributeParameters,
    AttributeScores,
    Context,
    Score,
    SpanScore,
    SuggestCommentScoreRequest,
    SuggestCommentScoreResponse,
    TextEntry,
)
_FORMATS = {"integer": "int32", "number": "float"}
_PARAMETERS = {
    "$.xgafv": "Accepted, and of no effect.",
    "access_token": "Accepted, and of no effect.",
    "alt": "Only json is given.",
    "callback": "Accepted, and of no effect.",
    "fields": "Accepted, and of no effect.",
    "key": "API key, where the server was started with keys.",
    "oauth_token": "Accepted, and of no effect.",
    "prettyPrint": "Accepted, and of no effect.",
    "quotaUser": "Accepted, and of no effect.",
    "uploadType": "Accepted, and of no effect.",
    "upload_protocol": "Accepted, and of no effect.",
}


def discovery_document(root_url: str) -> dict[str, Any]:
    """Return the document.

    Parameters
    ----------
    root_url : str
        Address of this server as clients see it, with a slash at its end.
    """
    return {
        "kind": "discovery#restDescription",
        "discoveryVersion": "v1",
        "id": "commentanalyzer:v1alpha1",
        "name": "commentanalyzer",
        "canonicalName": "Comment Analyzer",
        "version": "v1alpha1",
        "version_module": True,
        "revision": __version__,
        "title": "Comment Analyzer API, answered by classifier",
        "description": "Scores comments with models of this server's own.",
        "protocol": "rest",
        "rootUrl": root_url,
        "servicePath": "",
        "basePath": "",
        "baseUrl": root_url,
        "batchPath": "batch",
        "fullyEncodeReservedExpansion": True,
        "parameters": {
            name: {"type": "string", "location": "query", "description": what}
            for name, what in _PARAMETERS.items()
        },
        "schemas": {message.__name__: _schema(message) for message in _MESSAGES},
        "resources": {
            "comments": {
                "methods": {
                    "analyze": _method(
                        "analyze",
                        AnalyzeCommentRequest,
                        AnalyzeCommentResponse,
                        "Analyzes the provided text and returns scores for requested attributes.",
                    ),
                    "suggestscore": _method(
                        "suggestscore",
                        SuggestCommentScoreRequest,
                        SuggestCommentScoreResponse,
                        "Takes the scores that a comment should have.",
                    ),
                }
            }
        },
    }


def _method(
    name: str, request: type[Message], response: type[Message], what: str
) -> dict[str, Any]:
    path = f"v1alpha1/comments:{name}"
    return {
        "id": f"commentanalyzer.comments.{name}",
        "path": path,
        "flatPath": path,
        "httpMethod": "POST",
        "description": what,
        "parameters": {},
        "parameterOrder": [],
        "request": {"$ref": request.__name__},
        "response": {"$ref": response.__name__},
    }


def _schema(message: type[Message]) -> dict[str, Any]:
    described = message.model_json_schema(by_alias=True)
    return {
        "id": message.__name__,
        "type": "object",
        "description": described["description"],
        "properties": {name: _kind(each) for name, each in described["properties"].items()},
    }


def _kind(described: dict[str, Any]) -> dict[str, Any]:
    """Return a JSON schema in the dialect of discovery documents, which knows no null."""
    if "anyOf" in described:
        kind = _kind(next(each for each in described["anyOf"] if each.get("type") != "null"))
    elif "$ref" in described:
        kind = {"$ref": described["$ref"].rsplit("/", 1)[-1]}
    else:
        kind = {"type": described["type"]}
        if described["type"] in _FORMATS:
            kind["format"] = _FORMATS[described["type"]]
        if "enum" in described:
            kind["enum"] = described["enum"]
        if "items" in described:
            kind["items"] = _kind(described["items"])
        if isinstance(described.get("additionalProperties"), dict):
            kind["additionalProperties"] = _kind(described["additionalProperties"])
    if "description" in described:
        kind["description"] = described["description"]
    return kind
