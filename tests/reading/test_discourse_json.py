"""Discourse's JSON of a topic."""

import json
from typing import TYPE_CHECKING, Any

import pytest

from classifier.errors import InputError
from classifier.reading import read

if TYPE_CHECKING:
    from conftest import Reading

QUOTE = (
    '<aside class="quote no-group" data-username="{name}" data-post="{post}" data-topic="77">\n'
    '<div class="title">\n<div class="quote-controls"></div>\n'
    '<img alt="" width="24" src="/a.png" class="avatar"> {name}:</div>\n'
    "<blockquote>\n{inner}\n</blockquote>\n</aside>\n"
)


def post(number: int, author: str, cooked: str, **fields: Any) -> dict[str, Any]:  # noqa: ANN401
    return {
        "id": 900 + number,
        "post_number": number,
        "post_type": 1,
        "username": author,
        "name": author.title(),
        "created_at": f"2024-05-0{number}T10:00:00.000Z",
        "cooked": cooked,
        "reply_to_post_number": None,
        "user_deleted": False,
        **fields,
    }


def topic(*posts: dict[str, Any]) -> dict[str, Any]:
    return {
        "post_stream": {"posts": list(posts), "stream": [901, 902, 903]},
        "id": 77,
        "title": "Night ferry",
        "fancy_title": "Night ferry",
        "posts_count": len(posts),
    }


OPENING = post(1, "ana", "<p>A ferry at night &amp; in winter?</p>\n<ul><li>cheap</li></ul>")
NESTED = QUOTE.format(
    name="ben",
    post=2,
    inner=QUOTE.format(name="ana", post=1, inner="<p>A ferry at night</p>") + "<p>Never.</p>",
)
TOPIC = topic(
    OPENING,
    post(
        2,
        "ben",
        QUOTE.format(name="ana", post=1, inner="<p>A ferry at night</p>") + "<p>Never.</p>",
    ),
    post(3, "mods", "", post_type=3, action_code="closed.enabled"),
    post(4, "cleo", NESTED + "<p>Why not?</p>", reply_to_post_number=2),
    post(5, "dan", "<p>(post deleted by author)</p>", user_deleted=True),
)


def test_topic_is_one_thread_with_quotes_from_the_markup(reading: "Reading") -> None:
    thread = reading.thread("77.json", json.dumps(TOPIC))
    assert (thread.id, thread.title) == ("77", "Night ferry")
    assert thread.source == str(reading.folder / "77.json")
    assert thread.article is not None
    assert thread.article.text == "A ferry at night & in winter?\n\n- cheap"
    ben, cleo, dan = thread.replies
    assert (ben.id, ben.author, ben.posted_at) == ("2", "ben", "2024-05-02T10:00:00.000Z")
    assert (ben.text, ben.parent_id) == ("Never.", "article")
    assert [quote.reply_id for quote in ben.quotes] == ["article"]
    assert (cleo.text, cleo.parent_id) == ("Why not?", "2")
    assert [quote.reply_id for quote in cleo.quotes] == ["2", "article"]
    outer, inner = cleo.quotes
    assert outer.start <= inner.start < inner.end <= outer.end
    assert thread.page_text is not None
    assert thread.page_text[inner.start : inner.end] == "A ferry at night"
    assert (dan.id, dan.text, dan.own) == ("5", "", ())


def test_pages_of_a_topic_join_into_one_thread(reading: "Reading") -> None:
    posts = TOPIC["post_stream"]["posts"]
    names = ["77.json", "77-page-2.json"]
    for name, some in zip(names, (posts[:2], posts[1:]), strict=True):
        (reading.folder / name).write_text(json.dumps(topic(*some)))
    [joined] = read([reading.folder / name for name in names])
    whole = reading.thread("whole.json", json.dumps(TOPIC))
    assert joined.model_copy(update={"source": whole.source}) == whole


def test_topic_without_posts_is_refused(reading: "Reading") -> None:
    with pytest.raises(InputError, match="no line of it holds a thread"):
        reading.threads("77.json", json.dumps(topic()))
    assert "a topic of Discourse without posts" in reading.failures[0]


def test_markup_that_closes_too_much_stays_within_its_post(reading: "Reading") -> None:
    broken = topic(
        OPENING, post(2, "ben", "</div></article><p>Out</p>"), post(4, "cleo", "<p>In</p>")
    )
    thread = reading.thread("77.json", json.dumps(broken))
    assert [reply.id for reply in thread.replies] == ["2", "4"]
    assert thread.replies[1].text == "In"
