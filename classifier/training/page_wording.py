"""Reword paragraphs as hasty writers and quoters do: noise, shortened and edited quotes."""

# ruff: noqa: PLR2004, RUF001 - habits are drawn where they stand; people type such signs

import re
from collections.abc import Sequence
from random import Random

from classifier.training.page_names import date, outlet

_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")
_WORD = re.compile(r"[A-Za-z]{5,}")
_NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{3,}")
_ENDINGS = (
    "lol",
    "...",
    "!!!",
    "smh",
    ":)",
    "😂",
    "imo",
    "??",
    "haha",
    "— period",
    ":D",
    "café ☕",
)
_SNIPS = (" ... ", " [...] ", " … ", " (snip) ", "... ")
_LEFT_OUT = {
    "a",
    "an",
    "the",
    "is",
    "was",
    "are",
    "were",
    "has",
    "have",
    "had",
    "been",
    "be",
    "that",
}
_NEVER_LAST = _LEFT_OUT | {
    *("of", "in", "on", "at", "by", "to", "for", "from", "with", "and", "or", "who", "which"),
    *("after", "before", "as", "his", "her", "their", "its"),
}
_LEADS = ("Read more: {}", "RELATED: {}", "Watch: {}", "{}", "{}", "{}", "Also see: {}", "• {}")


_LEAD_INS = (
    "From {}:",
    "This was in the {} today:",
    "Here is what they actually wrote:",
    "For those who missed it:",
    "Read this:",
    "Just saw this in the {}",
    "Looks like {} has a different story:",
    "Since some of you asked, here is the text:",
    "This is what it says:",
    "Interesting article:",
    "{} reports:",
    "For the record, and so that nobody can say they did not know:",
)


def sentences(paragraph: str) -> list[str]:
    """Return the paragraph's sentences, roughly."""
    return _SENTENCE_END.split(paragraph)


def hasty(rng: Random, paragraph: str) -> str:
    """Return the paragraph as someone in a hurry types it; never empty."""
    habit = rng.randrange(7)
    if habit in (0, 1):
        paragraph = paragraph.lower()
    elif habit == 2:
        paragraph = paragraph.lower().replace(",", "").replace("'", "").rstrip(".") or paragraph
    elif habit == 3 and len(paragraph) < 160:
        paragraph = paragraph.upper()
    elif habit == 4:
        paragraph = f"{paragraph.rstrip('.')} {rng.choice(_ENDINGS)}"
    elif habit == 5:
        paragraph = " ".join(sentences(paragraph)[: rng.randint(1, 2)])
    else:
        paragraph = _swap_letters(rng, paragraph)
    return paragraph.strip() or "ok"


def on_subject(rng: Random, paragraph: str, subject: Sequence[str]) -> str:
    """Return the paragraph with some of its words replaced by words of the article."""
    if not subject:
        return paragraph
    named = _NAME.sub(lambda found: _sometimes(rng, found[0], subject, 0.5), paragraph)
    return _WORD.sub(lambda found: _sometimes(rng, found[0], subject, 0.08), named)


