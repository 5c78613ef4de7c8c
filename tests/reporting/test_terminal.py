"""The report of one page on a terminal, or as plain text in a pipe."""

import io
import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rich.console import Console

from classifier.aggregating import summarize
from classifier.reporting import render
from classifier.thread import (
    Labels,
    Language,
    MultiLabel,
    Reply,
    SentimentLabel,
    StanceLabel,
    Thread,
)

if TYPE_CHECKING:
    from conftest import MakeLabels, Show

STYLE = re.compile("\x1b\\[[0-9;]*m")


def words(shown: str) -> str:
    return " ".join(shown.split())


def test_report_opens_with_the_headline_and_the_counts(discussion: Thread, show: "Show") -> None:
    headline, counts = show(discussion).splitlines()[:2]
    assert headline == "Council delays the ferry"
    assert counts == (
        "harbour.txt, 9 words of article, 4 replies, 2 authors, 1 known answer to another"
    )


def test_report_states_the_findings_in_three_sentences(discussion: Thread, show: "Show") -> None:
    shown = words(show(discussion))
    assert (
        "2 of 3 labelled replies are against the article (67%, 95% interval 21 to 94%), 1 more "
        "got no label; 1 of 1 that answer another reply is against it (100%, 95% interval 21 to "
        "100%)."
    ) in shown
    assert (
        "1 of 4 labelled replies is uncivil (25%, 95% interval 5 to 70%), most often toxicity; "
        "sentiment leans neither way: -0.33 on a scale from -1 to +1"
    ) in shown
    assert (
        "2 of 13 labels were withheld (2 too uncertain); transformer and baseline agree on stance "
        "in 2 of 4 (kappa -0.14, no better than chance), on incivility in 4 of 4 (kappa 1.00, "
        "almost perfect), on sentiment in 2 of 3 (kappa 0.50, moderate)."
    ) in shown


def test_stance_of_both_families_stands_by_target_with_intervals(
    discussion: Thread, show: "Show"
) -> None:
    shown = show(discussion)
    rows = [words(line) for line in shown.splitlines()]
    start = rows.index("Stance towards labelled against for neutral")
    assert rows[start + 1 : start + 5] == [
        "the article 3 of 4 67% (21 to 94) 33% (6 to 79) 0% (0 to 56)",
        "baseline 4 of 4 50% (15 to 85) 0% (0 to 49) 50% (15 to 85)",
        "the reply answered 1 of 1 100% (21 to 100) 0% (0 to 79) 0% (0 to 79)",
        "baseline 1 of 1 100% (21 to 100) 0% (0 to 79) 0% (0 to 79)",
    ]


def test_labels_of_both_families_stand_side_by_side_with_kappa(
    discussion: Thread, show: "Show"
) -> None:
    rows = [words(line) for line in show(discussion, width=100).splitlines()]
    start = rows.index("Replies that are transformer baseline same kappa")
    assert rows[start + 1 : start + 4] == [
        "uncivil 1/4 25% (5 to 70) 1/4 25% (5 to 70) 4 of 4 1.00",
        "toxicity 1/4 25% (5 to 70) 1/4 25% (5 to 70) 4 of 4 1.00",
        "insult 1/4 25% (5 to 70) 0/4 0% (0 to 49) 3 of 4 0.00",
    ]
    assert any(row.startswith("Mean sentiment -0.33 (-1.00 to ") for row in rows)
    assert not any(row.startswith("threat") for row in rows)


def test_each_reply_is_shown_with_author_parent_labels_and_first_words(
    discussion: Thread, show: "Show"
) -> None:
    shown = show(discussion)
    assert (
        "r1 ana  insult, toxicity, against article, negative\n  Cowards, the lot of them.\n"
        "r2 ben to r1  for article, against parent, positive\n  They did the right thing.\n"
        "r3  unsure of stance on article and sentiment\n  When is the next vote?\n"
    ) in shown


def test_transformer_alone_has_no_columns_beside_it(discussion: Thread, show: "Show") -> None:
    replies = tuple(r.model_copy(update={"baseline": None}) for r in discussion.replies)
    shown = show(discussion.model_copy(update={"replies": replies}))
    assert "baseline" not in shown
    assert "kappa" not in shown


