"""What a thread is, before any label: its headline, its counts, and doubts about its split."""

from classifier.summary import Summary
from classifier.thread import Thread

_LOW_CONFIDENCE = 0.8


def headline(thread: Thread) -> str:
    """Return the article's headline, the page's title, the article's first line, or the id."""
    article = thread.article
    given = (article.headline if article else None) or thread.title
    if given:
        return given
    lines = article.text.splitlines() if article else []
    return next((line for line in lines if line.strip()), "") or thread.id


def counts(thread: Thread, summary: Summary) -> tuple[str, ...]:
    """Return what the thread holds, a few words a kind: article, replies, authors, quotes.

    Parameters
    ----------
    thread : Thread
        Any thread.
    summary : Summary
        What it adds up to.
    """
    told = [
        count(len(thread.article.text.split()), "word") + " of article"
        if thread.article
        else "no article",
        count(summary.replies, "reply", "replies"),
    ]
    for number, one, several in (
        (summary.authors, "author", "authors"),
        (summary.answering, "known answer to another", "known answers to another"),
        (summary.quotes, "quote", "quotes"),
        (summary.excerpts, "pasted excerpt", "pasted excerpts"),
        (summary.replies - summary.with_own_words, "without own words", "without own words"),
    ):
        if number:
            told.append(count(number, one, several))
    return tuple(told)


def count(number: int, one: str, several: str | None = None) -> str:
    """Return a number with the noun in its form."""
    return f"{number:,} {one if number == 1 else several or one + 's'}"


def doubt(thread: Thread) -> str:
    """Return a warning where the split is likely wrong, else an empty text."""
    confidence = thread.split_confidence
    if confidence is None or confidence >= _LOW_CONFIDENCE:
        return ""
    return (
        f"Unsure where the article ends and the replies begin (probability {confidence:.2f} that "
        "this is right): look at the page before trusting the figures."
    )