def subject_words(paragraphs: Sequence[str], rng: Random) -> list[str]:
    """Return words and names that the article keeps coming back to, and some others."""
    names = [name for paragraph in paragraphs for name in _NAME.findall(paragraph)]
    words = [word for paragraph in paragraphs for word in _WORD.findall(paragraph)]
    return names + rng.sample(words, k=min(len(words), max(10, len(names) // 2)))


def shortened(rng: Random, paragraphs: Sequence[str]) -> tuple[str, ...]:
    """Return part of a text as quoters keep it: first sentences, one from its midst, or a snip."""
    pieces = [sentence for paragraph in paragraphs for sentence in sentences(paragraph)]
    if len(pieces) < 2:
        words = paragraphs[0].split()
        if len(words) < 12:
            return tuple(paragraphs)
        return (" ".join(words[: rng.randint(8, len(words))]) + rng.choice(("", "...", " ...")),)
    habit = rng.randrange(4)
    if habit == 0:
        return (" ".join(pieces[: rng.randint(1, len(pieces) - 1)]),)
    if habit == 1:
        start = rng.randrange(len(pieces))
        return (" ".join(pieces[start : start + rng.randint(1, 3)]),)
    if habit == 2 or len(pieces) < 3:
        return tuple(paragraphs[: rng.randint(1, len(paragraphs))])
    cut = rng.randint(1, len(pieces) - 2)
    end = rng.randint(cut + 1, len(pieces) - 1)
    return (f"{' '.join(pieces[:cut])}{rng.choice(_SNIPS)}{' '.join(pieces[end:])}",)


def lightly_edited(rng: Random, paragraph: str) -> str:
    """Return a quoted paragraph with a few words dropped, doubled, misspelt or emphasised."""
    words = paragraph.split()
    for _ in range(max(1, len(words) // 15)):
        place = rng.randrange(len(words))
        word = words[place]
        words[place] = rng.choice(
            (word.upper(), word.lower(), _swap_letters(rng, word), f"*{word}*", f"{word} (sic)", "")
        )
    return " ".join(word for word in words if word) or paragraph


def headline(rng: Random, paragraph: str) -> str:
    """Return an invented headline from the beginning of a news paragraph."""
    words = sentences(paragraph)[0].split(",")[0].split()[: rng.randint(4, 12)]
    if rng.random() < 0.6:
        words = [word for word in words if word.lower() not in _LEFT_OUT] or words
    while len(words) > 2 and words[-1].lower() in _NEVER_LAST:
        words.pop()
    title = " ".join(words).strip(" ,;:.'\"“”‘’-–—(") or "News in brief"
    habit = rng.randrange(5)
    if habit == 0:
        return title.title()
    if habit == 1:
        return title + rng.choice(("?", "", "!", ""))
    if habit == 2:
        return f"{title.split()[-1].title()}: {title}"
    return title[0].upper() + title[1:]


def related_link(rng: Random, paragraph: str) -> str:
    """Return an invented link to another story, as it stands inside an article."""
    return rng.choice(_LEADS).format(headline(rng, paragraph))


def lead_in(rng: Random) -> str:
    """Return a line with which a poster announces what was pasted below it."""
    site = outlet(rng)
    line = rng.choice(_LEAD_INS).format(site)
    return line.lower() if rng.random() < 0.2 else line


def numbered(rng: Random, paragraphs: Sequence[str]) -> tuple[str, ...]:
    """Return the paragraphs numbered as those of a law or of terms are."""
    start = rng.randint(1, 9)
    pattern = rng.choice(("({0})", "{1}.{0}", "{0}.", "Section {1}.{0}."))
    marks = (pattern.format(number, start) for number in range(start, start + len(paragraphs)))
    return tuple(f"{mark} {text}" for mark, text in zip(marks, paragraphs, strict=True))


def link_title(rng: Random, paragraph: str) -> str:
    """Return the line that names where a pasted story comes from."""
    title = headline(rng, paragraph)
    site = outlet(rng)
    return rng.choice(
        (
            f"{title} - {site}",
            f"{title} | {site}",
            f"{title} – {site}",
            f"http://www.{site.split()[-1].lower()}.example/{title.lower().replace(' ', '-')}.html",
            f"{site}: {title}",
            f"Source: {site}",
            f"{site}, {date(rng)}, page {rng.randint(1, 30)}",
            f"({site}, {date(rng)})",
            f"- {site}",
            f"From {site}",
            f"{title} ({site})",
        )
    )


def _sometimes(rng: Random, word: str, subject: Sequence[str], share: float) -> str:
    return rng.choice(subject) if rng.random() < share else word


def _swap_letters(rng: Random, text: str) -> str:
    letters = list(text)
    for _ in range(max(1, len(letters) // 60)):
        if len(letters) > 3:
            place = rng.randrange(1, len(letters) - 2)
            letters[place], letters[place + 1] = letters[place + 1], letters[place]
    return "".join(letters)
