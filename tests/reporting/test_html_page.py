"""The report as one HTML page: what stands in it, and that nothing in a thread becomes markup."""

import hashlib
import re
from base64 import b64encode
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reporting.html_pages import ATTACK, Markup, hostile, long_thread, page_of

from classifier.thread import MultiLabel, Quote, Reply, Thread

if TYPE_CHECKING:
    from conftest import MakeLabels


def test_page_opens_with_headline_first_lines_counts_and_findings(forum: Thread) -> None:
    shown = Markup(page_of(forum)).text
    opening = shown[shown.index("Thread report") :]
    assert opening.index("Council delays the ferry") < opening.index("The night boat will not")
    assert "5 replies · 4 authors" in opening
    assert "1 of 2 labelled replies is against the article (50%, 95% interval 9 to 91%)" in opening
    assert "1 of 4 labelled replies is uncivil (25%, 95% interval 5 to 70%)" in opening
    assert "transformer and baseline agree" in opening


def test_replies_to_look_at_come_with_the_reason(forum: Thread) -> None:
    shown = Markup(page_of(forum)).text
    start = shown.index("Look at these first")
    assert shown[start:].startswith("Look at these first r1 ana insult 90% Cowards, the lot")


def test_replies_to_look_at_are_the_surest_first_then_the_doubtful(labels: "MakeLabels") -> None:
    unsure = MultiLabel(
        labels=(), probabilities={"insult": 0.4}, abstained=True, reason="uncertain"
    )
    given = (
        labels(uncivil="threat toxicity", probability=0.6),
        labels(),
        labels(uncivil="insult", probability=0.8),
        labels().model_copy(update={"incivility": unsure}),
    )
    replies = tuple(
        Reply(id=f"r{n}", start=n, end=n + 1, text="x", own=((n, n + 1),), labels=each)
        for n, each in enumerate(given)
    )
    shown = Markup(page_of(Thread(id="t", replies=replies))).text
    assert (
        "Look at these first r2 insult 80% x r0 threat 60%, toxicity 60% x "
        "r3 unsure whether it is uncivil: insult 40% x"
    ) in shown


def test_quotes_and_excerpts_stand_apart_and_lead_to_their_source(forum: Thread) -> None:
    page = page_of(forum)
    assert re.search(
        r'<blockquote class="quote">\s*<p class="origin">quoted from <a href="#r1"[^>]*>r1 ana</a>'
        r'</p>\s*<div class="words" dir="auto">Cowards, the lot of them.</div>',
        page,
    )
    assert re.search(
        r'<blockquote class="excerpt">\s*<p class="origin">pasted from elsewhere</p>\s*'
        r'<div class="words" dir="auto">Harbour News: fares rise',
        page,
    )


def test_quotes_without_the_page_text_still_lead_to_their_source(forum: Thread) -> None:
    page = page_of(forum.model_copy(update={"page_text": None}))
    assert (
        'quoted from <a href="#r1" dir="auto">r1 ana</a> (its words are not in this file)' in page
    )
    assert "Harbour News" not in page


def test_a_quote_of_the_article_leads_to_its_passage_and_back(forum: Thread) -> None:
    start = forum.article.text.index("The night boat") if forum.article else 0
    quote = Quote(start=start, end=start + 33, reply_id="article")
    reply = forum.replies[3].model_copy(update={"quotes": (quote,)})
    page = page_of(forum.model_copy(update={"replies": (*forum.replies[:3], reply)}))
    assert 'quoted from <a href="#x.passage1" dir="auto">the article</a>' in page
    assert (
        'Council delays the ferry\n\n<a class="passage" id="x.passage1" href="#r4" '
        'title="quoted in a reply">The night boat will not sail befo</a>re May.</div>'
    ) in page


def test_a_quote_inside_a_quote_is_shown_once_each_from_its_own_source(forum: Thread) -> None:
    text = (forum.page_text or "") + "\nolder words newer words my own words"
    start = text.index("older words")
    nesting = Reply(
        id="r9",
        start=start,
        end=len(text),
        text="my own words",
        own=((start + 24, len(text)),),
        quotes=(
            Quote(start=start, end=start + 23, reply_id="r2"),
            Quote(start=start, end=start + 11, reply_id="r1"),
        ),
    )
    thread = forum.model_copy(update={"replies": (*forum.replies[:2], nesting), "page_text": text})
    page = page_of(thread)
    shown = Markup(page).text
    assert shown.count("older words") == shown.count("newer words") == 1
    of_each = re.findall(r'<p class="origin">quoted from <a href="#(r\d)"', page)
    assert of_each[-2:] == ["r1", "r2"]


def test_words_behind_an_incivility_label_are_marked(forum: Thread) -> None:
    assert '<mark title="insult">Cowards, the lot of them.</mark> I want my boat' in page_of(forum)


def test_labels_say_how_sure_they_are_and_what_the_baseline_says(forum: Thread) -> None:
    shown = Markup(page_of(forum)).text
    assert "against the article against 90% baseline: against 90%" in shown
    assert "for the article ≠ baseline disagrees favor 90% baseline: against 90%" in shown


def test_withheld_labels_say_why(forum: Thread) -> None:
    shown = Markup(page_of(forum)).text
    assert "unsure: sentiment withheld, too uncertain to say" in shown
    assert "Not labelled: not in English (read as fr, 97%)" in shown


