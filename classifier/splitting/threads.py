"""Put together the thread that a page was read as."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from classifier.splitting.paragraphs import Paragraphs
from classifier.splitting.parents import Names, parent_of
from classifier.splitting.runs import Piece, own_words, quotes_of, runs_of, spans_of
from classifier.thread import Article, Page, Reply, Thread

_FEWEST_WORDS, _MOST_WORDS = 3, 20
_LONGER = 1.2
_SURE_NAME, _POSSIBLE_NAME = 0.5, 0.02
_MOST_NAMED = 0.3
_SENTENCE_ENDS = (".", ":", ",", ";", '"', "”")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What was decided about a page's paragraphs; lists, since they are asked one by one.

    Parameters
    ----------
    end : int
        How many paragraphs come before the end of the article.
    furniture, head, marked : list of bool
        Whether each paragraph is page furniture, the head of a quote, or carries a mark of
        quotation.
    author : list of float, in [0, 1]
        How likely each paragraph, if it is furniture, is an author's name.
    kept : list of int
        The paragraphs of the replies.
    starts : list of bool
        Whether each kept paragraph begins a reply.
    pasted : list of bool
        Whether each paragraph was pasted from elsewhere.
    sources : list of int
        The paragraph that each paragraph quotes, or -1.
    """

    end: int
    furniture: list[bool]
    author: list[float]
    head: list[bool]
    marked: list[bool]
    kept: list[int]
    starts: list[bool]
    pasted: list[bool]
    sources: list[int]


def build_thread(
    page: Page, paragraphs: Paragraphs, reading: Reading, *, confidence: float
) -> Thread:
    """Return the thread; its offsets are into the page's text."""
    article, opening = _article(page.text, paragraphs, reading)
    groups = _groups(reading)
    owner = _owners(reading, groups, opening)
    authors = _authors(page.text, paragraphs, reading, groups)
    replies: dict[str, Reply] = {}
    names = Names()
    inside: set[int] = set()
    for index, group in enumerate(groups):
        runs = runs_of(_pieces(reading, group, owner), paragraphs)
        own, quotes = spans_of(runs, "own"), quotes_of(runs)
        words = own_words(page.text, own)
        reply = Reply(
            id=f"r{index + 1}",
            author=authors[index],
            start=runs[0].start,
            end=runs[-1].end,
            text=words,
            own=own,
            quotes=quotes,
            excerpts=spans_of(runs, "excerpt"),
            parent_id=parent_of(words, quotes, replies, names),
        )
        replies[reply.id] = reply
        names.add(reply)
        inside.update(range(group[0], group[-1] + 1))
    outside = [
        number
        for number in range(len(paragraphs))
        if number not in inside and not (article and opening <= number < reading.end)
    ]
    return Thread(
        id=page.id,
        source=page.source,
        title=page.title,
        preamble=tuple((int(paragraphs.start[n]), int(paragraphs.end[n])) for n in outside),
        article=article,
        replies=tuple(replies.values()),
        split_confidence=confidence,
    )


def _article(text: str, paragraphs: Paragraphs, reading: Reading) -> tuple[Article | None, int]:
    """Return the article and the number of its first paragraph."""
    first = next((n for n in range(reading.end) if not reading.furniture[n]), reading.end)
    if first == reading.end:
        return None, reading.end
    start, end = int(paragraphs.start[first]), int(paragraphs.end[reading.end - 1])
    headline = _headline(text, paragraphs, first, reading.end)
    return Article(start=start, end=end, text=text[start:end], headline=headline), first


def _headline(text: str, paragraphs: Paragraphs, first: int, end: int) -> str | None:
    """Return the article's first line if it stands out as its headline."""
    if end - first < 2:  # noqa: PLR2004 - a headline needs a text under it
        return None
    line, below = (
        text[int(paragraphs.start[number]) : int(paragraphs.end[number])]
        for number in (first, first + 1)
    )
    words = int(paragraphs.word_counts[first])
    plain = _FEWEST_WORDS <= words <= _MOST_WORDS and not line.endswith(_SENTENCE_ENDS)
    return line if plain and len(below) > _LONGER * len(line) else None


def _groups(reading: Reading) -> list[list[int]]:
    """Return the paragraphs of each reply; a reply of quotes alone is the start of the next."""
    groups: list[list[int]] = []
    answered = True
    for number, starts in zip(reading.kept, reading.starts, strict=True):
        if starts and answered:
            groups.append([])
            answered = False
        groups[-1].append(number)
        answered = answered or not (
            reading.sources[number] >= 0 or reading.head[number] or reading.marked[number]
        )
    return groups


def _owners(reading: Reading, groups: list[list[int]], opening: int) -> dict[int, str]:
    """Return the id of what each paragraph belongs to: ``"article"`` or a reply."""
    owner = dict.fromkeys(range(opening, reading.end), "article")
    for index, group in enumerate(groups):
        owner |= dict.fromkeys(group, f"r{index + 1}")
    return owner


def _pieces(reading: Reading, group: list[int], owner: dict[int, str]) -> Iterator[Piece]:
    quoted: str | None = None
    for number in group:
        source = owner.get(reading.sources[number])
        is_marked = reading.marked[number]
        if reading.head[number]:
            quoted = None
            yield Piece(number=number, kind="head")
        elif is_marked or (source and source != owner[number]):
            quoted = source or (quoted if is_marked else None)
            yield Piece(number=number, kind="quote", source=quoted)
        else:
            quoted = None
            yield Piece(number=number, kind="excerpt" if reading.pasted[number] else "own")


def _authors(
    text: str, paragraphs: Paragraphs, reading: Reading, groups: list[list[int]]
) -> list[str | None]:
    """Return the name on the author line before each reply, or None.

    Where the lines at one distance from the reply before or behind look like names on the whole,
    each of them counts as one, even if by itself it would not; and so does a line that is a name
    elsewhere.
    """
    gaps = [
        [
            line
            for line in range(groups[index - 1][-1] + 1 if index else reading.end, group[0])
            if reading.furniture[line]
        ]
        for index, group in enumerate(groups)
    ]
    likeliest = [max(gap, key=lambda line: reading.author[line], default=None) for gap in gaps]
    sure = [
        line if line is not None and reading.author[line] >= _SURE_NAME else None
        for line in likeliest
    ]
    told: dict[int, float] = defaultdict(float)
    for gap in gaps:
        for place, line in enumerate(gap):
            told[place] += reading.author[line]
            told[place - len(gap)] += reading.author[line]
    usual, weight = max(told.items(), key=lambda each: each[1], default=(0, 0.0))
    if weight > _MOST_NAMED * len(groups):
        sure = [
            line if line is not None else _possible_name(gap, usual, reading)
            for gap, line in zip(gaps, sure, strict=True)
        ]
    read = {
        line: text[int(paragraphs.start[line]) : int(paragraphs.end[line])].rstrip(":,")
        for gap in gaps
        for line in gap
    }
    names = {read[line] for line in sure if line is not None}
    return [
        next((read[place] for place in gap if read[place] in names), None)
        if line is None
        else read[line]
        for gap, line in zip(gaps, sure, strict=True)
    ]


def _possible_name(gap: list[int], place: int, reading: Reading) -> int | None:
    """Return the line at a place in a gap, or before its end, unless it is most unlike a name."""
    if -len(gap) <= place < len(gap) and reading.author[gap[place]] >= _POSSIBLE_NAME:
        return gap[place]
    return None
