"""The report of one page on a terminal, or as plain text in a pipe."""

from collections.abc import Iterator, Sequence

from rich.console import Console, RenderableType
from rich.text import Text

from classifier.reporting.notable import notable_replies
from classifier.reporting.overview import counts, doubt, headline
from classifier.reporting.safe_text import cut, safe
from classifier.reporting.sentences import findings_in_words
from classifier.reporting.tables import label_table, stance_table
from classifier.summary import Summary
from classifier.thread import Labels, Reply, StanceLabel, Thread

_MOST_REPLIES = 12
_FEWEST_REPLIES = 5
_LINES_A_REPLY = 2
_OTHER_LINES = 4
_AUTHOR_WIDTH = 20
_TOPIC_WIDTH = 24
_CHARACTERS_TAKEN = 1000
_STYLES = {"against": "red", "favor": "green", "negative": "red", "positive": "green"}


_TAKES = {"against": "against", "favor": "for", "neutral": "neutral on"}


def render(thread: Thread, summary: Summary, *, console: Console) -> None:
    """Print what a thread is about, what it adds up to, and its replies.

    A thread of more than a dozen replies shows the most notable ones; on a terminal, as many of
    a dozen as its screen has room for, and never fewer than five. Nothing in the page's text acts
    on the terminal. Where the console is no terminal, the output is plain text without colours
    and frames.

    Parameters
    ----------
    thread : Thread
        A labelled thread; an unlabelled one shows what was split.
    summary : Summary
        What it adds up to.
    console : rich.console.Console
        Where to print.
    """
    findings = list(_findings(thread, summary, console=console))
    for part in findings:
        console.print(part)
    shown = notable_replies(thread, most=_room(findings, console=console))
    if shown:
        console.print()
    for reply in shown:
        for line in _reply(reply, console=console):
            console.print(line)
    hidden = len(thread.replies) - len(shown)
    if hidden:
        console.print()
        console.print(
            Text(f"These are the most notable replies; {hidden} more are not shown.", "dim")
        )


def _findings(thread: Thread, summary: Summary, *, console: Console) -> Iterator[RenderableType]:
    encoding = console.encoding
    yield Text(cut(safe(headline(thread), encoding=encoding), console.width), "bold")
    yield Text(safe(_described(thread, summary), encoding=encoding), "dim")
    warning = doubt(thread)
    if warning:
        yield Text(warning, "yellow")
    yield ""
    for sentence in findings_in_words(summary):
        yield Text(safe(sentence, encoding=encoding))
    for table in (stance_table(summary, encoding=encoding), label_table(summary)):
        if table is not None:
            yield ""
            yield table


def _room(findings: Sequence[RenderableType], *, console: Console) -> int:
    """Return how many replies of two lines each the screen has room for below the findings."""
    if not console.is_terminal:
        return _MOST_REPLIES
    used = sum(len(console.render_lines(part, pad=False)) for part in findings)
    room = (console.height - used - _OTHER_LINES) // _LINES_A_REPLY
    return min(_MOST_REPLIES, max(_FEWEST_REPLIES, room))


def _described(thread: Thread, summary: Summary) -> str:
    return ", ".join([*([thread.source] if thread.source else []), *counts(thread, summary)])


def _reply(reply: Reply, *, console: Console) -> Iterator[Text]:
    encoding = console.encoding
    head = Text().append(safe(reply.id, encoding=encoding), "bold")
    if reply.author:
        head.append(f" {cut(safe(reply.author, encoding=encoding), _AUTHOR_WIDTH)}", "cyan")
    if reply.parent_id is not None:
        head.append(f" to {safe(reply.parent_id, encoding=encoding)}", "dim")
    labels = reply.labels or reply.baseline
    for number, (words, style) in enumerate(_chips(labels) if labels else ()):
        head.append("  " if number == 0 else ", ")
        head.append(safe(words, encoding=encoding), style)
    yield head
    words = safe(reply.text[:_CHARACTERS_TAKEN], encoding=encoding) or "(no own words)"
    yield Text(f"  {cut(words, console.width - 2)}")


def _chips(labels: Labels) -> Iterator[tuple[str, str]]:
    """Yield a reply's labels in a few words each, with the style to show them in."""
    tasks = (labels.incivility, labels.sentiment, labels.tone)
    reasons = {task.reason for task in tasks if task is not None}
    if "no_own_words" in reasons:
        return
    if "language" in reasons:
        code = labels.language.code if labels.language else "another language"
        yield f"not labelled: {code}", "dim"
        return
    for task in (labels.incivility, labels.tone):
        for kind in task.labels if task is not None else ():
            yield kind.replace("_", " "), "magenta"
    for stance in labels.stance:
        if stance.label is not None:
            chip = _TAKES[stance.label] + _towards(stance).removeprefix("on")
            yield chip, _STYLES.get(stance.label, "dim")
    if labels.sentiment is not None and labels.sentiment.label is not None:
        yield labels.sentiment.label, _STYLES.get(labels.sentiment.label, "dim")
    unsure = [
        *(f"stance {_towards(stance)}" for stance in labels.stance if stance.abstained),
        *(
            name
            for name, task in (
                ("incivility", labels.incivility),
                ("sentiment", labels.sentiment),
                ("tone", labels.tone),
            )
            if task is not None and task.abstained
        ),
    ]
    if unsure:
        yield f"unsure of {' and '.join(unsure)}", "dim"


def _towards(stance: StanceLabel) -> str:
    if stance.target_kind == "topic":
        return f'on "{cut(stance.target, _TOPIC_WIDTH)}"'
    return f"on {stance.target_kind}"
