"""The comment lists of WordPress, in the markup of its default and other themes."""

from classifier.reading.html.engine import Engine, Value

_NO_PINGS = ":not(.pingback):not(.trackback)"

WORDPRESS = Engine(
    name="wordpress",
    title="WordPress comments",
    signs=(
        "ol.commentlist",
        "ol.comment-list",
        "ol.wp-block-comment-template",
        'li.comment[id^="comment-"]',
        'li.comment[id^="li-comment-"]',
        'div.comment[class*="depth-"]',
    ),
    post=(
        f'.comment[class*="depth-"], li.comment, ol.commentlist > li{_NO_PINGS}, '
        f"ol.comment-list > li{_NO_PINGS}"
    ),
    body=(
        ".comment-content",
        ".wp-block-comment-content",
        ".comment-text",
        ".comment_text",
        ".comment-entry",
        ".commenttext",
        ".comment-body",
        ".comment",
        "ol.commentlist > li",
    ),
    id=(
        Value(selector='[id^="comment-"]', attribute="id", pattern=r"^comment-(\d+)$"),
        Value(selector='[id^="li-comment-"]', attribute="id", pattern=r"comment-(\d+)$"),
        Value(selector='[id^="div-comment-"]', attribute="id", pattern=r"comment-(\d+)$"),
    ),
    author=(
        Value(selector=".fn"),
        Value(selector=".comment-author > a"),
        Value(selector=".wp-block-comment-author-name"),
        Value(selector=".comment-author"),
        Value(selector=".comment-author-name"),
        Value(selector="li > cite"),
    ),
    posted_at=(
        Value(selector="time[datetime]", attribute="datetime"),
        Value(selector=".comment-date"),
        Value(selector=".commentmetadata > a"),
        Value(selector=".comment-meta > a"),
        Value(selector=".comment-time"),
    ),
    quote="blockquote",
    quote_head="blockquote > cite",
    quoted_author=(
        Value(selector="blockquote > cite > a", pattern=r"^@?(.{1,80}?)(?: (?:wrote|said))?:?$"),
        Value(selector="blockquote > cite", pattern=r"^@?(.{1,80}?)(?: (?:wrote|said))?:?$"),
    ),
    quoted_id=(
        Value(selector="blockquote > cite > a", attribute="href", pattern=r"#comment-(\d+)"),
        Value(selector="blockquote", attribute="cite", pattern=r"#comment-(\d+)"),
    ),
    skip=(
        ".comment-author",
        ".comment-meta",
        ".commentmetadata",
        ".comment-metadata",
        ".comment-head",
        ".reply",
        ".comment-reply-link",
        ".comment-edit-link",
        ".edit-link",
        ".comment-awaiting-moderation",
        ".comment-respond",
        ".vcard",
        ".sharedaddy",
        ".comment-likes",
        ".cld-like-dislike-wrap",
        "ul.children",
        "ol.children",
    ),
    said="li > cite",
    opening_is_article=False,
    article=(
        ".entry-content",
        ".wp-block-post-content",
        ".post-content",
        '[itemprop="articleBody"]',
        "div.entry",
        ".article-content",
    ),
    thread_id=(
        Value(selector='input[name="comment_post_ID"]', attribute="value", pattern=r"^(\d+)$"),
        Value(selector="body", attribute="class", pattern=r"\bpostid-(\d+)"),
        Value(selector='article[id^="post-"]', attribute="id", pattern=r"^post-(\d+)$"),
    ),
    thread_title=(
        Value(selector="h1.entry-title"),
        Value(selector="h1.wp-block-post-title"),
        Value(selector="h1.post-title"),
        Value(selector='meta[property="og:title"]', attribute="content"),
    ),
)
