"""Discourse: as a browser shows it and saves it, and as crawlers are given it."""

from classifier.reading.html.engine import Engine, Value

DISCOURSE = Engine(
    name="discourse",
    title="Discourse",
    signs=(
        'meta[name="generator"][content^="Discourse"]',
        "article[data-post-id]",
        "div.crawler-post",
    ),
    post='article[id^="post_"], div.crawler-post',
    body=("div.cooked", 'div.post[itemprop="text"]', "div.post"),
    id=(
        Value(selector='[id^="post_"]', attribute="id", pattern=r"^post_(\d+)$"),
        Value(selector='[itemprop="position"]', pattern=r"#?(\d+)"),
    ),
    number=(
        Value(selector='[id^="post_"]', attribute="id", pattern=r"^post_(\d+)$"),
        Value(selector='[itemprop="position"]', pattern=r"#?(\d+)"),
    ),
    author=(
        Value(selector="span.username"),
        Value(selector=".creator > .full-name"),
        Value(selector='.creator [itemprop="name"]'),
        Value(selector=".names > .first"),
        Value(selector="span.creator"),
    ),
    posted_at=(
        Value(selector="time.post-time", attribute="datetime"),
        Value(selector="a.post-date > span[data-time]", attribute="data-time"),
        Value(selector="span.relative-date", attribute="data-time"),
    ),
    parent=(Value(selector="a.reply-to-tab[href]", attribute="href", pattern=r"/(\d+)(?:[?#]|$)"),),
    deleted="article.deleted, div.topic-post.deleted > article",
    quote="aside.quote",
    quote_head="aside.quote > div.title",
    quoted_author=(Value(selector="aside.quote", attribute="data-username"),),
    quoted_id=(Value(selector="aside.quote[data-post]", attribute="data-post"),),
    skip=(
        "aside.onebox",
        "div.lightbox-wrapper",
        "div.poll",
        "div.quote-controls",
        "nav.post-controls",
        "section.post-menu-area",
        "span.badge-notification",
        "div.post-notice",
    ),
    thread_id=(
        Value(selector="article[data-topic-id]", attribute="data-topic-id"),
        Value(
            selector='link[rel="canonical"]', attribute="href", pattern=r"/t/(?:[^/\d][^/]*/)?(\d+)"
        ),
    ),
    thread_title=(
        Value(selector="h1[data-topic-id]"),
        Value(selector="a.fancy-title"),
        Value(selector="div#topic-title > h1"),
        Value(selector='meta[property="og:title"]', attribute="content"),
    ),
)
