"""Threads that this package wrote before: parsed again, and held to what their offsets say."""

from pydantic import ValidationError

from classifier.thread import SCHEMA_VERSION, Reply, Span, Thread


def is_own(value: dict[str, object]) -> bool:
    """Tell whether a record is a thread of ours, of whatever schema."""
    return "schema" in value and "replies" in value


def thread_of(value: dict[str, object]) -> Thread:
    """Return the record as a thread.

    Raises
    ------
    ValueError
        If it is of another schema, does not fit it, or says other words than stand where its
        offsets point; without a `Thread.page_text` only their order can be checked.
    """
    schema = value.get("schema")
    if schema != SCHEMA_VERSION:
        raise ValueError(f"a thread of schema {schema!r:.20}, not {SCHEMA_VERSION}")
    try:
        thread = Thread.model_validate(value)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        place = ".".join(map(str, first["loc"]))
        raise ValueError(f"a thread whose {place} does not fit: {first['msg']}") from None
    _check(thread)
    return thread


def _check(thread: Thread) -> None:
    text = thread.page_text
    end = None if text is None else len(text)
    for number, span in enumerate(thread.preamble):
        _check_span(span, 0, end, f"preamble.{number}")
    if thread.article is not None:
        span = thread.article.start, thread.article.end
        _check_span(span, 0, end, "article")
        if text is not None and text[slice(*span)] != thread.article.text:
            raise ValueError("a thread whose article is not what its page_text holds there")
    for number, reply in enumerate(thread.replies):
        _check_reply(reply, text, end, f"replies.{number}")


def _check_reply(reply: Reply, text: str | None, end: int | None, name: str) -> None:
    _check_span((reply.start, reply.end), 0, end, name)
    quotes = ((quote.start, quote.end) for quote in reply.quotes)
    for span in (*reply.own, *quotes, *reply.excerpts):
        _check_span(span, reply.start, reply.end, f"{name}, a part of it")
    if text is not None and reply.text != "\n\n".join(text[slice(*span)] for span in reply.own):
        raise ValueError(f"a thread whose {name}.text is not what its page_text holds there")


def _check_span(span: Span, start: int, end: int | None, name: str) -> None:
    if not start <= span[0] <= span[1] or (end is not None and span[1] > end):
        raise ValueError(f"a thread whose {name} stands outside its place: {span[0]} to {span[1]}")