def test_baseline_alone_is_said_to_be_alone(discussion: Thread, show: "Show") -> None:
    replies = tuple(r.model_copy(update={"labels": None}) for r in discussion.replies)
    shown = words(show(discussion.model_copy(update={"replies": replies})))
    assert "all are the baseline's alone" in shown
    assert "against article" in shown


def test_unlabelled_thread_shows_its_split(discussion: Thread, show: "Show") -> None:
    replies = tuple(
        r.model_copy(update={"labels": None, "baseline": None}) for r in discussion.replies
    )
    shown = show(discussion.model_copy(update={"replies": replies}))
    assert "The replies are not labelled." in shown
    assert "r2 ben to r1\n  They did the right thing.\n" in shown


def test_thread_without_article_and_replies_is_said_to_be_empty(show: "Show") -> None:
    shown = show(Thread(id="blank"))
    assert shown == "blank\nno article, 0 replies\n\nNo replies were found.\n"


@pytest.mark.parametrize(("confidence", "said"), [(0.55, True), (0.97, False), (None, False)])
def test_low_confidence_in_the_split_is_said(
    discussion: Thread, show: "Show", *, confidence: float | None, said: bool
) -> None:
    shown = show(discussion.model_copy(update={"split_confidence": confidence}))
    assert ("Unsure where the article ends" in shown) is said


def test_replies_that_could_not_be_read_say_why(show: "Show") -> None:
    def refused(reason: str) -> Labels:
        return Labels(
            language=Language(code="fr", probability=0.9),
            stance=(
                StanceLabel(
                    target_kind="topic",
                    target="ferry",
                    label=None,
                    probabilities={},
                    abstained=True,
                    reason=reason,
                ),
            ),
            incivility=MultiLabel(labels=(), probabilities={}, abstained=True, reason=reason),
            sentiment=SentimentLabel(label=None, probabilities={}, abstained=True, reason=reason),
        )

    replies = (
        Reply(id="r1", start=0, end=9, text="Bien sûr.", own=((0, 9),), labels=refused("language")),
        Reply(id="r2", start=10, end=12, text="", labels=refused("no_own_words")),
    )
    shown = show(Thread(id="t", replies=replies))
    assert "r1  not labelled: fr\n  Bien sûr.\nr2\n  (no own words)\n" in shown
    assert "No stance is sure enough to be given." in shown
    assert "No reply could be judged for incivility; no reply could be judged" in shown
    assert "6 of 6 labels were withheld (3 not in English, 3 without own words)" in words(shown)


def test_long_thread_shows_the_most_notable_replies_and_counts_the_rest(
    show: "Show", labels: "MakeLabels"
) -> None:
    given = [labels(("topic", "ferry", "favor"), probability=0.6)] * 200
    given[50] = labels(("topic", "ferry", "neutral"), uncivil="threat", probability=0.95)
    given[150] = labels(("topic", "ferry", "against"), probability=0.99)
    given[170] = labels(("topic", "ferry", "neutral"), probability=0.99)
    replies = tuple(
        Reply(id=f"r{n}", start=2 * n, end=2 * n + 1, text="x", own=((0, 1),), labels=each)
        for n, each in enumerate(given)
    )
    lines = show(Thread(id="t", replies=replies)).splitlines()
    shown = [line.split()[0] for line in lines if re.match(r"r\d", line)]
    assert len(shown) == 12
    assert {"r50", "r150"} < set(shown)
    assert "r170" not in shown
    assert shown == sorted(shown, key=lambda name: int(name[1:]))
    assert lines[-1] == "These are the most notable replies; 188 more are not shown."


