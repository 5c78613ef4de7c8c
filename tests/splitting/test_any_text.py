"""What holds for every page, whatever stands on it."""

from hypothesis import given, settings
from hypothesis import strategies as st

from classifier.errors import ClassifierError
from classifier.splitting import resolve_quotes, split
from classifier.thread import Page, Reply, Thread

words = st.sampled_from(
    [
        "I think you are wrong about this.",
        "The minister said on Tuesday that the bridge would be closed until further notice.",
        "lol",
        "Reply",
        "Apr 28, 2011",
        "> nobody ever asked us anything",
        "Karl wrote:",
        "@Karl no",
        "&gt; quoted &gt; twice",
        "https://example.org/story - Northern Ledger",
        "«Ünïcödé» 漢字 😀",
        "...",
    ]
)
gaps = st.sampled_from(["\n", "\n\n", "\r\n", "\r\n\r\n", "\r", "\n\n\n", " \n\t", "\u2028", " "])
made_pages = st.lists(st.tuples(words, gaps), max_size=30).map(
    lambda pieces: "".join(word + gap for word, gap in pieces)
)
any_page = st.one_of(st.text(max_size=300), made_pages)


def try_split(text: str) -> Thread | None:
    try:
        return split(Page(id="p", text=text))
    except ClassifierError:
        return None


def parts(reply: Reply) -> list[tuple[int, int]]:
    quoted = [(quote.start, quote.end) for quote in reply.quotes]
    return sorted([*reply.own, *quoted, *reply.excerpts])


@given(any_page)
@settings(max_examples=60, deadline=None)
def test_every_offset_lies_in_the_page_and_in_order(text: str) -> None:
    thread = try_split(text)
    if thread is None:
        assert not text.strip()
        return
    rooms = [(reply.start, reply.end) for reply in thread.replies]
    rooms += [(thread.article.start, thread.article.end)] if thread.article else []
    rooms = sorted([*rooms, *thread.preamble])
    flat = [offset for room in rooms for offset in room]
    assert flat == sorted(flat)
    assert all(0 <= start < end <= len(text) for start, end in rooms)
    assert 0 <= (thread.split_confidence or 0) <= 1


@given(any_page)
@settings(max_examples=60, deadline=None)
def test_every_part_lies_in_its_reply_and_texts_are_slices(text: str) -> None:
    thread = try_split(text)
    if thread is None:
        return
    if thread.article:
        assert thread.article.text == text[thread.article.start : thread.article.end]
    for reply in thread.replies:
        flat = [offset for part in parts(reply) for offset in part]
        assert flat == sorted(flat)
        assert all(reply.start <= offset <= reply.end for offset in flat)
        assert all(start < end for start, end in parts(reply))
        assert reply.text == "\n\n".join(text[start:end] for start, end in reply.own)


@given(any_page)
@settings(max_examples=40, deadline=None)
def test_every_line_of_text_stands_in_some_part(text: str) -> None:
    thread = try_split(text)
    if thread is None:
        return
    covered = [*thread.preamble, *((reply.start, reply.end) for reply in thread.replies)]
    if thread.article:
        covered.append((thread.article.start, thread.article.end))
    uncovered = list(text)
    for start, end in covered:
        uncovered[start:end] = " " * (end - start)
    assert not "".join(uncovered).strip()


@given(made_pages, st.sampled_from([" ", "\n", "\n\n", " \r\n\t"]))
@settings(max_examples=40, deadline=None)
def test_white_space_at_the_end_changes_nothing(text: str, tail: str) -> None:
    assert try_split(text) == try_split(text + tail)


@given(any_page)
@settings(max_examples=40, deadline=None)
def test_quotes_are_only_resolved_once(text: str) -> None:
    thread = try_split(text)
    if thread is None:
        return
    bare = thread.model_copy(
        update={
            "page_text": text,
            "replies": tuple(
                reply.model_copy(update={"own": ((reply.start, reply.end),), "quotes": ()})
                for reply in thread.replies
            ),
        }
    )
    resolved = resolve_quotes(bare)
    assert resolve_quotes(resolved) == resolved
