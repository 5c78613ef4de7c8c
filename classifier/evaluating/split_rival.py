"""The rival of the split model: line lengths and nothing else."""

import math

from classifier.thread import Article, Page, Reply, Thread


def split_by_length(page: Page) -> Thread:
    """Return the split that line lengths alone suggest.

    The article ends at the line where the mean logarithm of line length changes most, in the
    sense of least squares; every line after it is a reply of its own. Where blank lines stand
    between some lines and not between others, single line ends are the borders.
    """
    blocks = _blocks(page.text)
    sizes = [math.log1p(end - start) for start, end in blocks]
    total, count = sum(sizes), len(sizes)
    best, cut, running = 0.0, 0, 0.0
    for place, size in enumerate(sizes[:-1], start=1):
        running += size
        gain = running / place - (total - running) / (count - place)
        spread = gain * gain * place * (count - place)
        if gain > 0 and spread > best:
            best, cut = spread, place
    article = None
    if cut:
        start, end = blocks[0][0], blocks[cut - 1][1]
        article = Article(start=start, end=end, text=page.text[start:end])
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
            for number, (start, end) in enumerate(blocks[cut:], start=1)
        ),
    )


def _blocks(text: str) -> list[tuple[int, int]]:
    lines: list[tuple[int, int]] = []
    blank_before: list[bool] = []
    position, blank = 0, False
    for row in text.splitlines(keepends=True):
        words = row.strip()
        if words:
            start = position + row.index(words[0])
            lines.append((start, start + len(words)))
            blank_before.append(blank)
        blank = not words
        position += len(row)
    if all(blank_before[1:]) or not any(blank_before):
        return lines
    blocks = lines[:1]
    for line, joins in zip(lines[1:], blank_before[1:], strict=True):
        if joins:
            blocks[-1] = (blocks[-1][0], line[1])
        else:
            blocks.append(line)
    return blocks
