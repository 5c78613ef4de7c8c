"""What each reply's stance is asked towards."""

from collections.abc import Sequence

from classifier.labelling.parts import paragraphs_of
from classifier.labelling.topics import Topic
from classifier.thread import Article, Target, Thread

_LEDE_CHARACTERS = 300


def reply_targets(
    thread: Thread, *, given: Sequence[str] = (), found: Sequence[Topic] = ()
) -> list[tuple[Target, ...]]:
    """Return the targets of every reply.

    Parameters
    ----------
    thread : Thread
        A split thread.
    given : sequence of str
        Topics that the user asks about; every reply is.
    found : sequence of Topic
        Topics found in the thread; a reply is asked about those it mentions.

    Returns
    -------
    list of tuple of Target
        One a reply: the article, the parent, what the record itself names, topics.
    """
    article = (
        (Target(kind="article", text=article_target(thread.article, title=thread.title)),)
        if thread.article
        else ()
    )
    words = {reply.id: reply.text for reply in thread.replies}
    topics = tuple(Target(kind="topic", text=topic) for topic in given)
    asked = []
    for reply in thread.replies:
        parent = words.get(reply.parent_id or "", "")
        parents = (Target(kind="parent", text=parent),) if parent.strip() else ()
        mentioned = tuple(
            Target(kind="topic", text=topic.text)
            for topic in found
            if topic.is_mentioned_in(reply.text)
        )
        every = (*article, *parents, *reply.targets, *topics, *mentioned)
        asked.append(tuple(dict.fromkeys(every)))
    return asked


def article_target(article: Article, *, title: str | None = None) -> str:
    """Return the article's headline, or its lede where it has none.

    The lede is the first paragraph, cut at a sentence's end near 300 characters.
    """
    if article.headline or title:
        return article.headline or title or ""
    lede = next(paragraphs_of(article.text), "")
    if len(lede) <= _LEDE_CHARACTERS:
        return lede
    end = max(lede.rfind(mark, 0, _LEDE_CHARACTERS) for mark in (". ", "! ", "? "))
    return lede[: end + 1] if end > 0 else lede[:_LEDE_CHARACTERS]
