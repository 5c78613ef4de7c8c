"""Put an assembled page's markup back, for rivals that read HTML."""

from collections.abc import Sequence
from html import escape
from itertools import groupby

from classifier.training.page_writer import AssembledPage, Written


def markup_of(assembled: AssembledPage) -> str:
    """Return the page as a web page whose elements say plainly what is what.

    The article is an ``article`` of paragraphs; each reply is an item of a list of comments, in
    the classes that WordPress gives them, with quotes as ``blockquote``; furniture stands in a
    ``div`` of its own, where it stood.
    """
    pieces = assembled.written
    first = next((n for n, piece in enumerate(pieces) if piece.reply is not None), len(pieces))
    article = [n for n, piece in enumerate(pieces) if piece.kind == "article"]
    end = article[-1] + 1 if article else 0
    text = assembled.page.text
    above = pieces[: article[0]] if article else ()
    return "".join(
        (
            "<!DOCTYPE html><html><head><meta charset='utf-8'><title></title></head><body>",
            _aside(text, above),
            f"<main><article class='entry-content'>{_paragraphs(text, pieces[len(above) : end])}"
            "</article></main>"
            if article
            else "",
            _aside(text, pieces[end:first]),
            "<section id='comments' class='comments-area'><ol class='comment-list'>",
            *_comments(text, pieces[max(first, end) :]),
            "</ol></section></body></html>",
        )
    )


def _aside(text: str, pieces: Sequence[Written]) -> str:
    return "".join(f"<div class='meta'>{_held(text, piece)}</div>" for piece in pieces)


def _paragraphs(text: str, pieces: Sequence[Written]) -> str:
    return "".join(f"<p>{_held(text, piece)}</p>" for piece in pieces)


def _comments(text: str, pieces: Sequence[Written]) -> list[str]:
    """Return one list item a reply; the furniture between two stands in the first one's item."""
    items = []
    number = 0
    owners = []
    for piece in pieces:
        number = number if piece.reply is None else piece.reply
        owners.append(number)
    for _, group in groupby(zip(owners, pieces, strict=True), key=lambda pair: pair[0]):
        inside = "".join(_comment_piece(text, piece) for _, piece in group)
        items.append(f"<li class='comment'><div class='comment-content'>{inside}</div></li>")
    return items


def _comment_piece(text: str, piece: Written) -> str:
    held = _held(text, piece)
    if piece.kind == "quote":
        return f"<blockquote><p>{held}</p></blockquote>"
    return f"<div class='meta'>{held}</div>" if piece.reply is None else f"<p>{held}</p>"


def _held(text: str, piece: Written) -> str:
    return escape(text[piece.start : piece.end])
