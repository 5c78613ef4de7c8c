"""phpBB 3, in its style prosilver."""

from classifier.reading.html.engine import Engine, Value

PHPBB = Engine(
    name="phpbb",
    title="phpBB 3",
    signs=("body#phpbb", 'div.post[id^="p"] > div.inner'),
    post='div.post[id^="p"]',
    body=("div.content",),
    id=(Value(selector='div.post[id^="p"]', attribute="id", pattern=r"^p(\d+)$"),),
    author=(
        Value(selector="p.author > strong"),
        Value(selector="p.author > span > strong"),
        Value(selector="dl.postprofile > dt > .username"),
        Value(selector="dl.postprofile > dt > .username-coloured"),
        Value(selector="dl.postprofile > dt"),
    ),
    posted_at=(
        Value(selector="p.author > time", attribute="datetime"),
        Value(selector="p.author", pattern=r"» ([^»]{4,60})$"),
    ),
    deleted="div.post.deleted, div.post_deleted_msg",
    quote="blockquote",
    quote_head="blockquote > div > cite",
    quoted_author=(
        Value(selector='cite > a[href*="memberlist"]'),
        Value(
            selector="blockquote > div > cite",
            pattern=r"^(.{1,80}?) (?:wrote|said|hat geschrieben|a écrit|escribió|ha scritto)\b",
        ),
    ),
    quoted_id=(
        Value(selector="cite > a[data-post-id]", attribute="data-post-id"),
        Value(selector="cite > a", attribute="href", pattern=r"#p(\d+)"),
    ),
    skip=(
        "dl.codebox > dt",
        "div.codebox > p",
        "dl.attachbox",
        "div.inline-attachment",
        "div.notice",
        "div.signature",
    ),
    thread_id=(
        Value(selector='link[rel="canonical"]', attribute="href", pattern=r"(?:[?&;]t=|-t)(\d+)"),
        Value(selector="h2.topic-title > a", attribute="href", pattern=r"[?&;]t=(\d+)"),
        Value(selector="h2 > a", attribute="href", pattern=r"viewtopic[^#]{0,300}[?&;]t=(\d+)"),
    ),
    thread_title=(Value(selector="h2.topic-title"), Value(selector="div#page-body > h2")),
    page=(
        Value(selector="div.pagination > ul > li.active > span", pattern=r"(\d+)"),
        Value(selector="div.pagination", pattern=r"Page (\d+) of"),
    ),
)
