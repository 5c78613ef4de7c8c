"""A rival of the split model: trafilatura's article and comments, from the page's markup."""

from collections.abc import Iterable

from classifier.errors import MissingExtraError
from classifier.evaluating.split_markup import markup_of
from classifier.thread import Article, Reply, Thread
from classifier.training.page_writer import AssembledPage


def split_by_trafilatura(assembled: AssembledPage) -> Thread:
    """Return the split that trafilatura (Barbaresi 2021) finds in the page's markup.

    Its output says which lines are article and which are comments, but not where one comment
    ends: every comment line is a reply of its own. Lines are found again in the page by their
    words.

    Raises
    ------
    MissingExtraError
        If trafilatura is not installed.
    """
    try:
        from trafilatura import bare_extraction
        from trafilatura.settings import Document
    except ImportError as error:
        raise MissingExtraError("the comparison with trafilatura", "web") from error
    found = bare_extraction(markup_of(assembled), include_comments=True, include_tables=False)
    page = assembled.page
    if not isinstance(found, Document):
        return Thread(id=page.id)
    news, comments = _lines(found.text), _lines(found.comments)
    spans = [(piece.start, piece.end) for piece in assembled.written]
    words = [_folded(page.text[start:end]) for start, end in spans]
    of_article = [place for place, line in enumerate(words) if line in news]
    article, after = None, 0
    if of_article:
        after = of_article[-1] + 1
        start, end = spans[of_article[0]][0], spans[of_article[-1]][1]
        article = Article(start=start, end=end, text=page.text[start:end])
    replies = [
        span for span, line in zip(spans[after:], words[after:], strict=True) if line in comments
    ]
    return Thread(
        id=page.id,
        article=article,
        replies=tuple(
            Reply(
                id=f"r{number}",
                start=start,
                end=end,
                text=page.text[start:end],
                own=((start, end),),
            )
            for number, (start, end) in enumerate(replies, start=1)
        ),
    )


def _lines(text: str | None) -> frozenset[str]:
    return frozenset(_folded_all((text or "").splitlines()))


def _folded_all(lines: Iterable[str]) -> Iterable[str]:
    return filter(None, map(_folded, lines))


def _folded(line: str) -> str:
    return " ".join(line.lstrip("> ").split()).casefold()
