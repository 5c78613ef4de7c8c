"""Markup becomes text as a reader sees it."""

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import PageReading


def xenforo(body: str) -> str:
    return f"""<html id="XF"><body><article class="message message--post" data-content="post-1">
        <div class="bbWrapper">{body}</div></article></body></html>"""


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        (
            "Fish &amp; chips &lt;3 caf&eacute;&#44; &#x201C;so&#x201D;",
            "Fish & chips <3 café, “so”",
        ),
        ("One<br>two<br/>\n three", "One\ntwo\nthree"),
        ("One<br><br><br><br>two", "One\n\ntwo"),
        ("<p>One</p>\n<p>two</p>", "One\n\ntwo"),
        ("<div>One</div><div>two</div>", "One\ntwo"),
        ("so <b>ve</b>ry   <i>nice</i>\t\n indeed", "so very nice indeed"),
        (
            "Buy:<ul><li>milk</li><li>tea<ul><li>green</li></ul></li></ul>now",
            "Buy:\n\n- milk\n- tea\n\n- green\n\nnow",
        ),
        ("<ol><li>first</li><li>second</li></ol>", "1. first\n2. second"),
        ("Try<pre>if x:\n    go()\n\nend</pre>please", "Try\n\nif x:\n    go()\n\nend\n\nplease"),
        ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a b\nc"),
        ('Fine <img class="smilie" alt=":)" src="s.png"> then', "Fine :) then"),
        ('See <img alt="a harbour" src="h.jpg"> here', "See here"),
        ("a<script>var x = 'b';</script><style>p{}</style><!-- c -->d", "ad"),
        ("Words &nbsp; apart", "Words apart"),
        ("kept<button>Like</button><textarea>draft</textarea>", "kept"),
    ],
)
def test_text_reads_as_it_is_shown(reading: "PageReading", markup: str, text: str) -> None:
    thread = reading.thread(xenforo(markup))

    assert thread.article is not None
    assert thread.article.text == text


def test_a_quote_parts_the_words_around_it(reading: "PageReading") -> None:
    quote = """<blockquote class="bbCodeBlock--quote" data-quote="Ana"><div
        class="bbCodeBlock-title">Ana said:</div>Old<br>words<div class="bbCodeBlock-expandLink">
        Click to expand...</div></blockquote>"""
    page = xenforo("Start").replace(
        "</body>",
        '<article class="message message--post" data-content="post-2"><div class="bbWrapper">'
        f"Before {quote} after</div></article></body>",
    )

    [reply] = reading.thread(page).replies
    text = reading.thread(page).page_text

    assert text == "Start\nBefore\n\nOld\nwords\n\nafter"
    assert reply.text == "Before\n\nafter"
    assert [text[quote.start : quote.end] for quote in reply.quotes] == ["Old\nwords"]


def test_a_quote_with_nothing_in_it_is_none(reading: "PageReading") -> None:
    quote = '<blockquote class="bbCodeBlock--quote"><img src="x.jpg"></blockquote>'
    page = xenforo("Start").replace(
        "</body>",
        '<article class="message message--post" data-content="post-2"><div class="bbWrapper">'
        f"{quote}Well.</div></article></body>",
    )

    [reply] = reading.thread(page).replies

    assert reply.quotes == ()
    assert reply.text == "Well."
