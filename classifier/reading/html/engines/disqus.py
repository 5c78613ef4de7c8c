"""Disqus, and comment lists in its markup."""

from classifier.reading.html.engine import Engine, Value

DISQUS = Engine(
    name="disqus",
    title="Disqus",
    signs=(
        "ul#post-list > li.post",
        "ul.post-list > li.post",
        'li.post [data-role="post-content"]',
    ),
    post='li.post[id^="post-"], ul.post-list > li.post',
    body=("div.post-message", '[data-role="message"]'),
    id=(Value(selector='li[id^="post-"]', attribute="id", pattern=r"^post-(\w+)$"),),
    author=(
        Value(selector="span.author"),
        Value(selector="[data-author-name]", attribute="data-author-name"),
    ),
    posted_at=(
        Value(selector="time[datetime]", attribute="datetime"),
        Value(selector="a.time-ago", attribute="title"),
        Value(selector=".time-ago"),
    ),
    deleted="li.post--deleted, li.post.minimized, div.post-content--deleted",
    quote="blockquote",
    quote_head="blockquote > cite",
    quoted_author=(Value(selector="blockquote > cite"),),
    skip=(
        "a.see-more",
        ".post-media",
        ".media-container",
        ".comment__footer",
        ".post-menu",
        ".voting",
        "ul.children",
    ),
    opening_is_article=False,
    thread_id=(Value(selector="[data-disqus-identifier]", attribute="data-disqus-identifier"),),
    thread_title=(Value(selector='meta[property="og:title"]', attribute="content"),),
)
