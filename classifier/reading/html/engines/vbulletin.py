"""vBulletin 3, 4 and 5."""

from classifier.reading.html.engine import Engine, Value

_THREAD_IN_URL = (
    r"(?:[?&;]t=|/threads/|showthread\.php/|showthread\.php\?|-t|forum/[^?#]{1,200}/)(\d+)"
)
_THREAD_ID = (
    Value(selector='link[rel="canonical"]', attribute="href", pattern=_THREAD_IN_URL),
    Value(selector='input[name="t"]', attribute="value", pattern=r"^(\d+)$"),
    Value(selector='input[name="searchthreadid"]', attribute="value", pattern=r"^(\d+)$"),
)
_SOURCE = r"(?:post|[?&;]p(?:id)?=|node/)(\d+)"

VBULLETIN_3 = Engine(
    name="vbulletin3",
    title="vBulletin 3",
    signs=('meta[name="generator"][content^="vBulletin 3"]', 'table[id^="post"] a.bigusername'),
    post='table[id^="post"]',
    body=('div[id^="post_message_"]',),
    id=(Value(selector='table[id^="post"]', attribute="id", pattern=r"^post(\d+)$"),),
    author=(
        Value(selector="a.bigusername"),
        Value(selector='div[id^="postmenu_"]'),
    ),
    posted_at=(
        Value(selector="td.thead", pattern=r"(\S[^#]{0,30}\d{1,2}:\d\d(?: [AaPp][Mm])?)"),
        Value(selector="td.thead > div", pattern=r"(\S[^#]{0,30}\d{1,2}:\d\d(?: [AaPp][Mm])?)"),
    ),
    number=(Value(selector='a[id^="postcount"]', pattern=r"(\d+)"),),
    deleted='table.deleted, tr[id^="post_deleted"]',
    quote="td.alt2",
    quote_head="td.alt2 > div:first-child:has(> strong)",
    quoted_author=(Value(selector="td.alt2 > div:first-child > strong"),),
    quoted_id=(Value(selector="td.alt2 > div:first-child > a", attribute="href", pattern=_SOURCE),),
    skip=("div.smallfont", 'fieldset[class="fieldset"]'),
    thread_id=_THREAD_ID,
    thread_title=(
        Value(selector="td.navbar > strong"),
        Value(selector='meta[property="og:title"]', attribute="content"),
    ),
    page=(Value(selector="div.pagenav td.alt2 > span > strong", pattern=r"(\d+)"),),
)

VBULLETIN_4 = Engine(
    name="vbulletin4",
    title="vBulletin 4",
    signs=(
        'meta[name="generator"][content^="vBulletin 4"]',
        "ol#posts > li.postbit",
        "ol#posts > li.postbitlegacy",
        "ol#posts > li.postcontainer",
    ),
    post="ol#posts > li",
    body=("blockquote.postcontent", 'div[id^="post_message_"]'),
    id=(Value(selector='li[id^="post_"]', attribute="id", pattern=r"^post_(\d+)$"),),
    author=(
        Value(selector="a.username"),
        Value(selector="span.username"),
    ),
    posted_at=(Value(selector="span.date"),),
    number=(Value(selector="a.postcounter", pattern=r"#(\d+)"),),
    deleted="li.postbitdeleted",
    quote="div.bbcode_quote",
    quote_head="div.bbcode_postedby",
    quoted_author=(Value(selector="div.bbcode_postedby > strong"),),
    quoted_id=(Value(selector="div.bbcode_postedby > a", attribute="href", pattern=_SOURCE),),
    skip=(
        "div.bbcode_description",
        "blockquote.lastedited",
        "div.attachments",
        "blockquote.signature",
    ),
    thread_id=_THREAD_ID,
    thread_title=(
        Value(selector="span.threadtitle"),
        Value(selector="li.lastnavbit > span"),
    ),
    page=(Value(selector="span.selected > a", pattern=r"^(\d+)$"),),
)

VBULLETIN_5 = Engine(
    name="vbulletin5",
    title="vBulletin 5",
    signs=('meta[name="generator"][content^="vBulletin 5"]', "li.b-post[data-node-id]"),
    post="li.b-post, li.b-comment[data-node-id]",
    body=("div.js-post__content-text", "div.js-comment__content-text", 'div[itemprop="text"]'),
    id=(Value(selector="li[data-node-id]", attribute="data-node-id"),),
    author=(
        Value(selector='div.author [itemprop="name"]'),
        Value(selector="div.author"),
        Value(selector=".b-comment__author"),
    ),
    posted_at=(Value(selector="time[datetime]", attribute="datetime"),),
    number=(Value(selector="a.b-post__count", pattern=r"#(\d+)"),),
    deleted="li.b-post--deleted",
    quote="div.bbcode_quote",
    quote_head="div.bbcode_postedby",
    quoted_author=(Value(selector="div.bbcode_postedby > strong"),),
    quoted_id=(Value(selector="div.bbcode_postedby > a", attribute="href", pattern=_SOURCE),),
    skip=(
        "div.bbcode_description",
        ".b-post__edit-info",
        ".post-edit-notes",
        ".b-bbcode__description",
        ".js-post__attachments",
        ".post-signature",
    ),
    thread_id=(
        Value(selector="[data-node-id].b-content-entry-panel", attribute="data-node-id"),
        Value(
            selector='link[rel="canonical"]',
            attribute="href",
            pattern=r"/(\d+)(?:-[^/?#]{0,300})?(?:/page\d+)?(?:[?#]|$)",
        ),
    ),
    thread_title=(Value(selector="h1.main-title"),),
    page=(
        Value(selector="input.js-pagenum", attribute="value", pattern=r"^(\d+)$"),
        Value(selector="a.js-pagenav-current-button", pattern=r"(\d+)"),
    ),
)