@pytest.mark.parametrize(("height", "replies"), [(20, 5), (34, 6), (200, 12)])
def test_terminal_shows_as_many_replies_as_its_screen_has_room_for(
    labels: "MakeLabels", *, height: int, replies: int
) -> None:
    given = labels(("topic", "ferry", "favor"), ("topic", "fare", "against"))
    thread = Thread(
        id="t",
        replies=tuple(
            Reply(id=f"r{n}", start=n, end=n + 1, text="x", own=((n, n + 1),), labels=given)
            for n in range(40)
        ),
    )
    stream = io.StringIO()
    console = Console(file=stream, width=100, height=height, force_terminal=True)
    render(thread, summarize(thread), console=console)
    lines = STYLE.sub("", stream.getvalue()).splitlines()
    assert sum(bool(re.match(r"r\d", line)) for line in lines) == replies
    assert f"{40 - replies} more are not shown" in lines[-1]
    assert len(lines) < height or replies == 5


def test_many_topics_are_cut_short_and_counted(show: "Show", labels: "MakeLabels") -> None:
    given = labels(*(("topic", f"topic {n}", "favor") for n in range(9)))
    reply = Reply(id="r1", start=0, end=1, text="x", own=((0, 1),), labels=given)
    lines = [words(line) for line in show(Thread(id="t", replies=(reply,))).splitlines()]
    start = lines.index("Stance towards labelled against for neutral")
    assert [line.split(" 1 of 1")[0] for line in lines[start + 1 : start + 6]] == [
        "topic 0",
        "topic 1",
        "topic 2",
        "and 6 more topics",
        "",
    ]


def test_pipe_gets_no_colours_and_no_frames(discussion: Thread, show: "Show") -> None:
    shown = show(discussion)
    assert "\x1b" not in shown
    assert shown.isascii()


def test_terminal_gets_colours_and_the_same_words(discussion: Thread, show: "Show") -> None:
    coloured = show(discussion, terminal=True)
    assert STYLE.search(coloured)
    assert STYLE.sub("", coloured) == show(discussion)


def test_console_markup_in_a_comment_is_shown_as_it_was_written(
    discussion: Thread, show: "Show"
) -> None:
    text = "[bold red]Not a style[/] :smile: [link=x]y[/link]"
    reply = discussion.replies[0].model_copy(update={"text": text, "author": "[b]ana[/b]"})
    shown = show(discussion.model_copy(update={"replies": (reply,)}), terminal=True)
    assert text in shown
    assert "[b]ana[/b]" in STYLE.sub("", shown)


def test_escape_sequences_in_a_page_do_not_reach_the_terminal(
    discussion: Thread, show: "Show"
) -> None:
    attack = "\x1b]0;title\x07\x1b[2J\x9b31m\u202eright to left\r\nfake line"
    reply = discussion.replies[0].model_copy(update={"text": attack, "id": attack})
    shown = show(discussion.model_copy(update={"replies": (reply,), "title": attack}))
    assert "\ufffd]0;title\ufffd\ufffd[2J" in shown
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", shown)
    assert "\nfake line" not in shown


@given(text=st.text(), width=st.integers(min_value=20, max_value=120))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
def test_no_text_steers_the_terminal(labels: "MakeLabels", text: str, width: int) -> None:
    reply = Reply(
        id=text,
        author=text,
        parent_id=text,
        start=0,
        end=len(text),
        text=text,
        labels=labels(("topic", text, "favor"), ("topic", text + "x", None)),
    )
    thread = Thread(id=text, title=text, source=text, replies=(reply,))
    stream = io.StringIO()
    console = Console(file=stream, width=width, force_terminal=True)
    render(thread, summarize(thread), console=console)
    shown = STYLE.sub("", stream.getvalue())
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", shown)


def test_letters_that_the_terminal_lacks_do_not_stop_the_report(discussion: Thread) -> None:
    reply = discussion.replies[0].model_copy(update={"text": "naïve “plan” 계획"})
    thread = discussion.model_copy(update={"replies": (reply,)})
    stream = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    render(thread, summarize(thread), console=Console(file=stream, width=80))
    stream.seek(0)
    assert "na?ve ?plan? ??" in stream.read()


def test_long_comment_is_cut_to_one_line(discussion: Thread, show: "Show") -> None:
    reply = discussion.replies[0].model_copy(update={"text": "계획 word " * 100_000})
    shown = show(discussion.model_copy(update={"replies": (reply,)}))
    last = shown.splitlines()[-1]
    assert last.endswith("...")
    assert last.startswith("  계획 word 계획")
