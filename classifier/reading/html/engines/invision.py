"""Invision Community 4 (IPS)."""

from classifier.reading.html.engine import Engine, Value

INVISION = Engine(
    name="invision",
    title="Invision Community 4",
    signs=('article[id^="elComment_"]', "body.ipsApp"),
    post='article[id^="elComment_"]',
    body=('div[data-role="commentContent"]',),
    id=(Value(selector='article[id^="elComment_"]', attribute="id", pattern=r"_(\d+)$"),),
    author=(
        Value(selector=".cAuthorPane_author"),
        Value(selector=".ipsComment_author > h3"),
        Value(selector='h3[itemprop="name"]'),
        Value(selector=".ipsComment_author"),
    ),
    posted_at=(Value(selector="time[datetime]", attribute="datetime"),),
    number=(Value(selector="a.ipsComment_number", pattern=r"#(\d+)"),),
    deleted="article.ipsComment_deleted, div.ipsComment_deletedNotice",
    quote="blockquote.ipsQuote",
    quote_head="div.ipsQuote_citation",
    quoted_author=(
        Value(selector="blockquote.ipsQuote", attribute="data-ipsquote-username"),
        Value(selector="blockquote.ipsQuote", attribute="data-cite"),
    ),
    quoted_id=(
        Value(
            selector="blockquote.ipsQuote",
            attribute="data-ipsquote-contentcommentid",
            pattern=r"^(\d+)$",
        ),
    ),
    skip=(
        ".ipsStyle_spoilerFancy > .ipsSpoiler_header",
        ".ipsSpoiler_header",
        "span[data-excludequote]",
        ".ipsComment_edited",
        ".ipsEmbedded",
        "div.ipsComment_tools",
        ".ipsItemControls",
        '[data-role="memberSignature"]',
        "a.ipsAttachLink_block",
    ),
    thread_id=(
        Value(selector='link[rel="canonical"]', attribute="href", pattern=r"/topic/(\d+)"),
        Value(selector="body[data-pagecontroller]", attribute="data-pageid", pattern=r"^(\d+)$"),
    ),
    thread_title=(
        Value(selector="h1.ipsType_pageTitle > span"),
        Value(selector="h1.ipsType_pageTitle"),
    ),
    page=(Value(selector="li.ipsPagination_active", pattern=r"(\d+)"),),
)