def test_every_chart_states_a_finding_and_has_a_table(forum: Thread) -> None:
    page = page_of(forum)
    titles = [
        Markup(each).text for each in re.findall(r"<figcaption>.*?</figcaption>", page, re.DOTALL)
    ]
    assert titles == [
        "1 of 2 labelled replies is against the article",
        "1 of 4 replies is uncivil, most often insult",
        "No stretch stands out in mood: +0.00 overall (+0.00 to +0.00)",
        "1 of 2 labelled answers disagrees with the reply they answer",
        titles[4],
    ]
    assert titles[4].startswith("Transformer and baseline agree on ")
    tables = re.findall(r'<details class="as-table">.*?</details>', page, re.DOTALL)
    assert len(tables) == 5
    assert "the article 2 0 1 of 2, 50% (9 to 91%)" in Markup(tables[0]).text
    assert "r1 +0.00 yes" in Markup(tables[2]).text
    assert "ben ana 1 0 0 0" in Markup(tables[3]).text


def test_unlabelled_and_empty_threads_are_shown_without_charts(forum: Thread) -> None:
    bare = tuple(r.model_copy(update={"labels": None, "baseline": None}) for r in forum.replies)
    unlabelled = page_of(forum.model_copy(update={"replies": bare}))
    assert "The replies are not labelled." in unlabelled
    assert "<figure" not in unlabelled
    assert "No replies were found." in page_of(Thread(id="blank"))
    assert "No threads" in page_of()


def test_several_threads_are_compared_and_each_is_linked(forum: Thread, discussion: Thread) -> None:
    page = page_of(forum, discussion, Thread(id="blank"))
    shown = Markup(page).text
    assert "3 threads, 9 replies" in shown
    assert "Most often uncivil: Council delays the ferry: 1 of 4, 25% (5 to 70%)." in shown
    anchors = re.findall(r'<th scope="row" data-rank="\d"><a href="#(t\d)"', page)
    assert anchors == ["t1", "t2", "t3"]
    ids = [value for name, value in Markup(page).attributes if name == "id"]
    assert len(ids) == len(set(ids))
    assert {"t1", "t2", "t1-r1", "t2-r1"} < set(ids)


def test_ids_that_are_doubled_or_odd_get_anchors_of_their_own(discussion: Thread) -> None:
    names = ("r1", "r1", "article", "t1", "x y", "", "at-1")
    replies = tuple(
        Reply(id=name, start=n, end=n + 1, text="x", own=((n, n + 1),), parent_id="x y")
        for n, name in enumerate(names)
    )
    markup = Markup(page_of(discussion.model_copy(update={"replies": replies})))
    ids = [value for name, value in markup.attributes if name == "id"]
    assert len(ids) == len(set(ids))
    links = {value[1:] for name, value in markup.attributes if name == "href" and value[0] == "#"}
    assert links <= set(ids)


def test_policy_allows_the_page_its_own_style_and_script_alone(forum: Thread) -> None:
    page = page_of(forum)
    policy = dict(Markup(page).attributes).get("content")
    policies = [v for n, v in Markup(page).attributes if n == "content" and v and "'none'" in v]
    (policy,) = policies
    directives = dict(part.strip().split(" ", 1) for part in policy.split(";"))
    assert directives["default-src"] == "'none'"
    for tag in ("style", "script"):
        (content,) = re.findall(rf"<{tag}>(.*?)</{tag}>", page, re.DOTALL)
        digest = b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert directives[f"{tag}-src"] == f"'sha256-{digest}'"
    assert 'style="' not in page
    assert "http" not in re.sub("http-equiv", "", page)


@given(text=st.one_of(st.text(), st.text("<>&\"'`={}%/-!#\x00\u202e\r\nab "), st.just(ATTACK)))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
def test_no_text_of_a_thread_becomes_markup(labels: "MakeLabels", text: str) -> None:
    page = page_of(hostile(text, labels))
    markup = Markup(page)
    assert markup.tags.count("script") == 1
    assert not set(markup.tags) & {"img", "iframe", "b>", "object", "embed", "base"}
    assert not [name for name, _ in markup.attributes if name.startswith("on") or "<" in name]
    assert all(
        value is not None and (value.startswith("#") or value == "data:,")
        for name, value in markup.attributes
        if name in {"href", "src"}
    )
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202d\u202e]", page)
    page.encode()


def test_what_stands_in_a_comment_is_shown_as_it_was_written(labels: "MakeLabels") -> None:
    shown = Markup(page_of(hostile(ATTACK, labels))).text
    visible = ATTACK.replace("\x00\x1b\x85\u202e", "\ufffd\ufffd\ufffd\ufffd")
    assert shown.count(visible) >= 4
    assert "{{ 7 * 7 }}" in shown


@pytest.mark.parametrize("mark", ["\u200f", "\u2067", "\u202b", "\u0627"])
def test_right_to_left_text_keeps_its_marks(forum: Thread, mark: str) -> None:
    reply = forum.replies[0].model_copy(update={"text": f"{mark}a", "own": ()})
    assert f"{mark}a" in page_of(forum.model_copy(update={"replies": (reply,)}))


def test_five_hundred_replies_stay_under_two_megabytes(labels: "MakeLabels") -> None:
    page = page_of(long_thread(labels))
    assert page.count('<li class="reply ') == 500
    assert len(page.encode()) < 2_000_000
