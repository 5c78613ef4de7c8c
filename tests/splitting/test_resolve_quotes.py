"""Quotes are found in threads whose replies came one a record."""

from classifier.splitting import resolve_quotes
from classifier.thread import Article, Quote, Reply, Thread

FIRST = "I worked at that plant for nineteen years and nobody ever asked us anything about it."
SECOND = "And where do you think the power will come from in winter?"


def thread_of(*records: str, authors: tuple[str | None, ...] = (), article: str = "") -> Thread:
    text = "\n".join([article, *records] if article else records)
    replies: list[Reply] = []
    position = len(article) + 1 if article else 0
    for number, record in enumerate(records):
        end = position + len(record)
        replies.append(
            Reply(
                id=f"r{number + 1}",
                author=authors[number] if authors else None,
                start=position,
                end=end,
                text=record,
                own=((position, end),),
            )
        )
        position = end + 1
    return Thread(
        id="t",
        article=Article(start=0, end=len(article), text=article) if article else None,
        replies=tuple(replies),
        page_text=text,
    )


def quoted(thread: Thread, number: int) -> list[tuple[str, str | None]]:
    assert thread.page_text is not None
    return [
        (thread.page_text[quote.start : quote.end], quote.reply_id)
        for quote in thread.replies[number].quotes
    ]


def test_marked_lines_are_quotes_linked_to_what_they_repeat() -> None:
    thread = resolve_quotes(thread_of(FIRST, f"> {FIRST}\n\n{SECOND}"))

    assert quoted(thread, 1) == [(f"> {FIRST}", "r1")]
    assert thread.replies[1].text == SECOND
    assert thread.replies[1].parent_id == "r1"


def test_a_marked_line_from_elsewhere_is_a_quote_without_a_source() -> None:
    thread = resolve_quotes(thread_of(FIRST, f"&gt; something nobody here wrote\n{SECOND}"))

    assert quoted(thread, 1) == [("&gt; something nobody here wrote", None)]
    assert thread.replies[1].parent_id is None


def test_the_head_of_a_quote_is_nobodys_words() -> None:
    for head in ("Karl wrote:", "Originally posted by Karl", "On May 3, 2011, Karl wrote:"):
        thread = resolve_quotes(
            thread_of(FIRST, f"{head}\n{FIRST}\n{SECOND}", authors=("Karl", "Ana"))
        )

        assert quoted(thread, 1) == [(FIRST, "r1")]
        assert thread.replies[1].text == SECOND


def test_the_head_tells_the_source_where_the_words_do_not() -> None:
    thread = resolve_quotes(
        thread_of(FIRST, f"Karl wrote:\n> was that you\n{SECOND}", authors=("Karl", "Ana"))
    )

    assert quoted(thread, 1) == [("> was that you", "r1")]


def test_a_line_that_only_reports_speech_stays_own_words() -> None:
    record = f"And then the foreman said:\n{SECOND}"

    assert resolve_quotes(thread_of(FIRST, record)).replies[1].text == record


def test_repeats_of_the_article_are_quotes_of_it() -> None:
    thread = resolve_quotes(thread_of(f"{FIRST}\n\n{SECOND}", article=FIRST))

    assert quoted(thread, 0) == [(FIRST, "article")]


def test_a_mention_makes_a_parent() -> None:
    thread = resolve_quotes(
        thread_of(FIRST, "@Karl Ove nor me", SECOND, authors=("Karl Ove", "Ana", None))
    )

    assert [reply.parent_id for reply in thread.replies] == [None, "r1", None]


def test_a_reply_with_quotes_and_a_known_parent_are_left_alone() -> None:
    thread = thread_of(FIRST, FIRST, SECOND)
    first, second, third = thread.replies
    known = Quote(start=second.start, end=second.start + 8, reply_id="r1")
    given = thread.model_copy(
        update={
            "replies": (
                first,
                second.model_copy(
                    update={"quotes": (known,), "own": ((second.start + 9, second.end),)}
                ),
                third.model_copy(update={"parent_id": "article"}),
            )
        }
    )

    resolved = resolve_quotes(given)

    assert resolved.replies[1].quotes == (known,)
    assert resolved.replies[1].parent_id == "r1"
    assert resolved.replies[2].parent_id == "article"


def test_without_page_text_nothing_changes() -> None:
    thread = thread_of(FIRST, f"> {FIRST}").model_copy(update={"page_text": None})

    assert resolve_quotes(thread) == thread


def marked_up(thread: Thread, number: int, *quotes: Quote, parent: str | None = None) -> Thread:
    replies = list(thread.replies)
    given = replies[number]
    own = (max(quote.end for quote in quotes) + 1, given.end)
    replies[number] = given.model_copy(
        update={"quotes": quotes, "own": (own,), "parent_id": parent}
    )
    return thread.model_copy(update={"replies": tuple(replies)})


def test_a_quote_that_markup_left_without_a_source_is_linked_to_what_it_repeats() -> None:
    thread = thread_of(FIRST, SECOND, f"{FIRST}\nWell, nobody asked me either.")
    start = thread.replies[2].start
    given = marked_up(thread, 2, Quote(start=start, end=start + len(FIRST)))

    resolved = resolve_quotes(given).replies[2]

    assert resolved.quotes == (Quote(start=start, end=start + len(FIRST), reply_id="r1"),)
    assert resolved.own == given.replies[2].own
    assert resolved.parent_id == "r1"


def test_links_to_posts_that_the_thread_lacks_are_dropped() -> None:
    thread = thread_of(FIRST, "This stands on no other page that I know\nWell then.")
    start = thread.replies[1].start
    given = marked_up(thread, 1, Quote(start=start, end=start + 40, reply_id="p77"), parent="p77")

    resolved = resolve_quotes(given).replies[1]

    assert [quote.reply_id for quote in resolved.quotes] == [None]
    assert resolved.parent_id is None


def test_a_marked_line_shares_the_source_of_the_quote_that_it_goes_on() -> None:
    thread = resolve_quotes(thread_of(FIRST, f"> {FIRST}\n> and so on and on\n{SECOND}"))

    assert {source for _, source in quoted(thread, 1)} == {"r1"}
    assert thread.replies[1].text == SECOND


def test_short_lines_around_a_quote_are_quoted_as_they_stand_around_its_source() -> None:
    whole = f"Friends,\n{FIRST}\n????\nIvo"
    thread = resolve_quotes(thread_of(whole, f"{whole}\n{SECOND}", authors=("Karl", "Ana")))

    assert quoted(thread, 1) == [(whole, "r1")]
    assert thread.replies[1].text == SECOND


def test_a_lone_comment_is_kept_and_its_lost_parent_is_not() -> None:
    text = f"Karl wrote:\n{FIRST}\n{SECOND}"
    given = thread_of(text)
    (reply,) = given.replies
    answer = reply.model_copy(update={"parent_id": "gone"})

    assert resolve_quotes(given) == given
    assert resolve_quotes(given.model_copy(update={"replies": (answer,)})) == given


def test_a_lone_comment_may_quote_what_the_thread_lacks() -> None:
    thread = resolve_quotes(thread_of(f"> {FIRST}\n{SECOND}"))

    assert quoted(thread, 0) == [(f"> {FIRST}", None)]
    assert thread.replies[0].text == SECOND
