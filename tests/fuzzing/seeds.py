"""Inputs from which fuzzing begins, all of our own writing, and words that formats know."""

import gzip
import json
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]

RECORDS = (
    {"id": "a", "author": "Ola", "body": "They forgot us.", "parent_id": None, "thread_id": "t"},
    {"text": "> Cheap\n\nNo.", "target": "the toll", "target_kind": "topic", "label": "against"},
    {"text": "Go away.", "labels": {"insult": 1, "threat": 0.5}, "annotator": "Pim"},
    {"data": {"text": "No."}, "annotations": [{"result": [], "completed_by": {"id": 3}}]},
    {"post_stream": {"posts": [{"post_number": 1, "cooked": "<p>No!</p>", "username": "Ola"}]}},
    {"id": 8, "type": "story", "title": "T", "children": [{"id": 9, "text": "<p>No", "by": "x"}]},
    {"kind": "Listing", "data": {"children": [{"kind": "t1", "data": {"body": "No", "id": "c"}}]}},
    {"id": "u", "text": "No.", "speaker": "x", "root": "u", "reply_to": None, "timestamp": 1},
    {
        "schema": 1,
        "id": "t",
        "replies": [{"id": "r1", "start": 0, "end": 3, "text": "No.", "own": [[0, 3]]}],
        "page_text": "No. Yes.",
    },
    {"comment": {"text": "No <b>way</b>", "type": "HTML"}, "requestedAttributes": {"TOXICITY": {}}},
    {"comment": {"text": "No"}, "attributeScores": {"INSULT": {"summaryScore": {"value": 0.5}}}},
)
TEXTS = (
    'id,author,text\n1,Ola,They forgot us.\n2,Pim,"Ours, too"\n',
    "text\ttoxicity\nGo away.\tyes\n",
    "text,sentiment,annotator\n'=1+1,negative,Ola\n",
    "The council voted on Tuesday.\nOla wrote:\n> voted on Tuesday\nNo!\n\nPim\n@Ola yes",
    (
        "WARC/1.0\r\nWARC-Type: conversion\r\nContent-Type: text/plain\r\n"
        "Content-Length: 11\r\n\r\nThey forgot\r\n\r\n"
    ),
    '--b\r\nContent-Disposition: form-data; name="text"\r\n\r\nA tax.\nNo!\r\n--b--\r\n',
    (
        "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n--b\n"
        "Content-Type: text/html; charset=utf-8\n\n<article>No</article>\n--b--\n"
    ),
)
WORDS = (
    *("text", "body", "parent_id", "thread_id", "schema", "replies", "page_text", "own", "quotes"),
    *("annotations", "completed_by", "choices", "kind", "children", "cooked", "post_stream"),
    *("WARC/1.0", "Content-Length: ", "Content-Type: text/html", "HTTP/1.1 200 OK"),
    *("\\ud800", "1e999", "null", "[[", "]]", "{}", '":', "\\u0000", "\x1b[31m", "\x9b", "\u202e"),
    *("<blockquote>", "<article class=message", "bbWrapper", "<!--", "]]>", "&#xD800;", "&#0;"),
    *("> ", " wrote:", "@", "http://", "=cmd|", "--b\r\n", "%00", "../", "\x1f\x8b\x08"),
)


def seeds() -> Iterator[bytes]:
    """Yield inputs of every format, with the two bytes before them that choose options."""
    lines = [json.dumps(record) for record in RECORDS]
    plain = [*lines, "\n".join(lines), f"[{','.join(lines)}]", *TEXTS]
    for number, text in enumerate(plain):
        for first in (0, number % 7):
            yield bytes([first, number % 5]) + text.encode()
    yield b"\x00\x08" + gzip.compress("\n".join(lines).encode(), mtime=0)
    for page in sorted((ROOT / "tests" / "reading" / "html" / "pages").glob("*.html")):
        yield b"\x00\x06" + page.read_bytes()[:4000]


def dictionary() -> str:
    """Return the words in libFuzzer's form."""
    escaped = ("".join(f"\\x{byte:02x}" for byte in word.encode()) for word in WORDS)
    return "".join(f'"{word}"\n' for word in escaped)
