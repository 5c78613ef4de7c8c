"""Simple Machines Forum 2.0 and 2.1."""

from classifier.reading.html.engine import Engine, Value

_TOPIC = r"topic[=,](\d+)"

SMF = Engine(
    name="smf",
    title="Simple Machines Forum",
    signs=("div#forumposts", "div.post_wrapper > div.poster"),
    post="div.post_wrapper",
    body=('div.inner[id^="msg_"]', "div.post > div.inner"),
    id=(Value(selector='div.inner[id^="msg_"]', attribute="id", pattern=r"^msg_(\d+)$"),),
    author=(
        Value(selector='div.poster > h4 > a[href*="u="]'),
        Value(selector="div.poster > h4"),
    ),
    posted_at=(
        Value(selector="div.keyinfo > div.smalltext", pattern=r"on: (.{4,60}) »"),
        Value(selector="div.postinfo > a.smalltext"),
        Value(selector="div.keyinfo > div.postinfo > a.smalltext"),
    ),
    quote="blockquote.bbc_standard_quote, blockquote.bbc_alternate_quote",
    quote_head="blockquote > cite",
    quote_lead="div.quoteheader",
    quoted_author=(
        Value(selector="div.quoteheader", pattern=r"Quote from:? (.{1,80}?)(?: on \w|$)"),
        Value(selector="blockquote > cite", pattern=r"Quote from:? (.{1,80}?)(?: on \w|$)"),
    ),
    quoted_id=(Value(selector='a[href*="msg"]', attribute="href", pattern=r"#?msg=?(\d+)"),),
    skip=(
        "div.quotefooter",
        "div.codeheader",
        "div.code_head",
        "div.attachments",
        "div.signature",
        "div.smalltext.modified",
        "span.modified",
    ),
    thread_id=(
        Value(selector='link[rel="canonical"]', attribute="href", pattern=_TOPIC),
        Value(selector="form#quickModForm", attribute="action", pattern=_TOPIC),
        Value(selector='h5[id^="subject_"] > a', attribute="href", pattern=_TOPIC),
    ),
    thread_title=(
        Value(selector="span#top_subject"),
        Value(selector="h2.display_title"),
        Value(selector="span#author ~ *", pattern=r"Topic: (.{1,200}) \(Read \d+ times\)"),
        Value(selector="h3.catbg", pattern=r"Topic: (.{1,200}) \(Read \d+ times\)"),
    ),
    page=(
        Value(selector="span.current_page", pattern=r"(\d+)"),
        Value(selector="div.pagelinks > strong", pattern=r"(\d+)"),
    ),
)
