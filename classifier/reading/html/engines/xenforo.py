"""XenForo 1 and 2."""

from classifier.reading.html.engine import Engine, Value

_CANONICAL = Value(
    selector='link[rel="canonical"]', attribute="href", pattern=r"/threads/(?:[^/]{0,300}\.)?(\d+)"
)

XENFORO_2 = Engine(
    name="xenforo2",
    title="XenForo 2",
    signs=("html#XF", "article.message--post", "div.message--post"),
    post="article.message--post, div.message--post, article.message--article, .message--deleted",
    body=("div.bbWrapper", "article.message-body", "div.message-body"),
    id=(
        Value(selector='[data-content^="post-"]', attribute="data-content", pattern=r"post-(\d+)"),
        Value(selector='[id^="js-post-"]', attribute="id", pattern=r"post-(\d+)"),
    ),
    author=(
        Value(selector=".message[data-author]", attribute="data-author"),
        Value(selector=".message-name"),
    ),
    posted_at=(
        Value(selector="time.u-dt", attribute="datetime"),
        Value(selector="time[datetime]", attribute="datetime"),
    ),
    number=(
        Value(selector="ul.message-attribution-opposite > li > a", pattern=r"^#([\d,]{1,9})$"),
    ),
    deleted=".message--deleted",
    quote="blockquote.bbCodeBlock--quote, div.bbCodeBlock--quote",
    quote_head=".bbCodeBlock--quote > .bbCodeBlock-title",
    quoted_author=(
        Value(selector=".bbCodeBlock--quote[data-quote]", attribute="data-quote"),
        Value(selector=".bbCodeBlock-sourceJump", pattern=r"^(.{1,80}) \w{2,12}:$"),
    ),
    quoted_id=(
        Value(
            selector=".bbCodeBlock--quote[data-source]",
            attribute="data-source",
            pattern=r"post: ?(\d+)",
        ),
        Value(
            selector=".bbCodeBlock-sourceJump",
            attribute="href",
            pattern=r"(?:post\?id=|post-|posts/)(\d+)",
        ),
    ),
    skip=(
        ".bbCodeBlock-expandLink",
        ".bbCodeBlock-shrinkLink",
        ".bbCodeBlock--code > .bbCodeBlock-title",
        ".bbCodeBlock--unfurl",
        ".bbCodeSpoiler-button",
        ".message-attachments",
        ".message-signature",
        ".message-lastEdit",
        ".reactionsBar",
        ".js-selectToQuoteEnd",
        ".messageNotice",
    ),
    thread_id=(
        Value(
            selector="html[data-content-key]",
            attribute="data-content-key",
            pattern=r"thread-(\d+)",
        ),
        _CANONICAL,
    ),
    thread_title=(Value(selector="h1.p-title-value"),),
    page=(Value(selector=".pageNav-page--current", pattern=r"(\d+)"),),
)

XENFORO_1 = Engine(
    name="xenforo1",
    title="XenForo 1",
    signs=("html#XenForo", "ol#messageList > li.message"),
    post="ol#messageList > li.message, li.message[data-author]",
    body=("blockquote.messageText",),
    id=(Value(selector='li[id^="post-"]', attribute="id", pattern=r"post-(\d+)"),),
    author=(
        Value(selector="li[data-author]", attribute="data-author"),
        Value(selector="h3.userText > .username"),
    ),
    posted_at=(
        Value(selector="a.datePermalink > abbr.DateTime", attribute="data-time"),
        Value(selector="a.datePermalink > span.DateTime", attribute="title"),
        Value(selector="a.datePermalink"),
    ),
    number=(Value(selector="a.postNumber", pattern=r"#(\d+)"),),
    deleted="li.deleted",
    quote="div.bbCodeQuote",
    quote_head="div.attribution",
    quoted_author=(Value(selector="div.bbCodeQuote[data-author]", attribute="data-author"),),
    quoted_id=(
        Value(selector="a.AttributionLink", attribute="href", pattern=r"post(?:-|s/|\?id=)(\d+)"),
    ),
    skip=(
        "div.quoteExpand",
        "div.attachedFiles",
        "div.bbCodeCode > div.type",
        "div.bbCodeBlock > div.type",
        "div.messageTextEndMarker",
        "div.editDate",
        "div.likesSummary",
    ),
    thread_id=(_CANONICAL,),
    thread_title=(Value(selector="div.titleBar > h1"),),
    page=(
        Value(selector="div.PageNav[data-page]", attribute="data-page"),
        Value(selector="a.currentPage", pattern=r"(\d+)"),
    ),
)
