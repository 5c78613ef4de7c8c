"""MyBB 1.6 and 1.8."""

from classifier.reading.html.engine import Engine, Value

MYBB = Engine(
    name="mybb",
    title="MyBB",
    signs=('div.post_body[id^="pid_"]',),
    post='div.post[id^="post_"], table[id^="post_"]',
    body=('div.post_body[id^="pid_"]',),
    id=(Value(selector='[id^="post_"]', attribute="id", pattern=r"^post_(\d+)$"),),
    author=(
        Value(selector="strong > span.largetext"),
        Value(selector="div.author_information > strong"),
    ),
    posted_at=(
        Value(selector="span.post_date", pattern=r"^([^(]{4,60})"),
        Value(selector="td.smalltext > span.post_date", pattern=r"^([^(]{4,60})"),
    ),
    number=(
        Value(selector="div.float_right > strong > a", pattern=r"#(\d+)"),
        Value(selector="strong > a", pattern=r"#(\d+)"),
    ),
    deleted="div.deleted_post, div.post.deleted",
    quote="blockquote",
    quote_head="blockquote > cite",
    quoted_author=(
        Value(selector="blockquote > cite", pattern=r"(?:^|\) ?)([^()]{1,80}?) [Ww]rote:"),
    ),
    quoted_id=(
        Value(selector="blockquote > cite > a", attribute="href", pattern=r"pid=?(\d+)"),
        Value(selector="blockquote > cite > span > a", attribute="href", pattern=r"pid=?(\d+)"),
    ),
    skip=("div.codeblock > div.title", "fieldset", "span.post_edit", "div.signature"),
    thread_id=(
        Value(selector='link[rel="canonical"]', attribute="href", pattern=r"(?:tid=|thread-)(\d+)"),
        Value(selector='input[name="tid"]', attribute="value", pattern=r"^(\d+)$"),
    ),
    thread_title=(
        Value(selector="td.thead > div > strong"),
        Value(selector="td.thead > strong"),
        Value(selector="span.active"),
    ),
    page=(Value(selector="span.pagination_current", pattern=r"(\d+)"),),
)
